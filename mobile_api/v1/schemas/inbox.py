"""The phone's inbox on the wire."""

from marshmallow import fields as raw

from app.approvals.states import ApprovalState, SeatState
from app.http.fields import Choice, Id, Instant, Many, Part, Shape, Table, Text, Whole, Yes
from mobile_api.v1.schemas.plain import PhoneRef


def facts() -> Table:
    """What a card shows, by field."""
    said = {"description": "By field, as its kind has it (see `/api/v1/approval-kinds`)"}
    return Table(Text(min=1, max=80), raw.Raw(allow_none=True), max=200, required=True, metadata=said)


class PhoneSeatOfList(Shape):
    """One's seat in a box."""

    id = Id(required=True)
    version = Whole(required=True)
    state = Choice(SeatState, required=True)
    stands_for = Part(PhoneRef, required=True, allow_none=True)


class PhoneRow(Shape):
    """An approval in a box: who wants what, and since when."""

    id = Id(required=True)
    kind = Text(required=True, max=40)
    title = Text(required=True, max=300)
    state = Choice(ApprovalState, required=True)
    stuck = Yes(required=True)
    submitter = Part(PhoneRef, required=True, allow_none=True)
    submitted_at = Instant(required=True)
    facts = facts()
    at = Text(required=True, allow_none=True, max=2000, metadata={"description": "Where it is now"})
    holders = Many(Part(PhoneRef), required=True)
    moment = Instant(required=True, metadata={"description": "By which its box is ordered"})
    seat = Part(PhoneSeatOfList, required=True, allow_none=True)
    due_at = Instant(required=True, allow_none=True)
    overdue = Yes(required=True)
    is_new = Yes(required=True, metadata={"description": "Copied to one, and not read yet"})


class PhoneCounts(Shape):
    """How much waits for one, up to 1,000 each."""

    to_decide = Whole(required=True)
    returned = Whole(required=True)
    unread_copies = Whole(required=True)


class PhoneBox(Shape):
    """A page of a box, with the figures of its tabs."""

    items = Many(Part(PhoneRow), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    counts = Part(PhoneCounts, required=True)
