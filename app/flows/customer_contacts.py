"""Contacts go where their customer goes."""

from dataclasses import dataclass
from uuid import UUID

from app.contacts import following
from app.core.events import on
from app.events.access import UserMoved
from app.events.customers import CustomerDeleted, CustomerPurged, CustomerRestored, CustomerTransferred


@dataclass(frozen=True, slots=True)
class _Doer:
    id: UUID
    name: str


@on(CustomerTransferred)
def hand_contacts_over(event: CustomerTransferred) -> None:
    """The new owner of a customer is responsible for its contacts."""
    following.to_owner(event.customer_id, owner_id=event.owner_id, department_id=event.department_id)


@on(UserMoved)
def take_contacts_along(event: UserMoved) -> None:
    """What somebody owns belongs to the department they work in."""
    following.to_department(event.user_id, department_id=event.department_id)


@on(CustomerDeleted)
def put_contacts_into_the_bin(event: CustomerDeleted) -> None:
    """Nobody is the contact of a deleted customer."""
    following.into_bin(event.customer_id, by=_Doer(event.actor_id, event.actor_name))


@on(CustomerRestored)
def take_contacts_out_of_the_bin(event: CustomerRestored) -> None:
    """Those who went with the customer come back with it."""
    following.out_of_bin(event.customer_id, by=_Doer(event.actor_id, event.actor_name))


@on(CustomerPurged)
def remove_contacts(event: CustomerPurged) -> None:
    """Nothing of a purged customer stays."""
    following.for_ever(event.customer_id, by=_Doer(event.actor_id, event.actor_name))
