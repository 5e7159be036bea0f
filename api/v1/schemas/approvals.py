"""Approvals on the wire."""

from marshmallow import fields as raw

from api.v1.schemas.approval_words import LONGEST_COMMENT
from api.v1.schemas.files import FileBrief
from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.approvals.states import Action, ApprovalState, SeatState, StepState
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Table, Text, Whole, Yes

_FACT = {"description": "By field, as its kind has it (see `/approval-kinds`)"}


def _facts(**more: object) -> Table:
    return Table(Text(min=1, max=80), raw.Raw(allow_none=True), max=200, metadata=_FACT, **more)


class SeatOfList(Shape):
    """One's seat in a list."""

    id = Id(required=True)
    version = Whole(required=True)
    state = Choice(SeatState, required=True)
    stands_for = Part(Ref, required=True, allow_none=True)


class FactDescribed(Shape):
    """A fact of a kind that the company has made itself, in its own words."""

    name = Text(required=True, max=80)
    label = Text(required=True, max=140)
    kind = Text(required=True, max=20, metadata={"description": "See `docs/forms.md`"})
    value = raw.Raw(required=True, allow_none=True)
    text = Text(max=5000, metadata={"description": "What stands there, where the value says little"})
    unit = Text(max=10)
    columns = Many(Table(Text(max=20), Text(max=140, allow_none=True)))


class SubjectDescribed(Shape):
    """What a kind that the company has made itself is called, and what its card shows."""

    name = Text(required=True, max=60)
    icon = Text(required=True, max=20)
    of = Many(Part(FactDescribed), required=True, data_key="fields")


class ApprovalInList(Shape):
    """An approval in a list."""

    id = Id(required=True)
    kind = Text(required=True, max=40)
    title = Text(required=True, max=300)
    state = Choice(ApprovalState, required=True)
    submitter = Part(Ref, required=True, allow_none=True)
    department = Part(Ref, required=True, allow_none=True)
    submitted_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)
    stuck = Yes(required=True)
    facts = _facts(required=True)
    described = Part(SubjectDescribed, required=True, allow_none=True)
    at = Text(required=True, allow_none=True, max=2000, metadata={"description": "Where it is now"})
    holders = Many(Part(Ref), required=True)
    seat = Part(SeatOfList, metadata={"description": "Of what is to be decided, or was"})
    step = Text(max=60, metadata={"description": "At which step one is or was asked"})
    opened_at = Instant(metadata={"description": "Since when it is one's turn"})
    decided_at = Instant(allow_none=True)
    due_at = Instant(allow_none=True)
    overdue = Yes()
    copied_at = Instant()
    read = Yes()


class ApprovalPage(Shape):
    """A page of approvals."""

    items = Many(Part(ApprovalInList), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class SubjectAsked(Shape):
    """Of what the approvals are wanted."""

    kind = Text(required=True, max=40)
    subject_id = Id(required=True)


class ApprovalOfSubject(Shape):
    """An approval, on the page of what it is about."""

    id = Id(required=True)
    title = Text(required=True, max=300)
    state = Choice(ApprovalState, required=True)
    submitted_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)
    stuck = Yes(required=True)
    at = Text(required=True, allow_none=True, max=2000, metadata={"description": "Where it is now"})
    holders = Many(Part(Ref), required=True)


class ApprovalsOfSubject(Shape):
    """The approvals of one thing, the last one first."""

    items = Many(Part(ApprovalOfSubject), required=True)


class SeatOut(Shape):
    """Somebody's part in a step."""

    id = Id(required=True)
    user = Part(Ref, required=True, allow_none=True)
    stands_for = Part(Ref, required=True, allow_none=True)
    state = Choice(SeatState, required=True)
    why = Text(required=True, allow_none=True, max=40)
    added = Yes(required=True)
    comment = Text(required=True, allow_none=True, max=LONGEST_COMMENT)
    signed = Yes(required=True, metadata={"description": "By hand: see `/approval-seats/{id}/signature`"})
    opened_at = Instant(required=True, allow_none=True)
    decided_at = Instant(required=True, allow_none=True)


class StepOut(Shape):
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
    seats = Many(Part(SeatOut), required=True)


class FactChange(Shape):
    """A fact that was corrected on the way."""

    field = Text(required=True, max=80)
    before = raw.Raw(required=True, allow_none=True)
    after = raw.Raw(required=True, allow_none=True)


class LogLineOut(Shape):
    """A line of the history."""

    id = Id(required=True)
    at = Instant(required=True)
    action = Choice(Action, required=True)
    by = Part(Ref, required=True, allow_none=True)
    stands_for = Part(Ref, required=True, allow_none=True)
    step = Text(required=True, allow_none=True, max=60)
    comment = Text(required=True, allow_none=True, max=LONGEST_COMMENT)
    people = Many(Part(Ref), required=True)
    why = Text(required=True, allow_none=True, max=40)
    back_to = Text(required=True, allow_none=True, max=60)
    changes = Many(Part(FactChange), required=True)


class SeatMay(Shape):
    """What can be done on one's seat besides deciding."""

    transfer = Yes(required=True)
    add = Yes(required=True)
    send_back = Yes(required=True)
    copy = Yes(required=True)


class PlaceBack(Shape):
    """Where it can be sent back to."""

    node = Text(required=True, max=40)
    name = Text(required=True, max=60)


class OwnSeat(Shape):
    """The reader's own seat."""

    id = Id(required=True)
    version = Whole(required=True, metadata={"description": "Goes into If-Match when one decides"})
    state = Choice(SeatState, required=True)
    step = Text(required=True, max=60)
    handles = Yes(required=True, metadata={"description": "Whether it is to be done, not granted"})
    stands_for = Part(Ref, required=True, allow_none=True)
    comment_required = Yes(required=True)
    signature_required = Yes(required=True, metadata={"description": "To approve: by hand"})
    resume = Choice(("replay", "resume", "choose"), required=True)
    may = Part(SeatMay, required=True)
    back_to = Many(Part(PlaceBack), required=True)


class FlowOfApproval(Shape):
    """The flow it goes through."""

    id = Id(required=True)
    name = Text(required=True, max=60)
    version = Whole(required=True)


class ApprovalCan(Shape):
    """What the reader may do with it."""

    decide = Yes(required=True)
    withdraw = Yes(required=True)
    resubmit = Yes(required=True)
    nudge = Yes(required=True)
    copy = Yes(required=True)
    reroute = Yes(required=True)
    end = Yes(required=True)


class ApprovalOut(Shape):
    """An approval."""

    id = Id(required=True)
    version = Whole(required=True)
    kind = Text(required=True, max=40)
    title = Text(required=True, max=300)
    state = Choice(ApprovalState, required=True)
    stuck = Yes(required=True)
    subject_id = Id(required=True)
    link = Text(required=True, allow_none=True, max=300)
    flow = Part(FlowOfApproval, required=True)
    submitter = Part(Ref, required=True)
    submitted_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)
    facts = _facts(required=True)
    described = Part(SubjectDescribed, required=True, allow_none=True)
    editable = Many(Text(max=80), required=True)
    seat = Part(OwnSeat, required=True, allow_none=True)
    steps = Many(Part(StepOut), required=True)
    log = Many(Part(LogLineOut), required=True)
    files = Many(
        Part(FileBrief), required=True, metadata={"description": "On the subject: `/approval-files/{id}`"}
    )
    copies = Many(Part(Ref), required=True)
    can = Part(ApprovalCan, required=True)


class Counts(Shape):
    """How much there is, up to 1,000 each."""

    to_decide = Whole(required=True)
    returned = Whole(required=True)
    unread_copies = Whole(required=True)
    stuck = Whole(required=True)
