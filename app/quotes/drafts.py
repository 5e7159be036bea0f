"""Quotes as somebody wants them, and what may stand in their texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from app.core.errors import FieldProblem, Invalid
from app.core.plain_text import Unplain, tidied
from app.quotes.arithmetic import NONE, Discount

LONGEST = {"title": 120, "terms": 5000, "remark": 2000}
LONGEST_IN_LINE = {"name": 200, "code": 50, "specification": 500, "unit": 20, "note": 500}
LONGEST_REASON = 500
PLAIN = ("title", "currency", "with_tax", "valid_until", "terms", "remark")
_LINES = {"terms", "remark", "specification", "note"}
_NO_TEXTS = dict.fromkeys(LONGEST_IN_LINE)


# A tuple: there are hundreds in a quote, and they are made three times as fast as other frozen things.
class LineDraft(NamedTuple):
    """One line: a product, or free text. What is left out of a product's line is as the product says."""

    quantity: Decimal
    id: UUID | None = None
    """Of a line that is there already."""
    product_id: UUID | None = None
    name: str | None = None
    code: str | None = None
    specification: str | None = None
    unit: str | None = None
    unit_price: int | None = None
    """None: the price that holds."""
    tax_rate: int | None = None
    discount: Discount = NONE
    unit_cost: int | None = None
    """Of free text; what a product costs stands with the product."""
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteDraft:
    """A quote to be made."""

    customer_id: UUID
    title: str
    contact_id: UUID | None = None
    currency: str = "CNY"
    with_tax: bool = True
    valid_until: date | None = None
    terms: str | None = None
    remark: str | None = None
    discount: Discount = NONE
    lines: Sequence[LineDraft] = ()
    custom: Mapping[str, Any] = field(default_factory=dict)


def demand(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a quote in their stored form; empty text is None.

    :raises Invalid: naming every one that cannot be taken
    """
    fit: dict[str, Any] = dict(values)
    problems: list[FieldProblem] = []
    for name in values.keys() & LONGEST.keys():
        fit[name], problem = _text(name, values[name], LONGEST[name])
        problems += [problem] if problem else []
    if "title" in values and fit["title"] is None and not problems:
        problems.append(FieldProblem("title", "required"))
    if problems:
        raise Invalid(*problems)
    return fit


def texts(place: int, line: LineDraft) -> tuple[dict[str, str | None], list[FieldProblem]]:
    """The texts of a line in their stored form, and what is wrong with them."""
    fit: dict[str, str | None] = dict(_NO_TEXTS)
    problems: list[FieldProblem] = []
    for name, longest in LONGEST_IN_LINE.items():
        if value := getattr(line, name):
            fit[name], problem = _text(name, value, longest)
            problems += [replace(problem, field=f"lines.{place}.{name}")] if problem else []
    return fit, problems


def _text(name: str, value: str | None, longest: int) -> tuple[str | None, FieldProblem | None]:
    if not value:
        return None, None
    try:
        return tidied(value, longest, lines=name in _LINES) or None, None
    except Unplain as fault:
        return None, FieldProblem(name, fault.code, tuple(fault.facts.items()))
