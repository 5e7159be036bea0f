"""Expense requests on the wire."""

from typing import Any

from api.v1.schemas.approval_words import chosen
from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.core.money import CURRENCIES
from app.expense_kinds.services import LONGEST_NAME
from app.expense_requests.drafts import LARGEST, LONGEST, LONGEST_IN_LINE, MOST_LINES
from app.expense_requests.states import RequestState
from app.http.fields import Choice, Day, Id, Instant, Many, MoneyShape, Part, Shape, Text, Whole, Yes
from app.records.submitting import Returned

_MINOR = {"description": "In minor units of the request's currency"}
_LINES = {"description": "All lines, in their order; those left out are removed"}


def _description(**more: Any) -> Text:
    return Text(max=LONGEST_IN_LINE["description"], allow_none=True, multiline=True, **more)


class RequestLineIn(Shape):
    """One thing that money is to be spent on."""

    kind_id = Id(required=True)
    amount = Whole(required=True, min=1, max=LARGEST, metadata=_MINOR)
    description = _description(load_default=None)


class ExpenseRequestPatch(Shape):
    """What is to be changed of a request; null empties a field."""

    title = Text(min=1, max=LONGEST["title"])
    currency = Choice(sorted(CURRENCIES))
    remark = Text(max=LONGEST["remark"], allow_none=True, multiline=True)
    starts_on = Day(allow_none=True)
    ends_on = Day(allow_none=True)
    city = Text(max=LONGEST["city"], allow_none=True)
    customer_id = Id(allow_none=True, metadata={"description": "For whom it is to be spent"})
    quote_id = Id(allow_none=True)
    lines = Many(Part(RequestLineIn), max=MOST_LINES, metadata=_LINES)


class ExpenseRequestIn(ExpenseRequestPatch):
    """A request to be made."""

    title = Text(required=True, min=1, max=LONGEST["title"])


class RequestLineOut(Shape):
    """A line as it is."""

    id = Id(required=True)
    kind = Part(Ref, required=True)
    usable = Yes(
        required=True, metadata={"description": "False: the kind is archived, claims cannot take it"}
    )
    amount = Whole(required=True, min=0, max=LARGEST, metadata=_MINOR)
    description = _description(required=True)


class RequestCan(Shape):
    """What the reader may do with a request, if its state lets them."""

    update = Yes(required=True)
    submit = Yes(required=True)
    delete = Yes(required=True)
    close = Yes(required=True)
    claim = Yes(required=True, metadata={"description": "Whether claims of the reader's may draw on it"})


class ExpenseRequestOut(Shape):
    """A request in a list."""

    id = Id(required=True)
    version = Whole(required=True)
    number = Text(required=True, max=40)
    title = Text(required=True, max=LONGEST["title"])
    state = Choice(RequestState, required=True)
    in_approval = Yes(required=True)
    returned = Choice(Returned, required=True, allow_none=True)
    currency = Choice(sorted(CURRENCIES), required=True)
    amount = Part(MoneyShape, required=True)
    drawn = Part(
        MoneyShape, required=True, metadata={"description": "Claims that are submitted, approved or paid"}
    )
    left = Part(MoneyShape, required=True, metadata={"description": "Nothing, where more was claimed"})
    used_up = Yes(
        required=True,
        metadata={"description": "Granted, and every claim that draws on it is paid: it can be closed"},
    )
    kinds = Many(Text(max=LONGEST_NAME), required=True, metadata={"description": "Most of it first"})
    line_count = Whole(required=True)
    city = Text(required=True, allow_none=True, max=LONGEST["city"])
    starts_on = Day(required=True, allow_none=True)
    ends_on = Day(required=True, allow_none=True)
    owner = Part(Ref, required=True, allow_none=True)
    department = Part(Ref, required=True, allow_none=True)
    submitted_at = Instant(required=True, allow_none=True)
    approved_at = Instant(required=True, allow_none=True)
    closed_at = Instant(required=True, allow_none=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    editable = Yes(required=True)


class ExpenseRequestPage(Shape):
    """A page of requests."""

    items = Many(Part(ExpenseRequestOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class ExpenseRequestWhole(ExpenseRequestOut):
    """A request with everything its page shows."""

    remark = Text(required=True, allow_none=True, max=LONGEST["remark"], multiline=True)
    customer = Part(Ref, required=True, allow_none=True)
    quote = Part(Ref, required=True, allow_none=True)
    for_another = Yes(required=True, metadata={"description": "For a customer whom the reader does not see"})
    lines = Many(Part(RequestLineOut), required=True, max=MOST_LINES)
    can = Part(RequestCan, required=True)


class RequestSubmissionIn(Shape):
    """Whom the submitter chooses, where the flow says so."""

    chosen = chosen()
