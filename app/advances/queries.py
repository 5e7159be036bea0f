"""Reading advances: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.access.permissions import Permission
from app.advances import policies
from app.advances.models import Advance, AdvanceEntry
from app.advances.states import AdvanceState
from app.core.db import db
from app.core.errors import NotFound
from app.lists.scopes import Branch, Reach, narrowest, reach

TABLE = "advances"


def reach_of(actor: Actor) -> Reach:
    """Which advances an actor sees.

    :raises Forbidden: when none at all
    """
    return reach(Permission.EXPENSE_READ, TABLE, of=actor)


def reach_to_export(actor: Actor) -> Reach:
    """Which of the advances that an actor sees they may take out in a file.

    :raises Forbidden: when none at all
    """
    return reach(narrowest(Permission.EXPENSE_READ, Permission.EXPENSE_EXPORT, of=actor), TABLE, of=actor)


def reach_of_bin(actor: Actor) -> Reach:
    """Which advances an actor sees in the recycle bin: their own.

    :raises Forbidden: when none at all
    """
    narrowest(Permission.EXPENSE_READ, Permission.EXPENSE_CREATE, of=actor)
    own = "r.owner_id = %(me)s"
    return Reach("own-advances", (Branch(f"{TABLE} r", own),), own, {"me": actor.id})


def get(actor: Actor, advance_id: UUID, *, to_change: bool = False) -> Advance:
    """An advance the actor may see and that is not in the recycle bin.

    :param to_change: lock it until the transaction ends
    :raises NotFound: otherwise
    """
    advance = _visible(actor, advance_id, to_change=to_change)
    if advance is None or advance.in_bin:
        raise NotFound
    return advance


def in_bin(actor: Actor, advance_id: UUID) -> Advance:
    """An advance of the actor's own in the recycle bin, locked.

    :raises NotFound: otherwise
    """
    advance = _visible(actor, advance_id, to_change=True)
    if advance is None or not advance.in_bin or not policies.write.allows(actor, advance):
        raise NotFound
    return advance


def visible(actor: Actor, advance_ids: Collection[UUID]) -> dict[UUID, Advance]:
    """Those of these advances that the actor may see outside the bin, locked; one statement."""
    asked = _locked(select(Advance).where(Advance.id.in_(advance_ids)).order_by(Advance.id))
    found = db.session.scalars(asked)
    return {one.id: one for one in found if not one.in_bin and policies.read.allows(actor, one)}


def entry(actor: Actor, entry_id: UUID) -> tuple[Advance, AdvanceEntry]:
    """A line of the ledger with its advance, locked, if the actor may see that.

    :raises NotFound: otherwise
    """
    found = db.session.scalars(select(AdvanceEntry).where(AdvanceEntry.id == entry_id)).first()
    if found is None:
        raise NotFound
    return get(actor, found.advance_id, to_change=True), found


def entries(advance: Advance) -> Sequence[AdvanceEntry]:
    """The ledger of an advance, the first line first."""
    mine = select(AdvanceEntry).where(AdvanceEntry.advance_id == advance.id)
    return db.session.scalars(mine.order_by(AdvanceEntry.made_at, AdvanceEntry.id)).all()


def owed_by(by: Actor, owner_ids: Collection[UUID], *, to_change: bool) -> list[Advance]:
    """What these people owe, the oldest first, as far as the actor keeps their money.

    :param to_change: lock the advances until the transaction ends
    """
    owed = (Advance.owner_id.in_(owner_ids), Advance.state == AdvanceState.OUTSTANDING)
    # Locked in the order in which everybody locks them.
    asked = select(Advance).where(*owed).order_by(Advance.id)
    found = db.session.scalars(_locked(asked) if to_change else asked)
    mine = [one for one in found if policies.pay.allows(by, one)]
    return sorted(mine, key=lambda one: (one.paid_on or date.max, one.number))


def locked(advance_ids: Collection[UUID]) -> dict[UUID, Advance]:
    """These advances, whoever may see them, locked; one statement."""
    asked = _locked(select(Advance).where(Advance.id.in_(advance_ids)).order_by(Advance.id))
    return {one.id: one for one in db.session.scalars(asked)}


def write_offs(claim_id: UUID) -> Sequence[AdvanceEntry]:
    """What was written off against a claim, and stands."""
    reversal = aliased(AdvanceEntry)
    reversed_ = select(reversal.id).where(
        reversal.tenant_id == AdvanceEntry.tenant_id, reversal.reverses_id == AdvanceEntry.id
    )
    mine = (AdvanceEntry.claim_id == claim_id, AdvanceEntry.reverses_id.is_(None), ~exists(reversed_))
    return db.session.scalars(select(AdvanceEntry).where(*mine).order_by(AdvanceEntry.id)).all()


def owed_before(advance: Advance, today: date) -> tuple[int, int]:
    """What its owner owes of other advances in the same currency, and how many of all are overdue."""
    others = (Advance.owner_id == advance.owner_id, Advance.id != advance.id, Advance.outstanding > 0)
    same = func.coalesce(func.sum(Advance.outstanding).filter(Advance.currency == advance.currency), 0)
    late = func.count().filter(Advance.due_on < today)
    row = db.session.execute(
        select(same, late).where(*others, Advance.state == AdvanceState.OUTSTANDING)
    ).one()
    return int(row[0]), int(row[1])


def _visible(actor: Actor, advance_id: UUID, *, to_change: bool) -> Advance | None:
    asked = select(Advance).where(Advance.id == advance_id)
    advance = db.session.scalars(_locked(asked) if to_change else asked).first()
    return advance if advance and policies.read.allows(actor, advance) else None


def _locked(asked: Select[Advance]) -> Select[Advance]:
    return asked.with_for_update().execution_options(populate_existing=True)
