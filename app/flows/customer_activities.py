"""What was done with customers, and what is to be done, goes where they go."""

from app.activities import following as activities
from app.contacts import following as contacts
from app.core.events import on
from app.customers import following
from app.events.contacts import ContactMoved, ContactsPurged
from app.events.customers import CustomerPurged, CustomersDeleted, CustomersRestored, CustomersTransferred
from app.events.tasks import TaskGiven, TasksGiven
from app.messaging import services as messaging
from app.tasks import following as tasks


@on(CustomersTransferred)
def hand_activities_over(event: CustomersTransferred) -> None:
    """The new owner of a customer sees what was done before."""
    activities.to_owner(event.customer_ids, owner_id=event.owner_id, department_id=event.department_id)


@on(ContactMoved)
def bring_to_the_customer(event: ContactMoved) -> None:
    """What was noted about somebody alone belongs to the customer they turned out to be at."""
    if event.customer_id is not None:
        activities.to_customer(
            event.contact_id,
            event.customer_id,
            owner_id=event.owner_id,
            department_id=event.department_id,
        )


@on(CustomersDeleted)
def put_activities_into_the_bin(event: CustomersDeleted) -> None:
    """What was done at a deleted customer is not listed."""
    activities.into_bin(event.customer_ids, by=event.actor_id)


@on(CustomersRestored)
def take_activities_out_of_the_bin(event: CustomersRestored) -> None:
    """What went with the customer comes back with it."""
    activities.out_of_bin(event.customer_ids)


@on(CustomerPurged)
def remove_work(event: CustomerPurged) -> None:
    """Nothing of a purged customer stays but what is still to be done."""
    activities.customer_gone(event.customer_id)
    tasks.customer_gone(event.customer_id)


@on(ContactsPurged)
def let_work_stand_alone(event: ContactsPurged) -> None:
    """What was done with a purged contact stays at their customer."""
    theirs = contacts.customers_of(event.contact_ids)
    activities.contacts_gone(event.contact_ids)
    tasks.contacts_gone(event.contact_ids)
    following.planned(theirs)


@on(TaskGiven)
def tell_whoever_is_to_do_it(event: TaskGiven) -> None:
    """Ring once for each time it is given."""
    messaging.notify(
        event.owner_id,
        "task-given",
        {"by": event.by, "title": event.title},
        link=f"/tasks?open={event.task_id}",
    )


@on(TasksGiven)
def tell_of_several(event: TasksGiven) -> None:
    """Ring once for all that are given at a time."""
    one = event.count == 1
    messaging.notify(
        event.owner_id,
        "task-given" if one else "tasks-given",
        {"by": event.by, "title": event.title, "count": event.count},
        link=f"/tasks?open={event.task_id}" if one else "/tasks?view=mine",
    )
