"""By which account a text goes: not by a vendor that is left alone, and not faster than agreed."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.messaging.breaker import PATIENCE
from app.sms.vendors.contract import About, Refused
from tests.consents.people import somebody
from tests.outreach.desk import NOON
from tests.sms.conftest import Shop
from tests.sms.vendors import account
from tests.support.client import Company
from tests.support.store import Store

AWAY, SILENT = Refused(About.LINE, "vendor-away"), Refused(About.UNCLEAR, "no-answer")


@pytest.fixture
def second(company: Company, shop: Shop) -> dict[str, object]:
    return account(company, key_id="SECOND", vendor="aliyun", name="阿里云", app_id=None)


def plan(shop: Shop, company: Company, template: UUID, count: int) -> None:
    """So many messages to as many people, all of them due at noon."""
    shop.desk.now = NOON
    people = [
        somebody(company.admin, name=f"客{n}", phones=[{"number": f"1390000{n:04d}"}]) for n in range(count)
    ]
    shop.desk.plan(*(shop.desk.occasion(one, ("sms", template)) for one in people))


def test_a_vendor_that_went_silent_is_left_alone(company: Company, shop: Shop, store: Store) -> None:
    template = shop.template()
    shop.vendors.answer("AKID", *[SILENT] * PATIENCE)
    plan(shop, company, template, PATIENCE + 2)
    shop.desk.run()
    assert len(shop.vendors.taken) == PATIENCE
    states = [(one.state, one.last_error) for one in shop.desk.deliveries()]
    assert sorted(states) == [("uncertain", "no-answer")] * PATIENCE + [("waiting", "provider-down")] * 2
    [row] = store.rows("SELECT provider, failures FROM provider_health")
    assert tuple(row.values()) == ("sms-tencent", PATIENCE)
    shop.desk.later(minutes=1)
    shop.desk.run()
    assert [one.state for one in shop.desk.deliveries()].count("sent") == 2
    assert len(shop.vendors.taken) == PATIENCE + 2


def test_what_one_vendor_cannot_take_goes_by_the_other(
    company: Company, shop: Shop, second: dict[str, object]
) -> None:
    template = shop.template()
    shop.approve(template, at=second)
    shop.vendors.answer("AKID", *[AWAY] * 9)
    plan(shop, company, template, 6)
    shop.desk.run()
    keys = [key for key, _ in shop.vendors.taken]
    assert (keys.count("AKID"), keys.count("SECOND")) == (PATIENCE, 6)
    assert {one.state for one in shop.desk.deliveries()} == {"sent"}


def test_an_account_is_given_no_more_in_a_minute_than_agreed(company: Company, shop: Shop) -> None:
    template = shop.template()
    changed = company.admin.patch(
        f"/sms-accounts/{shop.account['id']}", {"per_minute": 12}, version=shop.account["version"]
    )
    assert (changed.status_code, changed.json["per_minute"]) == (200, 12)
    plan(shop, company, template, 4)
    shop.desk.run()
    states = [(one.state, one.last_error) for one in shop.desk.deliveries()]
    assert sorted(states) == [("sent", None)] * 2 + [("waiting", "paced")] * 2
    shop.desk.now += timedelta(seconds=10)
    shop.desk.run()
    assert {one.state for one in shop.desk.deliveries()} == {"sent"}
    assert len(shop.vendors.taken) == 4
