"""Expense claims as somebody wants them, and what may stand in their texts."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.core.errors import FieldProblem, Invalid
from app.core.money import MOST
from app.core.plain_text import Unplain, tidied

MOST_LINES, MOST_RECEIPTS = 100, 10
LARGEST = MOST // MOST_LINES
LONGEST = {"title": 120, "remark": 2000}
LONGEST_IN_LINE = {"description": 500, "city": 50, "over_reason": 200}
LONGEST_OF_INVOICE = {"invoice_code": 20, "invoice_number": 30}
LONGEST_REASON = 500
PLAIN = ("title", "currency", "remark", "request_id")
_LINES = {"remark", "description"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptDraft:
    """A receipt: a file that waits or hangs on the claim already, and what is printed on it."""

    file_id: UUID
    invoice_code: str | None = None
    invoice_number: str | None = None

    @property
    def key(self) -> str | None:
        """By which it is known again, however it is written; None without a number."""
        parts = [
            re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text or "").upper())
            for text in (self.invoice_code, self.invoice_number)
        ]
        return "-".join(filter(None, parts)) if parts[1] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """One thing that money was spent on."""

    kind_id: UUID
    spent_on: date
    amount: int
    id: UUID | None = None
    """Of a line that is there already."""
    tax: int = 0
    description: str | None = None
    city: str | None = None
    over_reason: str | None = None
    """Why it is above its limit."""
    customer_id: UUID | None = None
    quote_id: UUID | None = None
    receipts: Sequence[ReceiptDraft] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """A claim to be made."""

    title: str
    currency: str = "CNY"
    remark: str | None = None
    request_id: UUID | None = None
    """Of the claimant's own that it draws on."""
    lines: Sequence[LineDraft] = ()


def demand(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a claim in their stored form; empty text is None.

    :raises Invalid: naming every one that cannot be taken
    """
    stored, problems = texts("", values, LONGEST)
    if "title" in values and stored["title"] is None and not problems:
        problems.append(FieldProblem("title", "required"))
    if problems:
        raise Invalid(*problems)
    return {**values, **stored}


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
