"""Quotes go where their customer goes, and outlast contacts and products."""

from app.core.events import on
from app.events.contacts import ContactsPurged
from app.events.customers import CustomerPurged, CustomersDeleted, CustomersRestored, CustomersTransferred
from app.events.records import RecordsGone
from app.quotes import following


@on(CustomersTransferred)
def hand_quotes_over(event: CustomersTransferred) -> None:
    """The new owner of a customer goes on with what was quoted."""
    following.to_owner(event.customer_ids, owner_id=event.owner_id, department_id=event.department_id)


@on(CustomersDeleted)
def put_quotes_into_the_bin(event: CustomersDeleted) -> None:
    """What was quoted to a deleted customer is not listed."""
    following.into_bin(event.customer_ids, by=event.actor_id)


@on(CustomersRestored)
def take_quotes_out_of_the_bin(event: CustomersRestored) -> None:
    """What went with the customer comes back with it."""
    following.out_of_bin(event.customer_ids)


@on(CustomerPurged)
def remove_quotes(event: CustomerPurged) -> None:
    """Nothing of a purged customer stays."""
    following.customer_gone(event.customer_id)


@on(ContactsPurged)
def let_quotes_stand_without_a_contact(event: ContactsPurged) -> None:
    """What was quoted to a purged contact stays at the customer."""
    following.contacts_gone(event.contact_ids)


@on(RecordsGone)
def let_lines_stand_without_a_product(event: RecordsGone) -> None:
    """What was quoted of a purged product stays as free text."""
    if event.record_type == "product":
        following.products_gone(event.record_ids)


@on(RecordsGone)
def let_links_show_the_usual_paper(event: RecordsGone) -> None:
    """What was sent in a layout that is removed looks as the company's paper usually does."""
    if event.record_type == "paper-layout":
        following.layouts_gone(event.record_ids)
