"""Service records: what was done for customers, and what follows for the assets it was done on."""

from typing import Any

import pytest

from app.core.events import on
from app.events.services import ServiceDone
from tests.assets.site import asset, customer, day, now, serve, try_serve
from tests.products.test_products import faults
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.statements import sent

Json = dict[str, Any]


@pytest.fixture
def seller(company: Company) -> Browser:
    """A salesperson."""
    return hire(company, "sales").browser


def change(browser: Browser, made: Json, **facts: Any) -> Json:
    """The record, changed."""
    answer = browser.patch(f"/service-records/{made['id']}", facts, version=made["version"])
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def care(browser: Browser, of: Json) -> tuple[str | None, str | None]:
    """When an asset was last maintained, and when it is due."""
    found = now(browser, of)
    return found["last_maintained_on"], found["maintenance_due_on"]


def test_is_told_by_whoever_did_it(company: Company) -> None:
    at = customer(company.admin)
    machine = asset(company.admin, at, serial="SN-1")
    made = serve(
        company.admin, at, kind="repair", content="更换油封\n漏油消除", asset_id=machine["id"],
        fee={"amount": 68_000, "currency": "CNY"},
    )  # fmt: skip
    me = company.admin.get("/session").json["user"]
    assert made["done_by"] == {"id": me["id"], "name": me["name"]}
    assert (made["gist"], made["asset_serial"], made["fee"]["amount"]) == ("更换油封", "SN-1", 68_000)
    outside = change(company.admin, made, done_by_name="厂家 王工")
    assert (outside["done_by"], outside["done_by_name"]) == (None, "厂家 王工")
    again = change(company.admin, outside, done_by_id=me["id"])
    assert (again["done_by"]["id"], again["done_by_name"]) == (me["id"], None)
    refused = company.admin.patch(
        f"/service-records/{made['id']}", {"done_by_id": None}, version=again["version"]
    )
    assert faults(refused) == [("done_by_id", "required")]


def test_a_maintenance_moves_the_days_of_its_asset(company: Company) -> None:
    at = customer(company.admin)
    machine = asset(company.admin, at, installed_on=day(-400), maintenance_every=90, maintenance_unit="day")
    assert care(company.admin, machine) == (None, day(-310))
    first = serve(company.admin, at, asset_id=machine["id"], done_on=day(-100))
    assert care(company.admin, machine) == (day(-100), day(-10))
    agreed = serve(company.admin, at, asset_id=machine["id"], done_on=day(-5), next_due_on=day(30))
    assert care(company.admin, machine) == (day(-5), day(30))
    # What is told of earlier ones changes nothing, nor does another kind of service.
    change(company.admin, first, done_on=day(-120))
    serve(company.admin, at, kind="repair", asset_id=machine["id"], next_due_on=day(3))
    assert care(company.admin, machine) == (day(-5), day(30))
    company.admin.delete(f"/service-records/{agreed['id']}", version=agreed["version"])
    assert care(company.admin, machine) == (day(-120), day(-30))
    company.admin.post(f"/recycle-bin/service-record/{agreed['id']}/restoration")
    assert care(company.admin, machine) == (day(-5), day(30))
    other = asset(company.admin, at, name="冷干机", maintenance_every=10, maintenance_unit="day")
    change(company.admin, now(company.admin, agreed, "service-records"), asset_id=other["id"])
    assert care(company.admin, machine) == (day(-120), day(-30))
    assert care(company.admin, other) == (day(-5), day(30))


def test_what_cannot_be_is_refused_and_nothing_is_kept(company: Company) -> None:
    at, elsewhere = customer(company.admin), customer(company.admin, "乙公司")
    machine = asset(company.admin, elsewhere, maintenance_every=10, maintenance_unit="day")
    before = now(company.admin, machine)
    wrong = {
        "done_on": ({"done_on": day(1)}, "not-done-yet"),
        "next_due_on": ({"next_due_on": day(0)}, "due-before-done"),
        "asset_id": ({"asset_id": machine["id"]}, "asset-of-another-customer"),
        "done_by_id": ({"done_by_id": at["id"]}, "unknown-reference"),
        "fee.amount": ({"fee": {"amount": -1}}, "out-of-range"),
    }
    for field, (facts, code) in wrong.items():
        assert faults(try_serve(company.admin, at, **facts)) == [(field, code)]
    assert company.admin.get("/service-records").json["items"] == []
    assert now(company.admin, machine) == before


def test_is_told_on_the_timelines_of_customer_and_asset(company: Company) -> None:
    at = customer(company.admin)
    machine = asset(company.admin, at)
    serve(company.admin, at, asset_id=machine["id"], kind="visit", content="现场巡检")
    for path in (f"/customers/{at['id']}", f"/assets/{machine['id']}"):
        items = company.admin.get(f"{path}/timeline?kind=service-record").json["items"]
        assert [(one["kind"], one["subject_label"]) for one in items] == [("created", "现场巡检")]


def test_outlasts_its_asset(company: Company) -> None:
    at = customer(company.admin)
    machine = asset(company.admin, at)
    made = serve(company.admin, at, asset_id=machine["id"])
    machine = now(company.admin, machine)
    company.admin.delete(f"/assets/{machine['id']}", version=machine["version"])
    assert now(company.admin, made, "service-records")["asset"] is None
    [binned] = company.admin.get("/recycle-bin?type=asset").json["items"]
    gone = company.admin.delete(f"/recycle-bin/asset/{machine['id']}", version=binned["version"])
    assert gone.status_code == 204
    assert now(company.admin, made, "service-records")["content"] == "更换油滤"


def test_is_seen_no_farther_than_its_customer(company: Company, seller: Browser) -> None:
    made = serve(company.admin, customer(company.admin, "甲公司"))
    assert seller.get("/service-records").json["items"] == []
    assert seller.get(f"/service-records/{made['id']}").status_code == 404
    support = hire(company, "service").browser
    assert support.get(f"/service-records/{made['id']}").json["can"] == {"update": True, "delete": True}
    viewer = hire(company, "viewer").browser
    assert viewer.get(f"/service-records/{made['id']}").json["can"] == {"update": False, "delete": False}


def test_others_hear_of_what_was_done_once(company: Company) -> None:
    heard: list[ServiceDone] = []

    @on(ServiceDone)
    def hear(event: ServiceDone) -> None:
        heard.append(event)

    at = customer(company.admin)
    made = serve(company.admin, at, done_on=day(-3))
    change(company.admin, made, content="更换油滤和空滤")
    mine = [one for one in heard if str(one.record_id) == made["id"]]
    assert [(str(one.customer_id), one.kind, str(one.done_on)) for one in mine] == [
        (at["id"], "maintenance", day(-3))
    ]


def test_a_page_takes_as_many_statements_as_one_row(company: Company) -> None:
    at = customer(company.admin)
    machine = asset(company.admin, at)
    for number in range(3):
        serve(company.admin, at, asset_id=machine["id"], content=f"第 {number} 次")
    company.admin.get("/service-records?limit=1")
    with sent() as one:
        company.admin.get("/service-records?limit=1&sort=done_on")
    with sent() as many:
        assert len(company.admin.get("/service-records?limit=3&sort=-done_on").json["items"]) == 3
    assert len(many) == len(one) <= 4
