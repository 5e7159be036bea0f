"""Whoever is responsible for a quote hears when it comes back, and what the customer does with it."""

from app.core.events import on
from app.events.quotes import QuoteDecided, QuoteOpened, QuoteReturned
from app.messaging import services as messaging
from app.quotes.states import QuoteState, Returned

_RETURNED = {Returned.REJECTED: "quote-rejected", Returned.SENT_BACK: "quote-sent-back"}
_SAID = {QuoteState.ACCEPTED: "quote-accepted", QuoteState.DECLINED: "quote-declined"}


@on(QuoteReturned)
def tell_of_a_quote_given_back(event: QuoteReturned) -> None:
    """Ring once for each time; whoever submitted it hears of the approval."""
    if event.owner_id and event.owner_id != event.submitted_by_id:
        messaging.notify(
            event.owner_id,
            _RETURNED[Returned(event.why)],
            {"quote": event.label, "note": event.note or ""},
            link=f"/quotes/{event.quote_id}",
            dedupe_key=f"quote:{event.quote_id}:{event.revision}:{event.why}",
        )


@on(QuoteOpened)
def tell_of_an_opened_quote(event: QuoteOpened) -> None:
    """Once for each link, however often it is opened."""
    if event.owner_id:
        messaging.notify(
            event.owner_id,
            "quote-opened",
            {"quote": event.label, "by": event.recipient or ""},
            link=f"/quotes/{event.quote_id}",
            dedupe_key=f"quote-opened:{event.link_id}",
        )


@on(QuoteDecided)
def tell_of_a_decided_quote(event: QuoteDecided) -> None:
    """What was written down by hand is known; what the customer says, and that days are over, is not."""
    facts = {"quote": event.label}
    kind = "quote-expired"
    if event.state != QuoteState.EXPIRED:
        if event.said_by is None:
            return
        kind = _SAID[QuoteState(event.state)]
        facts |= {"by": event.said_by, "note": event.note or ""}
    if event.owner_id:
        messaging.notify(
            event.owner_id,
            kind,
            facts,
            link=f"/quotes/{event.quote_id}",
            dedupe_key=f"quote:{event.quote_id}:{event.revision}:{event.state}",
        )
