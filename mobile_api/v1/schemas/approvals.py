"""An approval on the phone's wire."""

from marshmallow import fields as raw

from app.approvals import signing
from app.approvals.states import Action, ApprovalState, Decision, SeatState, StepState
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Text, Whole, Yes
from mobile_api.v1.schemas.inbox import facts
from mobile_api.v1.schemas.plain import PhoneFile, PhoneRef
from mobile_api.v1.schemas.quotes import PhoneOffer

LONGEST_COMMENT = 2000


def _comment(said: str) -> Text:
    metadata = {"description": said}
    return Text(max=LONGEST_COMMENT, multiline=True, load_default=None, allow_none=True, metadata=metadata)


def _signature() -> Text:
    said = f"Drawn by hand: a data URL of a PNG of at most {signing.LONGEST} letters"
    return Text(max=signing.LONGEST, load_default=None, allow_none=True, metadata={"description": said})


class PhoneDecision(Shape):
    """What one says on one's seat."""

    decision = Choice(Decision, required=True)
    comment = _comment("Needed to reject or to send back")
    to = Text(
        min=1,
        max=40,
        allow_none=True,
        load_default=None,
        metadata={"description": "The node it is sent back to; null: whoever submitted it"},
    )
    resume = Yes(
        allow_none=True,
        load_default=None,
        metadata={"description": "Sent back: whether those between, who have agreed, are not asked again"},
    )
    signature = _signature()


class PhoneSeatToDecide(Shape):
    """A seat, as one has it before one."""

    id = Id(required=True)
    version = Whole(required=True, min=1)


class PhoneDecisions(Shape):
    """The same said on several seats."""

    seats = Many(Part(PhoneSeatToDecide), required=True, min=1, max=50)
    decision = Choice(("approve", "reject"), required=True)
    comment = _comment("Needed to reject")
    signature = _signature()


class PhoneOutcome(Shape):
    """What became of one of them."""

    seat_id = Id(required=True)
    done = Yes(required=True)
    code = Text(required=True, allow_none=True, max=60)
    text = Text(required=True, allow_none=True, max=300)


class PhoneOutcomes(Shape):
    """What became of each, in the order sent."""

    items = Many(Part(PhoneOutcome), required=True)


class PhoneSeat(Shape):
    """Somebody's part in a step."""

    id = Id(required=True)
    user = Part(PhoneRef, required=True, allow_none=True)
    stands_for = Part(PhoneRef, required=True, allow_none=True)
    state = Choice(SeatState, required=True)
    why = Text(required=True, allow_none=True, max=40)
    added = Yes(required=True)
    comment = Text(required=True, allow_none=True, max=LONGEST_COMMENT)
    signed = Yes(
        required=True, metadata={"description": "By hand: see `/api/v1/approval-seats/{id}/signature`"}
    )
    opened_at = Instant(required=True, allow_none=True)
    decided_at = Instant(required=True, allow_none=True)


class PhoneStep(Shape):
    """A step of the way."""

    id = Id(required=True)
    node = Text(required=True, max=40)
    type = Choice(("approve", "handle", "copy"), required=True)
    name = Text(required=True, max=60)
    state = Choice(StepState, required=True)
    why = Text(required=True, allow_none=True, max=40)
    opened_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)
    due_at = Instant(required=True, allow_none=True)
    overdue = Yes(required=True)
    seats = Many(Part(PhoneSeat), required=True)


class PhoneFactChange(Shape):
    """A fact that was corrected on the way."""

    field = Text(required=True, max=80)
    before = raw.Raw(required=True, allow_none=True)
    after = raw.Raw(required=True, allow_none=True)


class PhoneLogLine(Shape):
    """A line of the history."""

    id = Id(required=True)
    at = Instant(required=True)
    action = Choice(Action, required=True)
    by = Part(PhoneRef, required=True, allow_none=True)
    stands_for = Part(PhoneRef, required=True, allow_none=True)
    step = Text(required=True, allow_none=True, max=60)
    comment = Text(required=True, allow_none=True, max=LONGEST_COMMENT)
    people = Many(Part(PhoneRef), required=True)
    why = Text(required=True, allow_none=True, max=40)
    back_to = Text(required=True, allow_none=True, max=60)
    changes = Many(Part(PhoneFactChange), required=True)


class PhoneSeatMay(Shape):
    """What can be done on one's seat besides deciding."""

    transfer = Yes(required=True)
    add = Yes(required=True)
    send_back = Yes(required=True)
    copy = Yes(required=True)


class PhonePlaceBack(Shape):
    """Where it can be sent back to."""

    node = Text(required=True, max=40)
    name = Text(required=True, max=60)


class PhoneOwnSeat(Shape):
    """The reader's own seat."""

    id = Id(required=True)
    version = Whole(required=True, metadata={"description": "Goes into If-Match when one decides"})
    state = Choice(SeatState, required=True)
    step = Text(required=True, max=60)
    handles = Yes(required=True, metadata={"description": "Whether it is to be done, not granted"})
    stands_for = Part(PhoneRef, required=True, allow_none=True)
    comment_required = Yes(required=True)
    signature_required = Yes(required=True, metadata={"description": "To approve: by hand"})
    resume = Choice(("replay", "resume", "choose"), required=True)
    may = Part(PhoneSeatMay, required=True)
    back_to = Many(Part(PhonePlaceBack), required=True)


class PhoneFlow(Shape):
    """The flow it goes through."""

    id = Id(required=True)
    name = Text(required=True, max=60)
    version = Whole(required=True)


class PhoneCan(Shape):
    """What the reader may do with it."""

    decide = Yes(required=True)
    withdraw = Yes(required=True)
    resubmit = Yes(required=True)
    nudge = Yes(required=True)
    copy = Yes(required=True)


class PhoneApproval(Shape):
    """An approval with what it is about, for one screen."""

    id = Id(required=True)
    version = Whole(required=True)
    kind = Text(required=True, max=40)
    title = Text(required=True, max=300)
    state = Choice(ApprovalState, required=True)
    stuck = Yes(required=True)
    subject_id = Id(required=True)
    link = Text(required=True, allow_none=True, max=300)
    flow = Part(PhoneFlow, required=True)
    submitter = Part(PhoneRef, required=True)
    submitted_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)
    facts = facts()
    seat = Part(PhoneOwnSeat, required=True, allow_none=True)
    steps = Many(Part(PhoneStep), required=True)
    log = Many(Part(PhoneLogLine), required=True)
    files = Many(
        Part(PhoneFile),
        required=True,
        metadata={"description": "On the subject: `/api/v1/approval-files/{id}`"},
    )
    copies = Many(Part(PhoneRef), required=True)
    can = Part(PhoneCan, required=True)
    quote = Part(
        PhoneOffer,
        required=True,
        allow_none=True,
        metadata={"description": "The quote it is about, if it is about one, as it was submitted"},
    )
