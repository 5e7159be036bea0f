"""What happens to contacts."""

from dataclasses import dataclass
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ContactMoved(Event):
    """A contact belongs to another customer, or to none, from now on."""

    contact_id: UUID
    former_customer_id: UUID | None
    customer_id: UUID | None
    owner_id: UUID | None
    department_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ContactsPurged(Event):
    """Contacts are about to be gone for ever."""

    contact_ids: tuple[UUID, ...]
