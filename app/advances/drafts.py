"""Advances as somebody wants them, and what may stand in their texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.errors import FieldProblem, Invalid, invalid
from app.core.money import MOST
from app.core.plain_text import Unplain, tidied

LARGEST = MOST // 100
LONGEST = {"title": 120, "remark": 2000}
LONGEST_REASON = 500
LONGEST_REFERENCE = 80
PLAIN = ("title", "currency", "amount", "due_on", "remark")
_LINES = {"remark"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceDraft:
    """An advance to be asked for."""

    title: str
    amount: int
    due_on: date
    currency: str = "CNY"
    remark: str | None = None


def demand(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of an advance in their stored form; empty text is None.

    :raises Invalid: naming every one that cannot be taken
    """
    stored: dict[str, Any] = {}
    problems = []
    for name in values.keys() & LONGEST.keys():
        try:
            stored[name] = tidied(values[name] or "", LONGEST[name], lines=name in _LINES) or None
        except Unplain as wrong:
            problems.append(FieldProblem(name, wrong.code, tuple(wrong.facts.items())))
    if "title" in stored and stored["title"] is None:
        problems.append(FieldProblem("title", "required"))
    if problems:
        raise Invalid(*problems)
    return {**values, **stored}


def text(field: str, said: str | None, longest: int) -> str | None:
    """A short text that comes with a deed, in its stored form.

    :raises Invalid: naming it, if it cannot be taken
    """
    try:
        return tidied(said or "", longest) or None
    except Unplain as wrong:
        raise invalid(field, wrong.code, **wrong.facts) from None
