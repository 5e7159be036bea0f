"""Who sees and arranges budgets: those whose reading of expenses reaches a whole department.

Whoever reads only their own expenses sees no budget; they are told what is left of one when they spend.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission, Scope
from app.access.rules import Rule
from app.budgets.models import Budget


def departments_of(actor: Actor) -> Collection[UUID] | None:
    """The departments whose budgets an actor sees; None for all, and for the company's own."""
    scope = actor.grants.get(Permission.EXPENSE_READ)
    if scope is Scope.ALL:
        return None
    if scope is Scope.SUBTREE:
        return actor.department_ids
    return (actor.department_id,) if scope is Scope.DEPARTMENT and actor.department_id else ()


def sees(actor: Actor, department_id: UUID | None) -> bool:
    """Whether an actor sees the budgets of a department; of none: those of the company."""
    reached = departments_of(actor)
    return reached is None or department_id in reached


def _seen(actor: Actor, budget: Budget) -> bool:
    return sees(actor, budget.department_id)


read: Rule[Any] = Rule(Permission.EXPENSE_READ, when=_seen)
manage: Rule[Any] = Rule(Permission.EXPENSE_MANAGE, when=_seen)
