"""What hangs on records, words and files: who hears of it, and that it goes when they go."""

from app.comments import tidying as comments
from app.core.events import on
from app.events.comments import ColleaguesMentioned, RecordAnnotated
from app.events.contacts import ContactsPurged
from app.events.customers import CustomerPurged
from app.events.records import RecordsGone
from app.files import sweeping as files
from app.messaging import services as messaging


@on(ColleaguesMentioned)
def tell_whoever_is_mentioned(event: ColleaguesMentioned) -> None:
    """Ring once for each comment."""
    messaging.notify(
        event.user_ids,
        "mentioned",
        {"by": event.by, "record": event.record, "text": event.text},
        link=event.link,
        dedupe_key=f"comment:{event.comment_id}",
    )


@on(RecordAnnotated)
def tell_whose_work_it_is(event: RecordAnnotated) -> None:
    """Whoever did the work, and whoever answers for the customer, hear of a manager's word."""
    messaging.notify(
        event.user_ids,
        "annotated",
        {"by": event.by, "record": event.record, "text": event.text},
        link=event.link,
        dedupe_key=f"annotation:{event.comment_id}",
    )


@on(RecordsGone)
def forget_what_hung_on_them(event: RecordsGone) -> None:
    """Nothing hangs on what is no more."""
    comments.records_gone(event.record_type, event.record_ids)
    files.records_gone(event.record_type, event.record_ids)


@on(CustomerPurged)
def forget_what_hung_on_a_customer(event: CustomerPurged) -> None:
    """The same for a customer."""
    forget_what_hung_on_them(RecordsGone(record_type="customer", record_ids=(event.customer_id,)))


@on(ContactsPurged)
def forget_what_hung_on_contacts(event: ContactsPurged) -> None:
    """The same for contacts."""
    forget_what_hung_on_them(RecordsGone(record_type="contact", record_ids=event.contact_ids))
