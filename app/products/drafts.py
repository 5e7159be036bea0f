"""Products as somebody wants them: what may stand in each field, for every door and for imports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.core.errors import FieldProblem, Invalid
from app.core.money import CURRENCIES, MOST, Money
from app.core.plain_text import Unplain, tidied
from app.core.search import fold

LONGEST = {"code": 50, "name": 200, "unit": 20, "specification": 500, "description": 5000}
MONEY = ("list_price", "cost", "floor_price")
MOST_TAX = 10_000
_NEVER_EMPTY = {"name", "list_price"}
_LINES = {"specification", "description"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDraft:
    """A product to be made. Its price, cost and floor price are in one currency."""

    name: str
    list_price: Money
    code: str | None = None
    category_id: UUID | None = None
    unit: str | None = None
    specification: str | None = None
    description: str | None = None
    cost: Money | None = None
    floor_price: Money | None = None
    tax_rate: int | None = None
    """In basis points."""
    image_id: UUID | None = None
    """A picture that waits to be hung somewhere; see `app.files.uploads`."""
    custom: Mapping[str, Any] = field(default_factory=dict)
    """What is to stand in the company's own fields, by key."""


FIELDS = tuple(ProductDraft.__dataclass_fields__)


def values_of(draft: ProductDraft) -> dict[str, Any]:
    """A draft's fields by name."""
    return {name: getattr(draft, name) for name in FIELDS}


def tidy(values: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[FieldProblem, ...]]:
    """Fields in their stored form, what is empty as None; and what is wrong with those that have none."""
    stored: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for name, value in values.items():
        stored[name], problem = _stored(name, value)
        if problem:
            problems.append(problem)
    return stored, tuple(problems)


def demand(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields in their stored form; what is empty is None.

    :raises Invalid: naming every field that has none
    """
    stored, problems = tidy(values)
    if problems:
        raise Invalid(*problems)
    return stored


def _stored(name: str, value: Any) -> tuple[Any, FieldProblem | None]:
    if name in LONGEST:
        value, problem = _text(name, value)
    elif name in MONEY:
        problem = _wrong_money(name, value)
    elif name == "tax_rate":
        problem = None if value is None or 0 <= value <= MOST_TAX else _out_of_range(name, MOST_TAX)
    else:
        problem = None
    if problem is None and value is None and name in _NEVER_EMPTY:
        problem = FieldProblem(name, "required")
    return value, problem


def _text(name: str, value: Any) -> tuple[str | None, FieldProblem | None]:
    if value is None:
        return None, None
    try:
        text = tidied(value, LONGEST[name], lines=name in _LINES)
    except Unplain as fault:
        return None, FieldProblem(name, fault.code, tuple(fault.facts.items()))
    if name == "code" and text and not fold(text):
        return None, FieldProblem(name, "bad-character")
    return text or None, None


def _wrong_money(name: str, value: Money | None) -> FieldProblem | None:
    if value is None:
        return None
    if value.currency not in CURRENCIES:
        return FieldProblem(f"{name}.currency", "invalid-currency")
    if not 0 <= value.amount <= MOST:
        return _out_of_range(f"{name}.amount", MOST)
    return None


def _out_of_range(name: str, most: int) -> FieldProblem:
    return FieldProblem(name, "out-of-range", (("min", 0), ("max", most)))
