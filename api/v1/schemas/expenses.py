"""Expense claims on the wire."""

from typing import Any

from api.v1.schemas.approval_words import chosen
from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.core.money import CURRENCIES, MOST
from app.expense_kinds.services import LONGEST_NAME
from app.expense_limits.states import Mode, Per
from app.expenses.drafts import (
    LARGEST,
    LONGEST,
    LONGEST_IN_LINE,
    LONGEST_OF_INVOICE,
    LONGEST_REASON,
    MOST_LINES,
    MOST_RECEIPTS,
)
from app.expenses.paying import LONGEST_REFERENCE, MOST_AT_ONCE
from app.expenses.states import ClaimState
from app.files.states import FileKind
from app.http.fields import Choice, Day, Id, Instant, Many, MoneyShape, Part, Shape, Text, Whole, Yes
from app.records.submitting import Returned

_MINOR = {"description": "In minor units of the claim's currency"}
_OFFSET = {"description": "What of it was offset by advances, in minor units"}
_TO_OFFSET = {"description": "How much is written off against advances; null: as much as can be"}
_LINES = {"description": "All lines, in their order; those left out are removed"}
_OVER = {"description": "Why it is above its limit"}
_FILE = {"description": "A file brought to `/uploads`, or one that is a receipt of this claim already"}


def _amount(**more: Any) -> Whole:
    return Whole(**{"min": 0, "max": LARGEST, "metadata": _MINOR, **more})


def _in_line(name: str, **more: Any) -> Text:
    return Text(max=LONGEST_IN_LINE[name], allow_none=True, multiline=name == "description", **more)


class ReceiptIn(Shape):
    """A receipt: a picture or PDF, and what is printed on it."""

    file_id = Id(required=True, metadata=_FILE)
    invoice_code = Text(max=LONGEST_OF_INVOICE["invoice_code"], allow_none=True, load_default=None)
    invoice_number = Text(max=LONGEST_OF_INVOICE["invoice_number"], allow_none=True, load_default=None)


class ExpenseLineIn(Shape):
    """One thing that money was spent on."""

    id = Id(allow_none=True, load_default=None, metadata={"description": "Of a line that is there already"})
    kind_id = Id(required=True)
    spent_on = Day(required=True)
    amount = _amount(required=True, min=1)
    tax = _amount(load_default=0, metadata={"description": "What of the amount is tax, in minor units"})
    description = _in_line("description", load_default=None)
    city = _in_line("city", load_default=None)
    over_reason = _in_line("over_reason", load_default=None, metadata=_OVER)
    customer_id = Id(allow_none=True, load_default=None, metadata={"description": "For whom it was spent"})
    quote_id = Id(allow_none=True, load_default=None)
    receipts = Many(Part(ReceiptIn), max=MOST_RECEIPTS, load_default=list)


class ExpenseClaimPatch(Shape):
    """What is to be changed of a claim; null empties a field."""

    title = Text(min=1, max=LONGEST["title"])
    currency = Choice(sorted(CURRENCIES))
    remark = Text(max=LONGEST["remark"], allow_none=True, multiline=True)
    request_id = Id(
        allow_none=True, metadata={"description": "A granted request of one's own that it draws on"}
    )
    lines = Many(Part(ExpenseLineIn), max=MOST_LINES, metadata=_LINES)


class ExpenseClaimIn(ExpenseClaimPatch):
    """A claim to be made."""

    title = Text(required=True, min=1, max=LONGEST["title"])


class ReceiptFile(Shape):
    """The file of a receipt; its bytes are at `/attachments/{id}/content`."""

    id = Id(required=True)
    name = Text(required=True, max=255)
    kind = Choice(FileKind, required=True)
    media_type = Text(required=True, max=100)
    size = Whole(required=True)
    has_thumbnail = Yes(required=True)


class TakenOut(Shape):
    """That another claim has the same receipt."""

    claim = Part(Ref, required=True, allow_none=True, metadata={"description": "Null: not for you to know"})


class ReceiptOut(Shape):
    """A receipt as it is."""

    file = Part(ReceiptFile, required=True)
    invoice_code = Text(required=True, allow_none=True, max=LONGEST_OF_INVOICE["invoice_code"])
    invoice_number = Text(required=True, allow_none=True, max=LONGEST_OF_INVOICE["invoice_number"])
    taken = Part(TakenOut, required=True, allow_none=True)


class LimitOfLine(Shape):
    """The limit that binds a line: as it holds now, or as it held when the claim was submitted."""

    amount = _amount(required=True, max=MOST)
    per = Choice(Per, required=True)
    mode = Choice(Mode, required=True)
    before = Whole(required=True, metadata={"description": "What counts towards it besides this line"})
    over = _amount(required=True, metadata={"description": "By how much this line goes above it"})


class ExpenseLineOut(Shape):
    """A line as it is."""

    id = Id(required=True)
    kind = Part(Ref, required=True)
    spent_on = Day(required=True)
    amount = _amount(required=True)
    tax = _amount(required=True)
    description = _in_line("description", required=True)
    city = _in_line("city", required=True)
    over_reason = _in_line("over_reason", required=True)
    limit = Part(LimitOfLine, required=True, allow_none=True)
    customer = Part(Ref, required=True, allow_none=True)
    quote = Part(Ref, required=True, allow_none=True)
    for_another = Yes(required=True, metadata={"description": "For a customer whom the reader does not see"})
    receipts = Many(Part(ReceiptOut), required=True, max=MOST_RECEIPTS)


class PaymentOut(Shape):
    """That a claim was paid, or thought to be."""

    id = Id(required=True)
    amount = _amount(required=True, max=LARGEST * MOST_LINES)
    written_off = _amount(required=True, max=LARGEST * MOST_LINES, metadata=_OFFSET)
    paid_out = _amount(required=True, max=LARGEST * MOST_LINES)
    paid_on = Day(required=True)
    reference = Text(required=True, allow_none=True, max=LONGEST_REFERENCE)
    made_by = Part(Ref, required=True, allow_none=True)
    made_at = Instant(required=True)
    reversed_by = Part(Ref, required=True, allow_none=True)
    reversed_at = Instant(required=True, allow_none=True)
    reversal_reason = Text(required=True, allow_none=True, max=LONGEST_REASON)


class WriteOffOut(Shape):
    """What of an advance stands as written off against a claim."""

    advance = Part(Ref, required=True, allow_none=True, metadata={"description": "Null: not for you to know"})
    amount = _amount(required=True, max=LARGEST * MOST_LINES)


class ExpenseCan(Shape):
    """What the reader may do with a claim, if its state lets them."""

    update = Yes(required=True)
    submit = Yes(required=True)
    delete = Yes(required=True)
    pay = Yes(required=True)


class _Claim(Shape):
    """What lists and pages show alike."""

    id = Id(required=True)
    version = Whole(required=True)
    number = Text(required=True, max=40)
    title = Text(required=True, max=LONGEST["title"])
    state = Choice(ClaimState, required=True)
    in_approval = Yes(required=True)
    returned = Choice(Returned, required=True, allow_none=True)
    currency = Choice(sorted(CURRENCIES), required=True)
    amount = Part(MoneyShape, required=True)
    tax = Part(MoneyShape, required=True)
    kinds = Many(Text(max=LONGEST_NAME), required=True, metadata={"description": "Most of it first"})
    request = Part(Ref, required=True, allow_none=True)
    line_count = Whole(required=True)
    receipt_count = Whole(required=True)
    owner = Part(Ref, required=True, allow_none=True)
    department = Part(Ref, required=True, allow_none=True)
    submitted_at = Instant(required=True, allow_none=True)
    approved_at = Instant(required=True, allow_none=True)
    paid_on = Day(required=True, allow_none=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    editable = Yes(required=True)


class ExpenseClaimOut(_Claim):
    """A claim in a list."""

    payable = Yes(required=True)


class ExpenseClaimPage(Shape):
    """A page of claims."""

    items = Many(Part(ExpenseClaimOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class DrawingOut(Shape):
    """What a claim draws on, as it is now."""

    granted = Part(MoneyShape, required=True)
    others = Part(
        MoneyShape, required=True, metadata={"description": "Other claims: submitted, approved or paid"}
    )
    left = Part(MoneyShape, required=True, metadata={"description": "What is left for this one"})
    over = Part(MoneyShape, required=True, metadata={"description": "By how much this one is above that"})
    open = Yes(
        required=True, metadata={"description": "Whether claims may still be submitted that draw on it"}
    )


class ExpenseClaimWhole(_Claim):
    """A claim with everything its page shows."""

    remark = Text(required=True, allow_none=True, max=LONGEST["remark"], multiline=True)
    lines = Many(Part(ExpenseLineOut), required=True, max=MOST_LINES)
    payments = Many(Part(PaymentOut), required=True)
    write_offs = Many(Part(WriteOffOut), required=True)
    drawing = Part(DrawingOut, required=True, allow_none=True)
    can = Part(ExpenseCan, required=True)


class ClaimSubmissionIn(Shape):
    """Whom the submitter chooses, where the flow says so."""

    chosen = chosen()


class DueClaim(Shape):
    """A claim to be paid, as it was seen."""

    id = Id(required=True)
    version = Whole(required=True)
    write_off = _amount(allow_none=True, load_default=None, max=LARGEST * MOST_LINES, metadata=_TO_OFFSET)


class PaymentIn(Shape):
    """That claims were paid."""

    claims = Many(Part(DueClaim), required=True, min=1, max=MOST_AT_ONCE)
    paid_on = Day(required=True)
    reference = Text(max=LONGEST_REFERENCE, allow_none=True, load_default=None)


class PaidClaims(Shape):
    """The claims as they are now."""

    items = Many(Part(ExpenseClaimOut), required=True, max=MOST_AT_ONCE)


class ReversalIn(Shape):
    """Why a payment was none."""

    reason = Text(required=True, min=1, max=LONGEST_REASON)
