"""Budgets as the trail tells of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.access.models import Department
from app.audit.services import Entry
from app.budgets.models import Budget
from app.core.db import db
from app.expense_kinds.models import ExpenseKind

SUBJECT = "budget"


def shown(budgets: Sequence[Budget]) -> list[dict[str, Any]]:
    """What of budgets people are told when they change, in two statements however many there are."""
    departments = _names(Department, {one.department_id for one in budgets})
    kinds = _names(ExpenseKind, {one.kind_id for one in budgets})
    return [
        {
            "name": one.name,
            "department": departments.get(one.department_id),
            "expense_kind": kinds.get(one.kind_id),
            "first_day": one.first_day.isoformat(),
            "last_day": one.last_day.isoformat(),
            "amount": {"amount": one.amount, "currency": one.currency},
            "budget_mode": one.mode,
            "archived": one.archived,
            "note": one.note,
        }
        for one in budgets
    ]


def _names(model: Any, ids: set[Any]) -> dict[Any, str]:
    wanted = ids - {None}
    if not wanted:
        return {}
    rows = db.session.execute(select(model.id, model.name).where(model.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def entry(budget: Budget, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """One line about a budget."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=budget.id,
        subject_label=budget.name,
        changes=changes,
    )
