"""Messages that a vendor never answered for are asked about, and never sent again."""

from datetime import timedelta

import pytest

from app.core import clock
from app.sms import asking
from app.sms.asking import PAUSES
from app.sms.vendors.contract import LOST, About, Refused, Report, VendorTrouble
from tests.consents.people import PHONE, somebody
from tests.outreach.desk import NOON
from tests.sms.conftest import Shop
from tests.sms.vendors import Double
from tests.support.client import Company

SILENT = Refused(About.UNCLEAR, "no-answer")


@pytest.fixture
def reference(company: Company, shop: Shop) -> str:
    """A message whose vendor went silent."""
    template = shop.template()
    shop.vendors.answer("AKID", SILENT)
    shop.desk.now = NOON
    shop.desk.plan(shop.desk.occasion(somebody(company.admin), ("sms", template)))
    shop.desk.run()
    [delivery] = shop.desk.deliveries()
    assert delivery.state == "uncertain"
    return delivery.id.hex


def ask(shop: Shop, after: timedelta) -> None:
    """Let time pass, and the worker ask."""
    shop.desk.now += after
    with shop.desk.inside():
        asking.tend()


def known(reference: str, *, arrived: bool) -> Report:
    """What a vendor tells of a message."""
    error = None if arrived else LOST
    return Report(serial="s", reference=reference, arrived=arrived, error=error, at=clock.now())


@pytest.mark.parametrize("end", [("delivered", None), ("failed", LOST)], ids=["arrived", "lost"])
def test_what_the_vendor_knows_is_the_end(shop: Shop, reference: str, end: tuple[str, str | None]) -> None:
    ask(shop, PAUSES[0] - timedelta(seconds=1))
    assert shop.vendors.asked == []
    shop.vendors.known[reference] = known(reference, arrived=end[0] == "delivered")
    ask(shop, timedelta(seconds=1))
    assert shop.vendors.asked == [(PHONE, reference)]
    [delivery] = shop.desk.deliveries()
    assert (delivery.state, delivery.last_error) == end
    assert shop.desk.states() == [end]
    ask(shop, timedelta(days=1))
    assert len(shop.vendors.asked) == 1
    assert len(shop.vendors.taken) == 1


def test_what_no_vendor_knows_is_asked_about_a_few_times_and_stays_uncertain(
    shop: Shop, reference: str
) -> None:
    for pause in (*PAUSES, timedelta(days=9)):
        ask(shop, pause)
    assert shop.vendors.asked == [(PHONE, reference)] * len(PAUSES)
    assert [one.state for one in shop.desk.deliveries()] == ["uncertain"]
    assert len(shop.vendors.taken) == 1


def test_a_vendor_that_does_not_say_is_asked_the_next_time(
    shop: Shop, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object) -> None:
        raise VendorTrouble("vendor-away")

    with monkeypatch.context() as patch:
        patch.setattr(Double, "ask", fail)
        ask(shop, PAUSES[0])
    shop.vendors.known[reference] = known(reference, arrived=True)
    ask(shop, PAUSES[1])
    assert [one.state for one in shop.desk.deliveries()] == ["delivered"]
