"""What happens to expense claims."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ExpenseClaimSubmitted(Event):
    """Somebody wants money back; whoever takes it up says so, or it is approved at once."""

    claim_id: UUID
    submitted_by_id: UUID
    chosen: Mapping[str, Sequence[UUID]]


@dataclass(frozen=True, kw_only=True)
class ExpenseClaimWithdrawn(Event):
    """Whoever submitted a claim wants to change it; nobody need decide any more."""

    claim_id: UUID
    by_id: UUID


@dataclass(frozen=True, kw_only=True)
class ExpenseClaimsPaid(Event):
    """Claims were paid: of each its owner, its id, what it is called, and its version before."""

    paid: tuple[tuple[UUID, UUID, str, int], ...]
