"""Purchases as somebody tells of them, and what may stand in their fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core.errors import FieldProblem, Invalid
from app.core.money import CURRENCIES, MOST, Money
from app.core.plain_text import Unplain, tidied
from app.core.quantities import MOST_QUANTITY, in_parts

LONGEST = {"name": 200, "unit": 20, "reference": 100, "remark": 2000}
LEAST_QUANTITY = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseDraft:
    """What was bought; without a name it is called as its product."""

    customer_id: UUID
    bought_on: date
    name: str | None = None
    contact_id: UUID | None = None
    product_id: UUID | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    amount: Money | None = None
    reference: str | None = None
    remark: str | None = None
    custom: Mapping[str, Any] = field(default_factory=dict)
    """What is to stand in the company's own fields, by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """A line of a quote that was accepted."""

    line: int
    product_id: UUID
    name: str
    quantity: int
    """In ten-thousandths."""
    unit: str | None
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A quote that was accepted: at whom, when, and what of it are products."""

    quote_id: UUID
    revision: int
    number: str
    currency: str
    customer_id: UUID
    contact_id: UUID | None
    owner_id: UUID | None
    department_id: UUID | None
    bought_on: date
    lines: tuple[Bought, ...]


PLAIN = ("name", "quantity", "unit", "bought_on", "reference", "remark")


def demand(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields in their stored form; what is empty is None.

    :raises Invalid: naming every one that cannot be taken
    """
    stored, problems = dict(values), []
    for name in values.keys() & LONGEST.keys():
        try:
            stored[name] = tidied(values[name] or "", LONGEST[name], lines=name == "remark") or None
        except Unplain as fault:
            problems.append(FieldProblem(name, fault.code, tuple(fault.facts.items())))
    quantity: Decimal | None = values.get("quantity")
    if quantity is not None:
        if not LEAST_QUANTITY <= quantity <= MOST_QUANTITY:
            range_of = (("min", str(LEAST_QUANTITY)), ("max", MOST_QUANTITY))
            problems.append(FieldProblem("quantity", "out-of-range", range_of))
        stored["quantity"] = in_parts(quantity)
    problems += _faults_of(values.get("amount"))
    if problems:
        raise Invalid(*problems)
    return stored


def _faults_of(amount: Money | None) -> list[FieldProblem]:
    if amount is None:
        return []
    if amount.currency not in CURRENCIES:
        return [FieldProblem("amount.currency", "invalid-currency")]
    if not 0 <= amount.amount <= MOST:
        return [FieldProblem("amount.amount", "out-of-range", (("min", 0), ("max", MOST)))]
    return []


def demand_past(bought_on: date, today: date) -> None:
    """Refuse what is not bought yet.

    :raises Invalid: naming the day
    """
    if bought_on > today:
        raise Invalid(FieldProblem("bought_on", "not-bought-yet"))
