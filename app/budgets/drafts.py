"""Budgets as somebody wants them; what cannot be taken is refused."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import Department
from app.budgets import policies
from app.budgets.models import Budget
from app.budgets.periods import YEARS
from app.core.db import db
from app.core.errors import FieldProblem, Invalid
from app.core.money import MOST
from app.core.plain_text import Unplain, tidied
from app.expense_kinds.models import ExpenseKind

LARGEST = MOST // 100
LONGEST = {"name": 80, "note": 1000}
PLAIN = (
    "name", "department_id", "kind_id", "first_day", "last_day", "currency", "amount", "mode", "archived",
    "note",
)  # fmt: skip


def demand(by: Actor, wanted: Mapping[str, Any], was: Budget | None = None) -> dict[str, Any]:
    """Fields of a budget in their stored form; empty text is None.

    :param was: the budget that is to be changed
    :raises Invalid: naming every one that cannot be taken
    """
    stored, problems = _texts(wanted)
    days = [wanted.get(name, was and getattr(was, name)) for name in ("first_day", "last_day")]
    problems += _wrong_days(*days)
    if "department_id" in wanted and (was is None or was.department_id != wanted["department_id"]):
        problems += _wrong_department(by, wanted["department_id"])
    if wanted.get("kind_id") and (was is None or was.kind_id != wanted["kind_id"]):
        problems += _wrong_kind(wanted["kind_id"])
    if problems:
        raise Invalid(*problems)
    return {**wanted, **stored}


def _texts(wanted: Mapping[str, Any]) -> tuple[dict[str, Any], list[FieldProblem]]:
    stored: dict[str, Any] = {}
    problems = []
    for name in wanted.keys() & LONGEST.keys():
        try:
            stored[name] = tidied(wanted[name] or "", LONGEST[name], lines=name == "note") or None
        except Unplain as wrong:
            problems.append(FieldProblem(name, wrong.code, tuple(wrong.facts.items())))
    if "name" in stored and stored["name"] is None:
        problems.append(FieldProblem("name", "required"))
    return stored, problems


def _wrong_days(first: date, last: date) -> list[FieldProblem]:
    span = (("first", YEARS.start), ("last", YEARS.stop - 1))
    problems = [
        FieldProblem(name, "too-far", span)
        for name, day in (("first_day", first), ("last_day", last))
        if day.year not in YEARS
    ]
    if last < first:
        problems.append(FieldProblem("last_day", "ends-before-its-beginning"))
    return problems


def _wrong_department(by: Actor, department_id: UUID | None) -> list[FieldProblem]:
    if not policies.sees(by, department_id):
        return [FieldProblem("department_id", "unknown-reference" if department_id else "required")]
    if department_id is None:
        return []
    found = db.session.scalars(select(Department.id).where(Department.id == department_id)).first()
    return [] if found else [FieldProblem("department_id", "unknown-reference")]


def _wrong_kind(kind_id: UUID) -> list[FieldProblem]:
    kind = db.session.scalars(select(ExpenseKind).where(ExpenseKind.id == kind_id)).first()
    if kind is None:
        return [FieldProblem("kind_id", "unknown-reference")]
    return [FieldProblem("kind_id", "expense-kind-archived")] if kind.archived else []
