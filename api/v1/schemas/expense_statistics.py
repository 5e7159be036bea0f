"""What was spent, in numbers, on the wire."""

from api.v1.schemas.session import Ref
from app.core.money import CURRENCIES
from app.expenses.states import COUNTED
from app.http.fields import Choice, Day, Id, Many, Part, Shape, Text, Whole, Yes
from app.insights.expense_statistics import MOST_ROWS, Counted

MOST_MINOR = 10**15
_MINOR = {"description": "In minor units of the currency"}
_BEFORE = {"description": "What it was in the period before, in minor units"}
_HIDDEN = {"description": "Whether it is several that the reader does not see"}


class ExpenseStatisticsQuery(Shape):
    """Which expenses are counted."""

    first = Day(required=True)
    last = Day(required=True, metadata={"description": "The last day, which is counted too"})
    by = Choice(
        Counted, load_default=str(Counted.SPENT), metadata={"description": "By which day it is counted"}
    )
    state = Many(
        Choice(COUNTED), max=len(COUNTED), metadata={"description": "Approved and paid, if nothing is said"}
    )
    currency = Choice(sorted(CURRENCIES), metadata={"description": "The one with most expenses, if not said"})
    department_id = Id(metadata={"description": "With all departments below it"})
    owner_id = Id()
    kind_id = Id()
    customer_id = Id()


class ExpenseFigures(Shape):
    """What was spent."""

    amount = Whole(required=True, max=MOST_MINOR, metadata=_MINOR)
    lines = Whole(required=True)
    before = Whole(required=True, max=MOST_MINOR, metadata=_BEFORE)


class ExpenseGroup(ExpenseFigures):
    """What was spent by one, for one, or on one."""

    of = Part(Ref, required=True, allow_none=True, metadata={"description": "Null: nobody's"})
    hidden = Yes(required=True, metadata=_HIDDEN)


class ExpenseGroups(Shape):
    """All of it, divided in one way, the most first."""

    items = Many(Part(ExpenseGroup), required=True, max=MOST_ROWS + 1)
    rest = Part(
        ExpenseFigures, required=True, allow_none=True, metadata={"description": "Of what is not listed"}
    )


class ExpenseMonthKind(Shape):
    """What was spent on one kind in a month."""

    of = Part(Ref, required=True)
    amount = Whole(required=True, max=MOST_MINOR, metadata=_MINOR)


class ExpenseMonth(ExpenseFigures):
    """What was spent in a month."""

    month = Text(required=True, max=7, metadata={"description": "2026-03"})
    kinds = Many(Part(ExpenseMonthKind), required=True)


class ExpenseSpan(Shape):
    """Some days, both ends among them."""

    first = Day(required=True)
    last = Day(required=True)


class ExpenseStatistics(ExpenseSpan):
    """What was spent in a period, of what the reader sees."""

    before = Part(ExpenseSpan, required=True, metadata={"description": "What it is compared with"})
    currency = Text(
        required=True, allow_none=True, max=3, metadata={"description": "Null: nothing was spent"}
    )
    currencies = Many(Text(max=3), required=True, metadata={"description": "The most used first"})
    total = Part(ExpenseFigures, required=True)
    people = Part(ExpenseGroups, required=True)
    departments = Part(ExpenseGroups, required=True)
    customers = Part(ExpenseGroups, required=True)
    kinds = Part(ExpenseGroups, required=True)
    months = Many(Part(ExpenseMonth), required=True)
