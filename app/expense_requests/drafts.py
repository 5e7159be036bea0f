"""Expense requests as somebody wants them, and what may stand in their texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.core.errors import FieldProblem, Invalid
from app.core.money import MOST
from app.core.plain_text import Unplain, tidied

MOST_LINES = 50
LARGEST = MOST // MOST_LINES
LONGEST = {"title": 120, "remark": 2000, "city": 50}
LONGEST_IN_LINE = {"description": 500}
PLAIN = ("title", "currency", "remark", "starts_on", "ends_on", "city")
WHOM = ("customer_id", "quote_id")
_LINES = {"remark", "description"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLineDraft:
    """One thing that money is to be spent on."""

    kind_id: UUID
    amount: int
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDraft:
    """A request to be made."""

    title: str
    currency: str = "CNY"
    remark: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    city: str | None = None
    customer_id: UUID | None = None
    quote_id: UUID | None = None
    lines: Sequence[RequestLineDraft] = ()


def demand(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a request in their stored form; empty text is None.

    :raises Invalid: naming every one that cannot be taken
    """
    stored, problems = texts("", values, LONGEST)
    if "title" in values and stored["title"] is None and not problems:
        problems.append(FieldProblem("title", "required"))
    if problems:
        raise Invalid(*problems)
    return {**values, **stored}


def demand_order(starts_on: date | None, ends_on: date | None) -> None:
    """Refuse an end before the beginning.

    :raises Invalid: if it is
    """
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid(FieldProblem("ends_on", "ends-before-its-beginning"))


def texts(
    at: str, values: Mapping[str, Any], longest: Mapping[str, int]
) -> tuple[dict[str, str | None], list[FieldProblem]]:
    """Those of some values that are texts, in their stored form, and what is wrong with them.

    :param at: where they stand, with a point behind
    """
    stored: dict[str, str | None] = {}
    problems = []
    for name in values.keys() & longest.keys():
        try:
            stored[name] = tidied(values[name] or "", longest[name], lines=name in _LINES) or None
        except Unplain as wrong:
            stored[name] = None
            problems.append(FieldProblem(f"{at}{name}", wrong.code, tuple(wrong.facts.items())))
    return stored, problems
