"""What a provider tells of an earlier try is nothing to a message that was sent once more, or taken back."""

from uuid import UUID

import pytest

from app.messaging import receipts
from app.messaging.channels.contract import Outcome, Verdict
from app.messaging.models import Told
from app.messaging.receipts import Receipt
from app.outreach import services
from tests.consents.people import somebody
from tests.fakes.provider import Provider
from tests.outreach.desk import Desk
from tests.support.client import Company

SILENT, DOWN = Outcome(Verdict.UNCLEAR, "no-answer"), Outcome(Verdict.DOWN, "connection")


@pytest.fixture
def first(company: Company, desk: Desk, sms: Provider, mail: Provider) -> UUID:
    """The try of a message of which nobody knows whether it was taken; it could go by mail, too."""
    choices = ("sms", desk.template("sms")), ("mail", desk.template())
    desk.plan(desk.occasion(somebody(company.admin), *choices))
    sms.answers(SILENT)
    desk.run()
    [delivery] = desk.deliveries()
    assert desk.states() == [("uncertain", "no-answer")]
    return delivery.id


def tell(desk: Desk, delivery_id: UUID, verdict: Told) -> None:
    """The vendor tells of a try."""
    error = None if verdict is Told.DELIVERED else "off"
    told = Receipt(reference="r", verdict=verdict, at=desk.now, delivery_id=delivery_id, error=error)
    with desk.work():
        receipts.take("sms", [told])


def test_that_it_failed_sends_no_second_message(
    desk: Desk, first: UUID, sms: Provider, mail: Provider
) -> None:
    desk.by_hand(services.repeat)
    desk.run()
    tell(desk, first, Told.UNDELIVERED)
    desk.run()
    assert desk.states() == [("sent", None)]
    assert desk.tries() == [("sms", "failed", "off"), ("sms", "sent", None)]
    assert (len(sms.taken), mail.taken) == (1, [])


def test_that_it_failed_does_not_end_what_goes_out_anew(
    desk: Desk, first: UUID, sms: Provider, mail: Provider
) -> None:
    desk.by_hand(services.repeat)
    tell(desk, first, Told.UNDELIVERED)
    assert desk.states() == [("waiting", None)]
    desk.run()
    assert (desk.states(), len(sms.taken), mail.taken) == ([("sent", None)], 1, [])


def test_that_it_failed_revives_nothing_that_was_taken_back(
    desk: Desk, first: UUID, sms: Provider, mail: Provider
) -> None:
    desk.by_hand(services.repeat)
    desk.by_hand(services.cancel)
    tell(desk, first, Told.UNDELIVERED)
    desk.run()
    assert (desk.states(), sms.taken, mail.taken) == ([("cancelled", "by-hand")], [], [])


def test_that_it_arrived_after_all_is_the_end_of_it(
    desk: Desk, first: UUID, sms: Provider, mail: Provider
) -> None:
    desk.by_hand(services.repeat)
    tell(desk, first, Told.DELIVERED)
    desk.run()
    assert (desk.states(), sms.taken, mail.taken) == ([("delivered", None)], [], [])


def test_what_is_taken_back_in_the_outbox_says_so_of_its_try(
    company: Company, desk: Desk, sms: Provider
) -> None:
    desk.plan(desk.occasion(somebody(company.admin), ("sms", desk.template("sms"))))
    sms.answers(DOWN)
    desk.run()
    desk.by_hand(services.cancel)
    desk.later(hours=5)
    desk.run()
    assert desk.tries() == [("sms", "cancelled", None)]
    assert (desk.states(), sms.taken) == ([("cancelled", "by-hand")], [])
