"""What was spent for customers and quotes, or asked for, outlasts them."""

from app.core.events import on
from app.events.customers import CustomerPurged
from app.events.records import RecordsGone
from app.expense_requests import following as requests
from app.expenses import following as claims


@on(CustomerPurged)
def let_lines_stand_without_a_customer(event: CustomerPurged) -> None:
    """What was spent for a purged customer stays in its claim, and what was asked for in its request."""
    claims.customer_gone(event.customer_id)
    requests.customer_gone(event.customer_id)


@on(RecordsGone)
def let_lines_stand_without_a_quote(event: RecordsGone) -> None:
    """The same for a quote."""
    if event.record_type == "quote":
        claims.quotes_gone(event.record_ids)
        requests.quotes_gone(event.record_ids)
