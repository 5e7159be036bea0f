"""What providers tell of messages: late, twice, in any order, or of messages that nobody knows."""

from datetime import timedelta
from uuid import UUID

from flask import Flask

from app.core import clock
from app.core.db import db
from app.core.events import _handlers, on
from app.events.messages import DeliveriesSettled
from app.messaging import endings, receipts
from app.messaging.endings import Ending
from app.messaging.models import DeliveryReceipt, DeliveryState, Told
from app.messaging.receipts import Receipt
from tests.messaging.outbox import LEASE, Outbox
from tests.support.client import sign_up

DELIVERED, UNDELIVERED = Told.DELIVERED, Told.UNDELIVERED


def told(verdict: Told, reference: str = "sid-1", error: str | None = None, **more: UUID) -> Receipt:
    return Receipt(reference=reference, verdict=verdict, error=error, at=clock.now(), **more)


def take(outbox: Outbox, *receipts_told: Receipt) -> int:
    with outbox.work():
        return receipts.take("mail", receipts_told)


def sent(outbox: Outbox, reference: str | None = "sid-1") -> UUID:
    """A message that the provider has taken under a name."""
    outbox.mail()
    [parcel], claim_id = outbox.claim()
    assert outbox.hand_over(parcel, claim_id)
    with outbox.work():
        endings.settle([Ending(parcel, DeliveryState.SENT, None, reference)], claim_id)
    return parcel.id


def test_a_receipt_says_that_it_arrived(outbox: Outbox) -> None:
    delivery = sent(outbox)
    assert take(outbox, told(DELIVERED)) == 1
    assert outbox.row(delivery).state == "delivered"


def test_a_receipt_says_why_it_did_not_arrive(outbox: Outbox) -> None:
    delivery = sent(outbox)
    take(outbox, told(UNDELIVERED, error="number-off"))
    assert (outbox.row(delivery).state, outbox.row(delivery).last_error) == ("failed", "number-off")


def test_a_receipt_that_comes_before_its_name_is_known_is_not_lost(outbox: Outbox) -> None:
    outbox.mail()
    [parcel], claim_id = outbox.claim()
    outbox.hand_over(parcel, claim_id)
    assert take(outbox, told(DELIVERED)) == 1
    assert outbox.states() == ["sending"]
    with outbox.work():
        endings.settle([Ending(parcel, DeliveryState.SENT, None, "sid-1")], claim_id)
    assert outbox.states() == ["delivered"]


def test_a_name_that_we_gave_needs_no_other(outbox: Outbox) -> None:
    delivery = sent(outbox, reference=None)
    take(outbox, told(DELIVERED, reference=delivery.hex, delivery_id=delivery))
    assert outbox.row(delivery).state == "delivered"


def test_what_is_told_twice_counts_once(outbox: Outbox) -> None:
    sent(outbox)
    assert take(outbox, told(DELIVERED), told(DELIVERED)) == 1
    assert take(outbox, told(DELIVERED)) == 0
    with outbox.work():
        assert db.session.query(DeliveryReceipt).count() == 1


def test_receipts_of_nobody_change_nothing(outbox: Outbox) -> None:
    delivery = sent(outbox)
    assert take(outbox, told(UNDELIVERED, reference="unknown")) == 1
    assert outbox.row(delivery).state == "sent"


def test_what_was_uncertain_turns_out(outbox: Outbox) -> None:
    outbox.mail()
    [parcel], claim_id = outbox.claim()
    outbox.hand_over(parcel, claim_id)
    outbox.later(LEASE + timedelta(seconds=1))
    outbox.tend()
    assert outbox.states() == ["uncertain"]
    take(outbox, told(DELIVERED, reference=parcel.id.hex, delivery_id=parcel.id))
    assert outbox.states() == ["delivered"]


def test_another_company_hears_nothing_of_it(app: Flask) -> None:
    one, two = Outbox(sign_up(app)), Outbox(sign_up(app))
    theirs = sent(one)
    assert take(two, told(UNDELIVERED)) == 1
    assert one.row(theirs).state == "sent"


def test_whoever_cares_is_told_of_each_step_once(outbox: Outbox) -> None:
    heard: list[str] = []

    @on(DeliveriesSettled)
    def listen(event: DeliveriesSettled) -> None:
        heard.extend(one.state for one in event.settled)

    try:
        sent(outbox)
        take(outbox, told(UNDELIVERED))
        take(outbox, told(DELIVERED), told(UNDELIVERED))
        take(outbox, told(DELIVERED))
    finally:
        _handlers[DeliveriesSettled].remove(listen)
    assert heard == ["sent", "failed", "delivered"]
