"""Writing lines into the ledgers of advances, and what is owed then: a few statements, however many lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.access.actor import Actor
from app.advances import trail
from app.advances.models import Advance, AdvanceEntry
from app.advances.states import AdvanceState, EntryKind
from app.audit import services as audit
from app.core import clock
from app.core.bulk import insert_many, rewrite
from app.core.db import db
from app.core.ids import new_id
from tenants.context import require_tenant_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A line to be written, of an advance that is locked."""

    advance: Advance
    kind: EntryKind
    amount: int
    """Positive is what becomes owed."""
    done_on: date
    action: str
    """As the trail calls it."""
    reference: str | None = None
    reason: str | None = None
    claim_id: UUID | None = None
    reverses_id: UUID | None = None
    told: Mapping[str, str | None] = field(default_factory=dict)
    """What else the trail tells of it."""


def book(by: Actor, moves: Sequence[Move]) -> None:
    """Write lines down, in their order; whoever asks has seen to it that no ledger leaves its bounds."""
    at, balances = clock.now(), {move.advance.id: move.advance.outstanding for move in moves}
    rows, told, last = [], [], {}
    for move in moves:
        before = balances[move.advance.id]
        after = balances[move.advance.id] = before + move.amount
        last[move.advance.id] = move
        rows.append(
            {
                "tenant_id": require_tenant_id(),
                "id": new_id(),
                "advance_id": move.advance.id,
                **{name: getattr(move, name) for name in _KEPT},
                "made_by_id": by.id,
                "made_at": at,
            }
        )
        told.append(
            trail.entry(move.advance, move.action, trail.moved(move.advance, before, after, **move.told))
        )
    audit.record_many(by, told)
    insert_many(AdvanceEntry, rows)
    changed = [{"id": key, "outstanding": left, **_state(last[key], left)} for key, left in balances.items()]
    rewrite(Advance, changed, tenant_id=require_tenant_id(), at=at)
    for move in last.values():
        db.session.expire(move.advance)


_KEPT = ("kind", "amount", "done_on", "reference", "reason", "claim_id", "reverses_id")


def _state(move: Move, left: int) -> dict[str, object]:
    """How far the advance has come then."""
    if move.kind == EntryKind.PAYOUT:
        out = move.reverses_id is None
        state = AdvanceState.OUTSTANDING if out else AdvanceState.APPROVED
        return {"state": state, "paid_on": move.done_on if out else None}
    state = AdvanceState.OUTSTANDING if left else AdvanceState.SETTLED
    return {"state": state, "paid_on": move.advance.paid_on}
