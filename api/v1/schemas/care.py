"""Care rules, what they would do, and the plans that people are in, on the wire."""

from marshmallow import fields as raw

from api.v1.schemas.message_usage import LimitStanding
from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.care.drafts import FURTHEST_DAYS, LONGEST, LONGEST_LASTING, MOST_STEPS
from app.care.festivals import Festival
from app.care.foreseeing import DAYS, MOST_COUNTED, MOST_SHOWN
from app.care.services import MOST_RULES
from app.care.states import Happening, RuleState, Shift, Stop, TriggerKind, Unit, Whom
from app.consents.states import Purpose, Way
from app.http.fields import (
    Choice,
    ClockTime,
    Day,
    Id,
    Instant,
    Many,
    Part,
    QueryWhole,
    Shape,
    Table,
    Text,
    Whole,
    Yes,
)
from app.outreach.states import Held

_LONG, _LONGEST = 200, 100_000
_TREE = {"description": 'A tree of the filter language; days may be told from today: "-30d"'}
_FIELD = {"description": "The word of a record and its field: `asset.warranty_until`; see care-dates"}


def _tree() -> Table:
    return Table(
        Text(min=1, max=10),
        raw.Raw(allow_none=True),
        max=3,
        allow_none=True,
        load_default=None,
        metadata=_TREE,
    )


class CareTrigger(Shape):
    """What a rule waits for; what does not belong to its kind is null."""

    kind = Choice(TriggerKind, required=True)
    festival = Choice(Festival, allow_none=True, load_default=None)
    field = Text(max=80, allow_none=True, load_default=None, metadata=_FIELD)
    yearly = Yes(load_default=False, metadata={"description": "Whether a date comes round every year"})
    happening = Choice(Happening, allow_none=True, load_default=None)
    shift = Choice(
        Shift,
        load_default=Shift.NONE.value,
        metadata={"description": "Where a day goes on which the company does not work"},
    )


class CareAudience(Shape):
    """Whom a rule is for."""

    whom = Choice(Whom, load_default=Whom.OWN.value)
    contacts = _tree()
    customers = _tree()
    records = _tree()


class CareChoice(Shape):
    """A way that may be taken, and in what words."""

    way = Choice(Way, required=True)
    template_id = Id(required=True)


class CareStepIn(Shape):
    """What is done at one time: a message in the first way that can be taken, a task, or both."""

    key = Text(
        min=1,
        max=40,
        allow_none=True,
        load_default=None,
        metadata={"description": "Of a step that is kept: nobody gets it twice"},
    )
    amount = Whole(
        min=-FURTHEST_DAYS,
        max=24 * 60,
        load_default=0,
        metadata={"description": "How long after, or before where it is negative"},
    )
    unit = Choice(Unit, load_default=Unit.DAY.value)
    at = ClockTime(allow_none=True, load_default="09:00", metadata={"description": "On the company's clock"})
    choices = Many(Part(CareChoice), max=len(Way), load_default=list)
    task = Text(
        max=LONGEST["task"],
        allow_none=True,
        load_default=None,
        metadata={"description": "What the customer's owner is to do: `给{{contact.name}}打电话`"},
    )
    lasts_hours = Whole(
        min=1,
        max=LONGEST_LASTING,
        allow_none=True,
        load_default=None,
        metadata={"description": "How late it may still be done; null: the same day, or three days"},
    )


class CareRulePatch(Shape):
    """What is to be changed of a rule."""

    name = Text(min=1, max=LONGEST["name"])
    purpose = Choice(Purpose)
    trigger = Part(CareTrigger)
    audience = Part(CareAudience)
    steps = Many(Part(CareStepIn), min=1, max=MOST_STEPS)
    stops = Many(Choice(Stop), max=len(Stop))


class CareRuleIn(Shape):
    """A rule to be made."""

    name = Text(required=True, min=1, max=LONGEST["name"])
    purpose = Choice(Purpose, load_default=Purpose.CARE.value)
    trigger = Part(CareTrigger, required=True)
    audience = Part(CareAudience, load_default=lambda: {"whom": Whom.OWN.value})
    steps = Many(Part(CareStepIn), required=True, min=1, max=MOST_STEPS)
    stops = Many(Choice(Stop), max=len(Stop), load_default=list)


class CareRuleOut(Shape):
    """A rule, and what comes of it."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=LONGEST["name"])
    purpose = Choice(Purpose, required=True)
    state = Choice(RuleState, required=True)
    trigger = Part(CareTrigger, required=True)
    audience = Part(CareAudience, required=True)
    steps = Many(Part(CareStepIn), required=True, max=MOST_STEPS)
    stops = Many(Choice(Stop), required=True, max=len(Stop))
    owner = Part(Ref, required=True, allow_none=True)
    on_since = Instant(required=True, allow_none=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    sent_30_days = Whole(required=True, min=0)
    planned = Whole(required=True, min=0, metadata={"description": "Messages that wait for their time"})
    running = Whole(required=True, min=0, metadata={"description": "Plans that people are in"})
    overdue = Whole(
        required=True, min=0, metadata={"description": "Steps whose day is past, and nothing came"}
    )
    next_at = Instant(required=True, allow_none=True)


class CareRulePage(Shape):
    """A page of rules."""

    items = Many(Part(CareRuleOut), required=True, max=MOST_RULES)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class CareSwitchIn(Shape):
    """Whether a rule is to be at work."""

    on = Yes(required=True)


class CareProblem(Shape):
    """Something that keeps a rule from working."""

    field = Text(required=True, max=_LONG)
    code = Text(required=True, max=_LONG)
    message = Text(required=True, max=1000)


class CareCheck(Shape):
    """What keeps a rule from working; nothing: it can be switched on."""

    items = Many(Part(CareProblem), required=True)


class CarePreviewQuery(Shape):
    """How far ahead one wants to see."""

    days = QueryWhole(min=1, max=DAYS, load_default=DAYS)


class CareRuleCount(Shape):
    """How much of a day is a rule's."""

    name = Text(required=True, max=LONGEST["name"])
    count = Whole(required=True, min=0)


class CareDay(Shape):
    """How much is due on a day."""

    day = Day(required=True)
    count = Whole(required=True, min=0)
    rules = Many(Part(CareRuleCount), required=True, max=MOST_RULES)


class CarePassed(Shape):
    """A way that cannot be taken, and why."""

    way = Choice(Way, required=True)
    reason = Text(required=True, max=_LONG)


class CareContact(Shape):
    """Somebody."""

    id = Id(required=True)
    name = Text(required=True, allow_none=True, max=_LONG)


class CareComing(Shape):
    """Something that is due."""

    rule = Part(Ref, required=True)
    contact = Part(
        CareContact, required=True, allow_none=True, metadata={"description": "If the reader may see them"}
    )
    customer = Text(required=True, allow_none=True, max=_LONG)
    due_at = Instant(required=True)
    at = Instant(required=True, metadata={"description": "When it would go out, or come to nothing"})
    task = Text(required=True, allow_none=True, max=_LONG)
    way = Choice(Way, required=True, allow_none=True)
    subject = Text(required=True, allow_none=True, max=_LONG)
    text = Text(required=True, allow_none=True, max=_LONGEST, multiline=True)
    reason = Text(
        required=True, allow_none=True, max=_LONG, metadata={"description": "Why it would not go out"}
    )
    held_by = Choice(Held, required=True, allow_none=True)
    passed = Many(Part(CarePassed), required=True, max=len(Way))


class CareWays(Shape):
    """How much goes by which way."""

    sms = Whole(required=True, min=0)
    mail = Whole(required=True, min=0)
    wechat = Whole(required=True, min=0)


class CarePreview(Shape):
    """Who would get what and when."""

    days = Many(Part(CareDay), required=True, max=DAYS + 1)
    ways = Part(CareWays, required=True)
    stopped = Whole(
        required=True, min=0, metadata={"description": "How many of those shown would not go out"}
    )
    segments = Whole(
        required=True, min=0, metadata={"description": "Of the short messages among them that are shown"}
    )
    cost = Whole(
        required=True,
        allow_none=True,
        min=0,
        metadata={"description": "Of these segments, in cents; null: the price of some is not known"},
    )
    limits = Many(Part(LimitStanding), required=True, metadata={"description": "Of this month"})
    items = Many(Part(CareComing), required=True, max=MOST_SHOWN)
    total = Whole(required=True, min=0, max=MOST_COUNTED)
    more = Yes(required=True)


class CareDate(Shape):
    """A date that rules can go by."""

    word = Text(required=True, max=80)
    record = Text(required=True, max=40)
    label = Text(
        required=True, allow_none=True, max=_LONG, metadata={"description": "Of the company's own fields"}
    )
    yearly = Yes(required=True, metadata={"description": "Whether its return means anything"})
    only_yearly = Yes(required=True, metadata={"description": "Whether it has no year, and can only return"})


class CareDates(Shape):
    """The dates that rules can go by."""

    items = Many(Part(CareDate), required=True)
