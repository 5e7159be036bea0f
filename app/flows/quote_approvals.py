"""A submitted quote goes through the flow in force for quotes; without one it is approved at once."""

from app.approvals import following
from app.core.events import on
from app.events.quotes import QuoteSubmitted, QuoteWithdrawn
from app.quotes.approving import KIND


@on(QuoteSubmitted)
def ask(event: QuoteSubmitted) -> None:
    """Ask whoever the flow says; what had been sent back goes on where it was."""
    following.ask(KIND, event.quote_id, by_id=event.submitted_by_id, chosen=event.chosen)


@on(QuoteWithdrawn)
def ask_no_more(event: QuoteWithdrawn) -> None:
    """Whoever takes a quote back, or deletes what came back, takes it from those who were asked."""
    following.ask_no_more(KIND, event.quote_id, by_id=event.by_id)
