"""What was spent for customers and quotes outlasts them."""

from app.core.events import on
from app.events.customers import CustomerPurged
from app.events.records import RecordsGone
from app.expenses import following


@on(CustomerPurged)
def let_lines_stand_without_a_customer(event: CustomerPurged) -> None:
    """What was spent for a purged customer stays in its claim."""
    following.customer_gone(event.customer_id)


@on(RecordsGone)
def let_lines_stand_without_a_quote(event: RecordsGone) -> None:
    """The same for a quote."""
    if event.record_type == "quote":
        following.quotes_gone(event.record_ids)
