"""What texts will cost, before anybody switches anything on."""

from typing import Any

import time_machine

from app.outreach.costing import Bill
from tests.care.clockwork import stay_signed_in
from tests.sms.conftest import Shop
from tests.sms.vendors import account

SHORT = "您好"
LONG = "您好" * 40


def _campaign(shop: Shop, template: object) -> dict[str, Any]:
    browser = shop.company.admin
    for name, tail in (("林", "1"), ("周", "2")):
        browser.post("/contacts", {"name": name, "phones": [{"number": f"1380013800{tail}"}]})
    wanted = {
        "name": "通知", "purpose": "service", "audience": {},
        "choices": [{"way": "sms", "template_id": str(template)}],
    }  # fmt: skip
    made = browser.post("/campaigns", wanted)
    assert made.status_code == 201, made.json
    return dict(made.json)


def _forecast(shop: Shop, made: dict[str, Any]) -> dict[str, Any]:
    with time_machine.travel(shop.desk.now, tick=False):
        stay_signed_in(shop.company)
        return dict(shop.company.admin.get(f"/campaigns/{made['id']}/preview").json)


def test_segments_are_counted_and_priced_as_the_account_charges(shop: Shop) -> None:
    made = _campaign(shop, shop.template(purpose="service", body=LONG))
    told = _forecast(shop, made)
    # Two people, two segments each, 0.045 yuan a segment: 18 cents.
    assert (told["total"], told["segments"], told["cost"]) == (2, 4, 18)


def test_without_a_price_only_segments_are_told(shop: Shop) -> None:
    answer = shop.company.admin.patch(
        f"/sms-accounts/{shop.account['id']}",
        {"price": None},
        headers={"If-Match": f'"{shop.account["version"]}"'},
    )
    assert answer.status_code == 200, answer.json
    told = _forecast(shop, _campaign(shop, shop.template(purpose="service", body=SHORT)))
    assert (told["segments"], told["cost"]) == (2, None)


def test_the_first_account_that_has_approved_a_text_tells_its_price(shop: Shop) -> None:
    dearer = account(shop.company, name="二号", key_id="AKIDsecond", price=90, signature="澄川科技")
    template = shop.template(purpose="service", body=SHORT)
    shop.approve(template, at=dearer)
    assert _forecast(shop, _campaign(shop, template))["cost"] == 9


def test_more_of_the_same_costs_more_of_the_same() -> None:
    assert Bill(6, 270).grown(4, 10) == Bill(15, 675)
    assert Bill(6, None).grown(4, 10) == Bill(15, None)
    assert Bill(6, 270).grown(4, 4) == Bill(6, 270)
    assert (Bill(6, 271).cost, Bill(0, 0).cost, Bill(1, None).cost) == (28, 0, None)
