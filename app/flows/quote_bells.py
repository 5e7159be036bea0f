"""Whoever is responsible for a quote hears when it comes back or the customer has decided."""

from app.core.events import on
from app.events.quotes import QuoteDecided, QuoteReturned
from app.messaging import services as messaging
from app.quotes.states import QuoteState, Returned

_RETURNED = {Returned.REJECTED: "quote-rejected", Returned.SENT_BACK: "quote-sent-back"}


@on(QuoteReturned)
def tell_of_a_quote_given_back(event: QuoteReturned) -> None:
    """Ring once for each time."""
    if event.owner_id:
        messaging.notify(
            event.owner_id,
            _RETURNED[Returned(event.why)],
            {"quote": event.label, "note": event.note or ""},
            link=f"/quotes/{event.quote_id}",
            dedupe_key=f"quote:{event.quote_id}:{event.revision}:{event.why}",
        )


@on(QuoteDecided)
def tell_of_an_expired_quote(event: QuoteDecided) -> None:
    """What was decided by hand is known to whoever wrote it down; that days are over is not."""
    if event.owner_id and event.state == QuoteState.EXPIRED:
        messaging.notify(
            event.owner_id,
            "quote-expired",
            {"quote": event.label},
            link=f"/quotes/{event.quote_id}",
            dedupe_key=f"quote:{event.quote_id}:{event.revision}:expired",
        )
