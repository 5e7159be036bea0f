"""Writing advances off against what their owners claim: the oldest first, no more than either comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.advances import booking, overdue, queries
from app.advances.booking import Move
from app.advances.models import Advance
from app.advances.states import EntryKind
from app.core import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A claim that is to be paid."""

    claim_id: UUID
    label: str
    owner_id: UUID
    currency: str
    amount: int
    most: int | None = None
    """How much of it is to be written off at most, if not as much as can be."""


@dataclass(frozen=True, slots=True)
class Part:
    """What of an advance is written off against a claim."""

    advance: Advance
    amount: int


@dataclass(frozen=True, slots=True)
class Share:
    """What becomes of a claim."""

    due: Due
    owed: int
    """What its owner owes in its currency, after the claims before it."""
    parts: Sequence[Part]

    @property
    def written_off(self) -> int:
        """What of it is written off; the rest is paid out."""
        return sum(part.amount for part in self.parts)


def plan(by: Actor, due: Sequence[Due], *, to_change: bool = False) -> list[Share]:
    """How claims are offset, one after the other, by what their owners owe; a single statement.

    :param to_change: lock the advances until the transaction ends
    """
    owed = queries.owed_by(by, {one.owner_id for one in due}, to_change=to_change)
    return spread(owed, due)


def spread(owed: Sequence[Advance], due: Sequence[Due]) -> list[Share]:
    """How claims are offset by advances, in the order of both."""
    left = {advance.id: advance.outstanding for advance in owed}
    shares = []
    for one in due:
        mine = [a for a in owed if (a.owner_id, a.currency) == (one.owner_id, one.currency)]
        before = sum(left[advance.id] for advance in mine)
        wanted = one.amount if one.most is None else min(one.amount, one.most)
        parts = []
        for advance in mine:
            taken = min(wanted, left[advance.id])
            if taken:
                parts.append(Part(advance, taken))
                left[advance.id] -= taken
                wanted -= taken
        shares.append(Share(one, before, parts))
    return shares


@permitted(Permission.EXPENSE_PAY)
def write_off(actor: Actor, shares: Sequence[Share], *, on: date) -> None:
    """Write down what was planned, of advances that are locked."""
    moves = [
        Move(
            advance=part.advance,
            kind=EntryKind.WRITE_OFF,
            amount=-part.amount,
            done_on=on,
            action="written-off",
            claim_id=share.due.claim_id,
            told={"claim": share.due.label},
        )
        for share in shares
        for part in share.parts
    ]
    if moves:
        booking.book(actor, moves)


@permitted(Permission.EXPENSE_PAY)
def take_back(actor: Actor, claim_id: UUID, *, label: str, reason: str) -> None:
    """Let be owed again what was written off against a claim that was not paid after all."""
    standing = queries.write_offs(claim_id)
    advances = queries.locked({entry.advance_id for entry in standing})
    overdue.note(advances.values(), actor.zone)
    today = clock.now().astimezone(actor.zone).date()
    moves = [
        Move(
            advance=advances[entry.advance_id],
            kind=EntryKind.WRITE_OFF,
            amount=-entry.amount,
            done_on=today,
            action="write-off-reversed",
            reason=reason,
            claim_id=claim_id,
            reverses_id=entry.id,
            told={"claim": label, "reason": reason},
        )
        for entry in standing
    ]
    if moves:
        booking.book(actor, moves)


def totals(shares: Sequence[Share]) -> Mapping[UUID, int]:
    """What is written off, by claim."""
    return {share.due.claim_id: share.written_off for share in shares}
