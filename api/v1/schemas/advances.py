"""Advances on the wire."""

from typing import Any

from api.v1.schemas.approval_words import chosen
from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.advances.drafts import LARGEST, LONGEST, LONGEST_REASON, LONGEST_REFERENCE
from app.advances.ledger import MOST_AT_ONCE
from app.advances.states import AdvanceState, EntryKind
from app.core.money import CURRENCIES
from app.http.fields import Choice, Day, Id, Instant, Many, MoneyShape, Part, Shape, Text, Whole, Yes
from app.records.submitting import Returned

_MINOR = {"description": "In minor units of the advance's currency"}
_SIGNED = {"description": "In minor units; positive is what becomes owed"}
_LONGEST_LABEL = 200


def _amount(**more: Any) -> Whole:
    return Whole(**{"min": 1, "max": LARGEST, "metadata": _MINOR, **more})


class AdvancePatch(Shape):
    """What is to be changed of an advance; null empties a field."""

    title = Text(min=1, max=LONGEST["title"])
    currency = Choice(sorted(CURRENCIES))
    amount = _amount()
    due_on = Day(metadata={"description": "By when nothing is to be owed any more"})
    remark = Text(max=LONGEST["remark"], allow_none=True, multiline=True)


class AdvanceIn(AdvancePatch):
    """An advance to be asked for."""

    title = Text(required=True, min=1, max=LONGEST["title"])
    amount = _amount(required=True)
    due_on = Day(required=True, metadata={"description": "By when nothing is to be owed any more"})


class AdvanceClaim(Shape):
    """A claim that something was written off against."""

    id = Id(required=True)
    name = Text(required=True, max=_LONGEST_LABEL)


class AdvanceEntryOut(Shape):
    """A line of the ledger of an advance."""

    id = Id(required=True)
    kind = Choice(EntryKind, required=True)
    amount = Whole(required=True, min=-LARGEST, max=LARGEST, metadata=_SIGNED)
    owed = Whole(required=True, metadata={"description": "What is owed after it, in minor units"})
    done_on = Day(required=True)
    reference = Text(required=True, allow_none=True, max=LONGEST_REFERENCE)
    reason = Text(required=True, allow_none=True, max=LONGEST_REASON)
    claim = Part(AdvanceClaim, required=True, allow_none=True)
    reverses_id = Id(required=True, allow_none=True, metadata={"description": "The line that it reverses"})
    reversed = Yes(required=True)
    reversible = Yes(required=True, metadata={"description": "Whether whoever pays may reverse it by itself"})
    made_by = Part(Ref, required=True, allow_none=True)
    made_at = Instant(required=True)


class AdvanceCan(Shape):
    """What the reader may do with an advance, if its state lets them."""

    update = Yes(required=True)
    submit = Yes(required=True)
    delete = Yes(required=True)
    pay = Yes(required=True)


class _Advance(Shape):
    """What lists and pages show alike."""

    id = Id(required=True)
    version = Whole(required=True)
    number = Text(required=True, max=40)
    title = Text(required=True, max=LONGEST["title"])
    state = Choice(AdvanceState, required=True)
    in_approval = Yes(required=True)
    returned = Choice(Returned, required=True, allow_none=True)
    currency = Choice(sorted(CURRENCIES), required=True)
    amount = Part(MoneyShape, required=True)
    outstanding = Part(MoneyShape, required=True)
    owner = Part(Ref, required=True, allow_none=True)
    department = Part(Ref, required=True, allow_none=True)
    due_on = Day(required=True)
    overdue = Yes(required=True)
    submitted_at = Instant(required=True, allow_none=True)
    approved_at = Instant(required=True, allow_none=True)
    paid_on = Day(required=True, allow_none=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    editable = Yes(required=True)


class AdvanceOut(_Advance):
    """An advance in a list."""

    payable = Yes(required=True)


class AdvancePage(Shape):
    """A page of advances."""

    items = Many(Part(AdvanceOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class AdvanceWhole(_Advance):
    """An advance with everything its page shows."""

    remark = Text(required=True, allow_none=True, max=LONGEST["remark"], multiline=True)
    entries = Many(Part(AdvanceEntryOut), required=True)
    can = Part(AdvanceCan, required=True)


class OwedTotal(Shape):
    """What is owed in one currency."""

    count = Whole(required=True)
    outstanding = Part(MoneyShape, required=True)
    overdue_count = Whole(required=True)
    overdue = Part(MoneyShape, required=True)


class OwedTotals(Shape):
    """What is owed in each currency."""

    items = Many(Part(OwedTotal), required=True, max=len(CURRENCIES))


class AdvanceSubmissionIn(Shape):
    """Whom the submitter chooses, where the flow says so."""

    chosen = chosen()


class DueAdvance(Shape):
    """An advance to be paid out, as it was seen."""

    id = Id(required=True)
    version = Whole(required=True)


class PayoutIn(Shape):
    """That advances were paid out."""

    advances = Many(Part(DueAdvance), required=True, min=1, max=MOST_AT_ONCE)
    paid_on = Day(required=True)
    reference = Text(max=LONGEST_REFERENCE, allow_none=True, load_default=None)


class PaidAdvances(Shape):
    """The advances as they are now."""

    items = Many(Part(AdvanceOut), required=True, max=MOST_AT_ONCE)


class RepaymentIn(Shape):
    """That money came back."""

    amount = _amount(required=True)
    returned_on = Day(required=True)
    reference = Text(max=LONGEST_REFERENCE, allow_none=True, load_default=None)


class EntryReversalIn(Shape):
    """Why a line was written down by mistake."""

    reason = Text(required=True, min=1, max=LONGEST_REASON)
