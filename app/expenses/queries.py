"""Reading expenses: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Collection, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, Select, Table, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.core.db import db
from app.core.errors import NotFound
from app.events.expenses import Outlay
from app.expenses import policies
from app.expenses.models import ExpenseClaim, ExpenseLine, ExpensePayment, ExpenseReceipt
from app.lists.scopes import Branch, Reach, narrowest, reach
from tenants.context import require_tenant_id

TABLE = "expense_claims"
_LINES = cast("Table", ExpenseLine.__table__)
_RECEIPTS = cast("Table", ExpenseReceipt.__table__)


def reach_of(actor: Actor) -> Reach:
    """Which claims an actor sees.

    :raises Forbidden: when none at all
    """
    return reach(Permission.EXPENSE_READ, TABLE, of=actor)


def reach_to_export(actor: Actor) -> Reach:
    """Which of the claims that an actor sees they may take out in a file.

    :raises Forbidden: when none at all
    """
    return reach(narrowest(Permission.EXPENSE_READ, Permission.EXPENSE_EXPORT, of=actor), TABLE, of=actor)


def reach_of_bin(actor: Actor) -> Reach:
    """Which claims an actor sees in the recycle bin: their own.

    :raises Forbidden: when none at all
    """
    narrowest(Permission.EXPENSE_READ, Permission.EXPENSE_CREATE, of=actor)
    own = "r.owner_id = %(me)s"
    return Reach("own-claims", (Branch(f"{TABLE} r", own),), own, {"me": actor.id})


def get(actor: Actor, claim_id: UUID, *, to_change: bool = False) -> ExpenseClaim:
    """A claim the actor may see and that is not in the recycle bin.

    :param to_change: lock it until the transaction ends
    :raises NotFound: otherwise
    """
    claim = _visible(actor, claim_id, to_change=to_change)
    if claim is None or claim.in_bin:
        raise NotFound
    return claim


def in_bin(actor: Actor, claim_id: UUID) -> ExpenseClaim:
    """A claim of the actor's own in the recycle bin, locked.

    :raises NotFound: otherwise
    """
    claim = _visible(actor, claim_id, to_change=True)
    if claim is None or not claim.in_bin or not policies.write.allows(actor, claim):
        raise NotFound
    return claim


def visible(actor: Actor, claim_ids: Collection[UUID], *, to_change: bool = True) -> dict[UUID, ExpenseClaim]:
    """Those of these claims that the actor may see outside the bin; one statement.

    :param to_change: lock them until the transaction ends
    """
    asked = select(ExpenseClaim).where(ExpenseClaim.id.in_(claim_ids)).order_by(ExpenseClaim.id)
    found = db.session.scalars(_locked(asked) if to_change else asked)
    return {one.id: one for one in found if not one.in_bin and policies.read.allows(actor, one)}


def _visible(actor: Actor, claim_id: UUID, *, to_change: bool) -> ExpenseClaim | None:
    asked = select(ExpenseClaim).where(ExpenseClaim.id == claim_id)
    claim = db.session.scalars(_locked(asked) if to_change else asked).first()
    return claim if claim and policies.read.allows(actor, claim) else None


def _locked(asked: Select[ExpenseClaim]) -> Select[ExpenseClaim]:
    return asked.with_for_update().execution_options(populate_existing=True)


def lines(claim: ExpenseClaim) -> Sequence[Row[Any]]:
    """The lines of a claim in their order, as plain rows."""
    mine = (_LINES.c.tenant_id == require_tenant_id(), _LINES.c.claim_id == claim.id)
    return db.session.execute(select(_LINES).where(*mine).order_by(_LINES.c.position)).all()


def outlays(lines: Sequence[Row[Any]]) -> list[Outlay]:
    """What lines of a claim are charged to budgets as."""
    return [Outlay(kind_id=one.kind_id, on=one.spent_on, amount=one.amount) for one in lines]


def receipts(claim: ExpenseClaim) -> Sequence[Row[Any]]:
    """The receipts of a claim, as plain rows."""
    mine = (_RECEIPTS.c.tenant_id == require_tenant_id(), _RECEIPTS.c.claim_id == claim.id)
    return db.session.execute(select(_RECEIPTS).where(*mine).order_by(_RECEIPTS.c.id)).all()


def payment(claim: ExpenseClaim) -> ExpensePayment | None:
    """The payment of a claim that stands."""
    mine = (ExpensePayment.claim_id == claim.id, ExpensePayment.reversed_at.is_(None))
    return db.session.scalars(select(ExpensePayment).where(*mine)).first()
