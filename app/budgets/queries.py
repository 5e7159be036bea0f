"""Reading budgets: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission, Scope
from app.access.rules import refuse
from app.budgets import policies
from app.budgets.models import Budget
from app.core.db import db
from app.core.errors import NotFound
from app.lists.scopes import Branch, Reach

TABLE = "budgets"
_OF_THEIRS = "r.department_id = ANY (%(departments)s::uuid[])"


def reach_of(actor: Actor) -> Reach:
    """Which budgets an actor sees.

    :raises Forbidden: when none at all: to those who read only their own expenses
    """
    if not actor.may(Permission.EXPENSE_READ):
        raise refuse(actor, Permission.EXPENSE_READ)
    departments = policies.departments_of(actor)
    if departments is None:
        return Reach("all", (Branch(f"{TABLE} r"),), "true", {})
    if actor.grants[Permission.EXPENSE_READ] is Scope.OWN:
        raise refuse(actor, Permission.EXPENSE_READ)
    branches = (Branch(f"{TABLE} r", _OF_THEIRS),)
    return Reach("departments-budgets", branches, _OF_THEIRS, {"departments": list(departments)})


def get(actor: Actor, budget_id: UUID, *, to_change: bool = False) -> Budget:
    """A budget the actor may see.

    :param to_change: lock it until the transaction ends
    :raises NotFound: otherwise
    """
    asked = select(Budget).where(Budget.id == budget_id)
    if to_change:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(asked).first()
    if found is None or not policies.read.allows(actor, found):
        raise NotFound
    return found


def of_period(actor: Actor, first: date, last: date) -> Sequence[Budget]:
    """The budgets in force that an actor may arrange and that are for exactly these days, locked."""
    asked = (
        select(Budget)
        .where(Budget.first_day == first, Budget.last_day == last, Budget.archived.is_(False))
        .order_by(Budget.id)
    )
    found = db.session.scalars(asked.with_for_update().execution_options(populate_existing=True))
    return [one for one in found if policies.manage.allows(actor, one)]


def copied(budgets: Sequence[Budget]) -> set[UUID]:
    """Which of these were copied into a later period already."""
    ids = [one.id for one in budgets]
    found = db.session.scalars(select(Budget.copied_from_id).where(Budget.copied_from_id.in_(ids)))
    return {one for one in found if one is not None}
