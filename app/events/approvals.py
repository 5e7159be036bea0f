"""What happens to approvals."""

from dataclasses import dataclass
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class Asked(Event):
    """It is the turn of some colleagues to decide."""

    approval_id: UUID
    title: str
    kind: str
    submitter: str
    seats: tuple[tuple[UUID, UUID], ...]
    """Each a seat, and whose it is."""
    reminds: bool = False
    """Whether they have been asked before."""
    moment: str = ""
    """Tells one reminder from another."""


@dataclass(frozen=True, kw_only=True)
class CopiesSent(Event):
    """Colleagues may read an approval from now on."""

    approval_id: UUID
    title: str
    kind: str
    submitter: str
    user_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class ApprovalMoved(Event):
    """An approval has ended, or is back with whoever submitted it."""

    approval_id: UUID
    title: str
    kind: str
    subject_id: UUID
    submitter_id: UUID
    state: str
    by: str
    by_id: UUID | None
    comment: str | None
    round: int
    """How often it was changed: tells one return from another."""
    access_version: int
    """Of whoever brought it about; 0 where it is not known."""


@dataclass(frozen=True, kw_only=True)
class ApprovalStuck(Event):
    """Nobody can go on with an approval but an administrator."""

    approval_id: UUID
    title: str
    kind: str
    submitter: str
    moment: str
