"""Budgets on the wire."""

from api.v1.schemas.paging import Total
from api.v1.schemas.session import Ref
from app.budgets.drafts import LARGEST, LONGEST
from app.budgets.services import MOST_BUDGETS, MOST_PERCENT, SAME
from app.budgets.states import Mode, OutlayState
from app.core.money import CURRENCIES
from app.expenses.drafts import MOST_LINES
from app.http.fields import Choice, Day, Id, Instant, Many, MoneyShape, Part, Shape, Text, Whole, Yes

_MINOR = {"description": "In minor units of the currency"}
_DEPARTMENT = {"description": "With all below it; null: the whole company"}
_KIND = {"description": "Of expense; null: all kinds"}
_LONGEST_LABEL = 200
_RECORDS = ("expense-claim", "expense-request")


class BudgetPatch(Shape):
    """What is to be changed of a budget; null empties a field."""

    name = Text(min=1, max=LONGEST["name"])
    department_id = Id(allow_none=True, metadata=_DEPARTMENT)
    kind_id = Id(allow_none=True, metadata=_KIND)
    first_day = Day()
    last_day = Day(metadata={"description": "The last day, which is counted too"})
    currency = Choice(sorted(CURRENCIES))
    amount = Whole(min=1, max=LARGEST, metadata=_MINOR)
    mode = Choice(Mode)
    archived = Yes()
    note = Text(max=LONGEST["note"], allow_none=True, multiline=True)


class BudgetIn(Shape):
    """A budget to be made."""

    name = Text(required=True, min=1, max=LONGEST["name"])
    department_id = Id(allow_none=True, load_default=None, metadata=_DEPARTMENT)
    kind_id = Id(allow_none=True, load_default=None, metadata=_KIND)
    first_day = Day(required=True)
    last_day = Day(required=True, metadata={"description": "The last day, which is counted too"})
    currency = Choice(sorted(CURRENCIES), load_default="CNY")
    amount = Whole(required=True, min=1, max=LARGEST, metadata=_MINOR)
    mode = Choice(Mode, required=True)
    note = Text(max=LONGEST["note"], allow_none=True, load_default=None, multiline=True)


class BudgetOut(Shape):
    """A budget, and what of it is gone."""

    id = Id(required=True)
    version = Whole(required=True)
    name = Text(required=True, max=LONGEST["name"])
    department = Part(Ref, required=True, allow_none=True)
    kind = Part(Ref, required=True, allow_none=True)
    first_day = Day(required=True)
    last_day = Day(required=True)
    currency = Choice(sorted(CURRENCIES), required=True)
    amount = Part(MoneyShape, required=True)
    used = Part(MoneyShape, required=True)
    reserved = Part(MoneyShape, required=True)
    left = Part(MoneyShape, required=True)
    percent = Whole(required=True, metadata={"description": "Used and reserved, of its amount"})
    over = Yes(required=True)
    mode = Choice(Mode, required=True)
    archived = Yes(required=True)
    note = Text(required=True, allow_none=True, max=LONGEST["note"], multiline=True)
    created_at = Instant(required=True)
    updated_at = Instant(required=True)
    editable = Yes(required=True)


class BudgetPage(Shape):
    """A page of budgets."""

    items = Many(Part(BudgetOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)
    total = Part(Total)


class BudgetTotal(Shape):
    """What budgets in one currency come to; what several of them cover counts in each."""

    count = Whole(required=True)
    over_count = Whole(required=True)
    amount = Part(MoneyShape, required=True)
    used = Part(MoneyShape, required=True)
    reserved = Part(MoneyShape, required=True)
    left = Part(MoneyShape, required=True)


class BudgetTotals(Shape):
    """What budgets come to in each currency."""

    items = Many(Part(BudgetTotal), required=True, max=len(CURRENCIES))


class BudgetMonth(Shape):
    """What of a budget is gone in a month."""

    month = Text(required=True, max=7)
    used = Whole(required=True, metadata=_MINOR)
    reserved = Whole(required=True, metadata=_MINOR)


class BudgetMonths(Shape):
    """What of a budget is gone month by month; months without any are left out."""

    items = Many(Part(BudgetMonth), required=True)


class BudgetRecord(Shape):
    """The claim or request that something stands in."""

    id = Id(required=True)
    name = Text(required=True, max=_LONGEST_LABEL)


class BudgetOutlayOut(Shape):
    """Something that is charged to a budget."""

    id = Id(required=True)
    record_type = Choice(_RECORDS, required=True)
    record = Part(
        BudgetRecord, required=True, allow_none=True, metadata={"description": "If the reader may see it"}
    )
    owner = Part(Ref, required=True, allow_none=True)
    department = Part(Ref, required=True, allow_none=True)
    kind = Part(Ref, required=True)
    spent_on = Day(required=True)
    amount = Part(MoneyShape, required=True)
    state = Choice(OutlayState, required=True)


class BudgetOutlayPage(Shape):
    """A page of what is charged to a budget."""

    items = Many(Part(BudgetOutlayOut), required=True)
    next_cursor = Text(required=True, allow_none=True, max=2000)


class BudgetCopyIn(Shape):
    """Which budgets are to be made anew for the period that follows theirs."""

    first_day = Day(required=True)
    last_day = Day(required=True)
    percent = Whole(
        min=1,
        max=MOST_PERCENT,
        load_default=SAME,
        metadata={"description": "Of their amounts; 100: as they are"},
    )


class BudgetCopies(Shape):
    """What was made."""

    count = Whole(required=True, max=MOST_BUDGETS)
    first_day = Day(required=True)
    last_day = Day(required=True)


class TrialOutlay(Shape):
    """One thing that money is to be spent on."""

    kind_id = Id(required=True)
    on = Day(required=True)
    amount = Whole(required=True, min=1, max=LARGEST, metadata=_MINOR)


class BudgetTrialIn(Shape):
    """What somebody writes a claim or a request about, as far as it is written."""

    lines = Many(Part(TrialOutlay), required=True, max=MOST_LINES)
    currency = Choice(sorted(CURRENCIES), load_default="CNY")
    claim_id = Id(allow_none=True, load_default=None, metadata={"description": "The draft of a claim"})
    request_id = Id(
        allow_none=True, load_default=None, metadata={"description": "The request that a claim draws on"}
    )


class BudgetCharge(Shape):
    """What it does to one budget."""

    budget = Text(required=True, max=LONGEST["name"])
    mode = Choice(Mode, required=True)
    left = Part(MoneyShape, required=True)
    over = Part(MoneyShape, required=True)


class BudgetTrial(Shape):
    """What it does to the budgets that it is charged to."""

    items = Many(Part(BudgetCharge), required=True, max=MOST_BUDGETS)
