"""When a customer was last followed up and when the next step is due, kept true whatever changes it."""

from app.contacts import following as contacts
from app.core.events import on
from app.customers import following
from app.events.activities import ActivitiesChanged
from app.events.contacts import ContactMoved
from app.events.tasks import StepsChanged


@on(ActivitiesChanged)
def note_the_last(event: ActivitiesChanged) -> None:
    """Lists tell when somebody last followed up."""
    following.followed_up(event.customer_ids)


@on(StepsChanged)
def note_the_next(event: StepsChanged) -> None:
    """Lists tell when the next step is due; what is about a contact alone counts for its customer."""
    following.planned({*event.customer_ids, *contacts.customers_of(event.contact_ids)})


@on(ContactMoved)
def take_both_along(event: ContactMoved) -> None:
    """What was done and is to be done with a contact may count for another customer."""
    following.followed_up([event.customer_id])
    following.planned({event.former_customer_id, event.customer_id} - {None})
