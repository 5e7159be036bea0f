"""Service records as somebody wants them, and what may stand in their fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.core.errors import FieldProblem, Invalid
from app.core.money import CURRENCIES, MOST, Money
from app.core.plain_text import Unplain, tidied
from app.service_records.models import ServiceRecord

LONGEST = {"content": 5000, "done_by_name": 100}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDraft:
    """What was done; by the actor, if nobody else is named."""

    customer_id: UUID
    kind: str
    content: str
    done_on: date
    contact_id: UUID | None = None
    asset_id: UUID | None = None
    done_by_id: UUID | None = None
    done_by_name: str | None = None
    next_due_on: date | None = None
    fee: Money | None = None
    custom: Mapping[str, Any] = field(default_factory=dict)
    """What is to stand in the company's own fields, by key."""


PLAIN = ("kind", "content", "done_on", "done_by_name", "next_due_on")


def demand(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields in their stored form; what is empty is None.

    :raises Invalid: naming every one that cannot be taken
    """
    stored, problems = dict(values), []
    for name in values.keys() & LONGEST.keys():
        try:
            stored[name] = tidied(values[name] or "", LONGEST[name], lines=name == "content") or None
        except Unplain as fault:
            problems.append(FieldProblem(name, fault.code, tuple(fault.facts.items())))
    if "content" in stored and stored["content"] is None and not problems:
        problems.append(FieldProblem("content", "required"))
    fee: Money | None = values.get("fee")
    if fee is not None and fee.currency not in CURRENCIES:
        problems.append(FieldProblem("fee.currency", "invalid-currency"))
    elif fee is not None and not 0 <= fee.amount <= MOST:
        problems.append(FieldProblem("fee.amount", "out-of-range", (("min", 0), ("max", MOST))))
    if problems:
        raise Invalid(*problems)
    return stored


def demand_order(record: ServiceRecord, today: date) -> None:
    """Refuse what is not done yet, and a next time that is not later.

    :raises Invalid: naming the field
    """
    problems = []
    if record.done_on > today:
        problems.append(FieldProblem("done_on", "not-done-yet"))
    if record.next_due_on is not None and record.next_due_on <= record.done_on:
        problems.append(FieldProblem("next_due_on", "due-before-done"))
    if problems:
        raise Invalid(*problems)
