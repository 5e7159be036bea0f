"""What happens to customers."""

from dataclasses import dataclass
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CustomersCreated(Event):
    """Customers have been added, one by hand or many by an import."""

    customer_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class CustomersTransferred(Event):
    """Customers have another owner, and with the owner another department."""

    customer_ids: tuple[UUID, ...]
    actor_id: UUID
    owner_id: UUID
    department_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class CustomerShared(Event):
    """Colleagues have become collaborators of a customer."""

    customer_id: UUID
    name: str
    actor_id: UUID
    user_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class CustomersDeleted(Event):
    """Customers have gone to the recycle bin."""

    customer_ids: tuple[UUID, ...]
    actor_id: UUID
    actor_name: str


@dataclass(frozen=True, kw_only=True)
class CustomersRestored(Event):
    """Customers have come back from the recycle bin."""

    customer_ids: tuple[UUID, ...]
    actor_id: UUID
    actor_name: str


@dataclass(frozen=True, kw_only=True)
class CustomerPurged(Event):
    """A customer is about to be gone for ever, while everything about it is still there."""

    customer_id: UUID
    actor_id: UUID
    actor_name: str
