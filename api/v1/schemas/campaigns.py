"""Campaigns, what would become of them, and what has, on the wire."""

from marshmallow import fields as raw

from api.v1.schemas.message_usage import LimitStanding
from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.campaigns.drafts import FASTEST, LONGEST_LASTING, LONGEST_NAME
from app.campaigns.foreseeing import SHOWN
from app.campaigns.responses import MOST_LINKS
from app.campaigns.states import PURPOSES, CampaignState, PacePer
from app.campaigns.trials import MOST as MOST_TRIED
from app.consents.states import Way
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Table, Text, Whole
from app.outreach.states import Held, MessageState

_LONG, _LONGEST = 200, 100_000
_TREE = {"description": 'A tree of the filter language; days may be told from today: "-30d"; null: everybody'}
_MOVES = (CampaignState.CANCELLED.value, CampaignState.PAUSED.value, CampaignState.SENDING.value)


def _tree() -> Table:
    return Table(
        Text(min=1, max=10),
        raw.Raw(allow_none=True),
        max=3,
        allow_none=True,
        load_default=None,
        metadata=_TREE,
    )


def _pace(**facts: object) -> Whole:
    return Whole(
        min=1,
        max=FASTEST,
        allow_none=True,
        metadata={"description": "How many go out in the time of `pace_per`; null: as fast as they can"},
        **facts,
    )


def _lasts(**facts: object) -> Whole:
    told = {"description": "For how long after its beginning a message is worth sending"}
    return Whole(min=1, max=LONGEST_LASTING, metadata=told, **facts)


class CampaignAudience(Shape):
    """Whom a campaign is for: the contacts that meet the one, of customers that meet the other."""

    contacts = _tree()
    customers = _tree()


class CampaignChoice(Shape):
    """A way that may be taken, and in what words."""

    way = Choice(Way, required=True)
    template_id = Id(required=True)


class CampaignPatch(Shape):
    """What is to be changed of a draft."""

    name = Text(min=1, max=LONGEST_NAME)
    purpose = Choice(PURPOSES)
    audience = Part(CampaignAudience)
    choices = Many(Part(CampaignChoice), min=1, max=len(Way))
    start_at = Instant(allow_none=True)
    lasts_hours = _lasts()
    pace = _pace()
    pace_per = Choice(PacePer, allow_none=True)


class CampaignIn(Shape):
    """A campaign to be made."""

    name = Text(required=True, min=1, max=LONGEST_NAME)
    purpose = Choice(PURPOSES, load_default=PURPOSES[0])
    audience = Part(CampaignAudience, required=True)
    choices = Many(Part(CampaignChoice), required=True, min=1, max=len(Way))
    start_at = Instant(allow_none=True, load_default=None)
    lasts_hours = _lasts(load_default=72)
    pace = _pace(load_default=None)
    pace_per = Choice(PacePer, allow_none=True, load_default=None)


class CampaignCount(Shape):
    """How many messages came to the same end."""

    state = Choice(MessageState, required=True)
    reason = Text(required=True, allow_none=True, max=_LONG)
    count = Whole(required=True, min=0)


class CampaignResults(Shape):
    """What has come of a campaign by now."""

    people = Whole(required=True, min=0, metadata={"description": "Who were meant when it began"})
    same_address = Whole(
        required=True, min=0, metadata={"description": "Of them: who share an address with one before them"}
    )
    left = Whole(required=True, min=0, metadata={"description": "Of them: whose message is not written yet"})
    messages = Many(Part(CampaignCount), required=True)


class CampaignOut(Shape):
    """A campaign, and what has come of it."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=LONGEST_NAME)
    purpose = Choice(PURPOSES, required=True)
    state = Choice(CampaignState, required=True)
    audience = Part(CampaignAudience, required=True)
    choices = Many(Part(CampaignChoice), required=True, max=len(Way))
    start_at = Instant(required=True, allow_none=True)
    lasts_hours = Whole(required=True, min=1)
    pace = Whole(required=True, allow_none=True, min=1)
    pace_per = Choice(PacePer, required=True, allow_none=True)
    owner = Part(Ref, required=True, allow_none=True)
    due_at = Instant(required=True, allow_none=True, metadata={"description": "When it goes on"})
    begun_at = Instant(required=True, allow_none=True)
    expires_at = Instant(required=True, allow_none=True)
    ended_at = Instant(required=True, allow_none=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    results = Part(CampaignResults, required=True)


class CampaignPage(Shape):
    """A page of campaigns."""

    items = Many(Part(CampaignOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class CampaignStartIn(Shape):
    """Having a campaign begin."""

    confirmed_count = Whole(
        min=0,
        allow_none=True,
        load_default=None,
        metadata={
            "description": "How many people it is for, as far as one knows; asked for if they are many"
        },
    )


class CampaignStateIn(Shape):
    """How a campaign is to go on."""

    state = Choice(_MOVES, required=True)


class CampaignCopyIn(Shape):
    """A draft that is like a campaign."""

    name = Text(required=True, min=1, max=LONGEST_NAME)


class CampaignProblem(Shape):
    """Something that keeps a campaign from being started."""

    field = Text(required=True, max=_LONG)
    code = Text(required=True, max=_LONG)
    message = Text(required=True, max=1000)


class CampaignCheck(Shape):
    """What keeps a campaign from being started; nothing: it can be."""

    items = Many(Part(CampaignProblem), required=True)


class CampaignWay(Shape):
    """How many would get it in a way."""

    way = Choice(Way, required=True)
    count = Whole(required=True, min=0)


class CampaignObstacle(Shape):
    """How many would get nothing, and why."""

    reason = Text(required=True, max=_LONG)
    count = Whole(required=True, min=0)


class CampaignSample(Shape):
    """What somebody would get."""

    contact_id = Id(required=True)
    name = Text(required=True, allow_none=True, max=_LONG)
    customer = Text(required=True, allow_none=True, max=_LONG)
    at = Instant(required=True)
    way = Choice(Way, required=True, allow_none=True)
    subject = Text(required=True, allow_none=True, max=_LONG)
    text = Text(required=True, allow_none=True, max=_LONGEST, multiline=True)
    reason = Text(required=True, allow_none=True, max=_LONG)
    held_by = Choice(Held, required=True, allow_none=True)


class CampaignPreview(Shape):
    """What would become of a campaign if it began now."""

    total = Whole(required=True, min=0)
    same_address = Whole(required=True, min=0)
    looked_at = Whole(
        required=True, min=0, metadata={"description": "Of so many `ways` and `obstacles` are told"}
    )
    ways = Many(Part(CampaignWay), required=True, max=len(Way))
    obstacles = Many(Part(CampaignObstacle), required=True)
    segments = Whole(
        required=True,
        min=0,
        metadata={"description": "Of all short messages, as far as those looked at tell"},
    )
    cost = Whole(
        required=True,
        allow_none=True,
        min=0,
        metadata={"description": "Of these segments, in cents; null: the price of some is not known"},
    )
    limits = Many(Part(LimitStanding), required=True, metadata={"description": "Of this month"})
    people = Many(Part(CampaignSample), required=True, max=SHOWN)


class CampaignLink(Shape):
    """A link that was followed."""

    target = Text(required=True, max=_LONGEST)
    people = Whole(required=True, min=0)


class CampaignResponse(Shape):
    """What those did who got a campaign."""

    clicked = Whole(required=True, min=0, metadata={"description": "Who followed a link of the mail"})
    replied = Whole(
        required=True, min=0, metadata={"description": "Who answered the short message within a week"}
    )
    unsubscribed = Whole(
        required=True, min=0, metadata={"description": "Who said within a week that they want no more of it"}
    )
    links = Many(Part(CampaignLink), required=True, max=MOST_LINKS)


class CampaignTrialIn(Shape):
    """Whom a campaign is to be tried out on."""

    user_ids = Many(Id(), required=True, min=1, max=MOST_TRIED)


class CampaignTrial(Shape):
    """What was sent to try a campaign out."""

    count = Whole(required=True, min=1)
