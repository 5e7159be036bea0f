"""What happens to expenses: to claims, and to what is asked for before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class Outlay:
    """Money that a company is to spend, or has spent, on one thing; in minor units."""

    kind_id: UUID
    on: date
    amount: int


@dataclass(frozen=True, kw_only=True)
class OutlayBound(Event):
    """Somebody is to spend, or to have back, this much, if it is granted; a refusal stops it."""

    record: tuple[str, UUID]
    """The word of its kind, and its id."""
    by_id: UUID
    department_id: UUID | None
    currency: str
    outlays: Sequence[Outlay]
    request_id: UUID | None = None
    """The granted request that it draws on, of a claim."""


@dataclass(frozen=True, kw_only=True)
class OutlayMade(Event):
    """What was bound is granted to whoever spent it: it is spent."""

    record: tuple[str, UUID]


@dataclass(frozen=True, kw_only=True)
class OutlayFreed(Event):
    """What was bound will not be spent, or not as it was bound."""

    record: tuple[str, UUID]


@dataclass(frozen=True, kw_only=True)
class ExpenseRequestSubmitted(Event):
    """Somebody wants to spend money; whoever takes it up says so, or it is granted at once."""

    request_id: UUID
    submitted_by_id: UUID
    chosen: Mapping[str, Sequence[UUID]]


@dataclass(frozen=True, kw_only=True)
class ExpenseRequestWithdrawn(Event):
    """Whoever submitted a request wants to change it; nobody need decide any more."""

    request_id: UUID
    by_id: UUID


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
