"""What happens to advances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AdvanceSubmitted(Event):
    """Somebody wants to borrow; whoever takes it up says so, or it is approved at once."""

    advance_id: UUID
    submitted_by_id: UUID
    chosen: Mapping[str, Sequence[UUID]]


@dataclass(frozen=True, kw_only=True)
class AdvanceWithdrawn(Event):
    """Whoever asked for an advance wants to change it; nobody need decide any more."""

    advance_id: UUID
    by_id: UUID


@dataclass(frozen=True, kw_only=True)
class AdvancesPaidOut(Event):
    """Advances were paid out: of each its owner, its id, what it is called, and its version before."""

    paid: tuple[tuple[UUID, UUID, str, int], ...]


@dataclass(frozen=True, kw_only=True)
class AdvancesOverdue(Event):
    """Nothing should be owed of these any more: of each its owner, its id, what it is called, and its day."""

    overdue: tuple[tuple[UUID, UUID, str, date], ...]
