"""Reading kinds of expense: everybody in the company may know them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.expense_kinds.models import ExpenseKind


def these(kind_ids: Collection[UUID]) -> dict[UUID, ExpenseKind]:
    """Those of these kinds that there are."""
    found = db.session.scalars(select(ExpenseKind).where(ExpenseKind.id.in_(kind_ids)))
    return {kind.id: kind for kind in found}


def every(_actor: Actor) -> Sequence[ExpenseKind]:
    """All kinds of expense, in their order."""
    return db.session.scalars(select(ExpenseKind).order_by(ExpenseKind.position, ExpenseKind.id)).all()


def get(_actor: Actor, kind_id: UUID, *, to_change: bool = False) -> ExpenseKind:
    """A kind of expense.

    :param to_change: lock it until the transaction ends
    :raises NotFound: if there is none such
    """
    asked = select(ExpenseKind).where(ExpenseKind.id == kind_id)
    if to_change:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(asked).first()
    if found is None:
        raise NotFound
    return found
