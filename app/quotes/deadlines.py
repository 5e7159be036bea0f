"""Until when quotes hold."""

from zoneinfo import ZoneInfo

from app.quotes.models import Quote
from tenants import agenda, calendar

QUEUE = "quotes"


def note(quote: Quote, zone: ZoneInfo) -> None:
    """See to it that a quote expires in time."""
    if quote.valid_until is not None:
        agenda.note(QUEUE, calendar.end_of(quote.valid_until, zone))
