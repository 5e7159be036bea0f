"""What a customer is worth, on the wire."""

from typing import Any

from api.v1.schemas.session import Ref
from app.expense_kinds.services import LONGEST_NAME
from app.expenses.drafts import LONGEST
from app.http.fields import Choice, Day, Id, Many, Part, Shape, Text, Whole, Yes
from app.insights.customer_profit import MOST

MOST_MINOR = 10**15
_UNKNOWN = "Null where the reader may not know"


def _figure(said: str) -> Whole:
    facts: dict[str, Any] = {"description": f"{said}. {_UNKNOWN}"}
    return Whole(required=True, allow_none=True, min=-MOST_MINOR, max=MOST_MINOR, metadata=facts)


class ProfitFigures(Shape):
    """What it comes to, in minor units of the currency."""

    quotes = _figure("How many quotes were accepted")
    revenue = _figure("What they come to without tax")
    cost = _figure("What they cost the company, as far as they know it")
    uncosted = _figure("How many of the quotes do not know their cost")
    lines = _figure("How many expenses there were")
    expenses = _figure("What they come to")
    profit = _figure("What is left of the revenue")


class ProfitYear(ProfitFigures):
    """What a year comes to."""

    year = Whole(required=True)


class ProfitCurrency(Shape):
    """What one currency comes to."""

    currency = Text(required=True, max=3)
    total = Part(ProfitFigures, required=True)
    years = Many(Part(ProfitYear), required=True)


class AcceptedQuote(Shape):
    """A quote that the customer accepted."""

    id = Id(required=True)
    number = Text(required=True, max=40)
    title = Text(required=True, max=120)
    currency = Text(required=True, max=3)
    accepted_on = Day(required=True)
    net = Whole(required=True, max=MOST_MINOR)
    cost = _figure("What it costs the company")


class CountedClaim(Shape):
    """The claim that an expense stands in."""

    id = Id(required=True)
    number = Text(required=True, max=40)
    title = Text(required=True, max=LONGEST["title"])


class CountedLine(Shape):
    """An expense that was counted."""

    id = Id(required=True)
    claim = Part(CountedClaim, required=True)
    currency = Text(required=True, max=3)
    spent_on = Day(required=True)
    amount = Whole(required=True, max=MOST_MINOR)
    kind = Text(required=True, max=LONGEST_NAME)
    owner = Part(Ref, required=True, allow_none=True)


class CustomerProfit(Shape):
    """What a customer brings and costs, as far as the reader may know."""

    quotes_counted = Yes(required=True)
    costs_counted = Yes(required=True)
    expenses_counted = Choice(
        ("all", "seen", "none"), required=True, metadata={"description": "Of all claims, or those seen"}
    )
    currencies = Many(Part(ProfitCurrency), required=True, metadata={"description": "The most used first"})
    quotes = Many(Part(AcceptedQuote), required=True, max=MOST)
    lines = Many(Part(CountedLine), required=True, max=MOST)
    cut = Yes(required=True, metadata={"description": "Whether more were counted than are named"})
