"""Quotes as somebody wants them, and what may stand in their texts."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core.errors import FieldProblem, Invalid
from app.quotes.arithmetic import NONE, Discount

LONGEST = {"title": 120, "terms": 5000, "remark": 2000}
LONGEST_IN_LINE = {"name": 200, "code": 50, "specification": 500, "unit": 20, "note": 500}
LONGEST_REASON = 500
PLAIN = ("title", "currency", "with_tax", "valid_until", "terms", "remark")
_LINES = {"terms", "remark", "specification", "note"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL_IN_LINES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
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
    tidied, problems = dict(values), []
    for name in values.keys() & LONGEST.keys():
        tidied[name], problem = _text(name, name, values[name], LONGEST[name])
        problems += problem
    if "title" in values and tidied["title"] is None and not problems:
        problems.append(FieldProblem("title", "required"))
    if problems:
        raise Invalid(*problems)
    return tidied


def texts(place: int, line: LineDraft) -> tuple[dict[str, str | None], list[FieldProblem]]:
    """The texts of a line in their stored form, and what is wrong with them."""
    tidied: dict[str, str | None] = {}
    problems: list[FieldProblem] = []
    for name, longest in LONGEST_IN_LINE.items():
        tidied[name], problem = _text(f"lines.{place}.{name}", name, getattr(line, name), longest)
        problems += problem
    return tidied, problems


def _text(path: str, name: str, value: str | None, longest: int) -> tuple[str | None, list[FieldProblem]]:
    if not value:
        return None, []
    text = unicodedata.normalize("NFC", value).strip()
    if (_CONTROL_IN_LINES if name in _LINES else _CONTROL).search(text):
        return None, [FieldProblem(path, "bad-character")]
    if len(text) > longest:
        return None, [FieldProblem(path, "too-long", (("max", longest),))]
    return text or None, []
