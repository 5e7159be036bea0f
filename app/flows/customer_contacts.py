"""Contacts go where their customer goes."""

from dataclasses import dataclass
from uuid import UUID

from app.contacts import following
from app.core.events import on
from app.events.customers import CustomerPurged, CustomersDeleted, CustomersRestored, CustomersTransferred


@dataclass(frozen=True, slots=True)
class _Doer:
    id: UUID
    name: str


@on(CustomersTransferred)
def hand_contacts_over(event: CustomersTransferred) -> None:
    """The new owner of a customer is responsible for its contacts."""
    following.to_owner(event.customer_ids, owner_id=event.owner_id, department_id=event.department_id)


@on(CustomersDeleted)
def put_contacts_into_the_bin(event: CustomersDeleted) -> None:
    """Nobody is the contact of a deleted customer."""
    following.into_bin(event.customer_ids, by=_Doer(event.actor_id, event.actor_name))


@on(CustomersRestored)
def take_contacts_out_of_the_bin(event: CustomersRestored) -> None:
    """Those who went with the customer come back with it."""
    following.out_of_bin(event.customer_ids, by=_Doer(event.actor_id, event.actor_name))


@on(CustomerPurged)
def remove_contacts(event: CustomerPurged) -> None:
    """Nothing of a purged customer stays."""
    following.for_ever(event.customer_id, by=_Doer(event.actor_id, event.actor_name))
