"""Assets: noted at a customer, their days worked out, changed, found, deleted and taken back."""

from typing import Any

import pytest

from tests.assets.site import asset, customer, day, now, try_asset
from tests.products.test_products import faults
from tests.quotes.office import valve
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.statements import sent

Json = dict[str, Any]


@pytest.fixture
def seller(company: Company) -> Browser:
    """A salesperson."""
    return hire(company, "sales").browser


def change(browser: Browser, made: Json, **facts: Any) -> Json:
    """The asset, changed."""
    answer = browser.patch(f"/assets/{made['id']}", facts, version=made["version"])
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def deeds(company: Company, made: Json) -> list[str]:
    """What the trail tells of an asset, the latest first."""
    path = f"/audit-records?subject_type=asset&subject_id={made['id']}"
    return [one["action"] for one in company.admin.get(path).json["items"]]


def test_is_noted_with_what_follows_from_its_days(company: Company) -> None:
    at = customer(company.admin)
    sold = valve(company.admin, name="螺杆空压机")
    made = asset(
        company.admin, at, name=None, product_id=sold["id"], serial=" lg-001 ", installed_on="2026-01-31",
        warranty_months=13, maintenance_every=1,
    )  # fmt: skip
    told = {name: made[name] for name in ("name", "serial", "state", "maintenance_unit", "editable")}
    assert told == {
        "name": "螺杆空压机", "serial": "lg-001", "state": "in_use", "maintenance_unit": "month",
        "editable": True,
    }  # fmt: skip
    # Thirteen months from the last of January end before the last of February; a month later has no 31st.
    assert (made["warranty_until"], made["maintenance_due_on"]) == ("2027-02-27", "2026-02-28")
    assert made["product"] == {"id": sold["id"], "name": "螺杆空压机"}
    assert made["customer"] == {"id": at["id"], "name": at["name"]}
    assert now(company.admin, made) == made
    assert deeds(company, made) == ["created"]


def test_a_warranty_follows_its_beginning_until_its_last_day_is_told(company: Company) -> None:
    made = asset(company.admin, customer(company.admin), bought_on="2026-03-10", warranty_months=12)
    assert made["warranty_until"] == "2027-03-09"
    moved = change(company.admin, made, installed_on="2026-04-01")
    assert moved["warranty_until"] == "2027-03-31"
    begun = change(company.admin, moved, warranty_from="2026-05-01")
    assert begun["warranty_until"] == "2027-04-30"
    told = change(company.admin, begun, warranty_until="2030-01-01")
    assert (told["warranty_until"], told["warranty_months"]) == ("2030-01-01", None)
    assert deeds(company, made) == ["updated"] * 3 + ["created"]


def test_what_cannot_be_is_refused_and_nothing_is_kept(company: Company) -> None:
    at = customer(company.admin)
    wrong = {
        "name": ({"name": None}, "required"),
        "warranty_months": ({"warranty_months": 12}, "warranty-from-nowhere"),
        "warranty_until": (
            {"warranty_from": "2026-02-01", "warranty_until": "2026-01-31"},
            "ends-before-its-beginning",
        ),
        "contract_until": (
            {"contract_from": "2026-02-01", "contract_until": "2026-01-31"},
            "ends-before-its-beginning",
        ),
        "product_id": ({"product_id": at["id"]}, "unknown-reference"),
    }
    for field, (facts, code) in wrong.items():
        assert faults(try_asset(company.admin, at, **facts)) == [(field, code)]
    assert company.admin.get("/assets").json["items"] == []
    made = asset(company.admin, at, contract_from="2026-02-01", contract_until="2026-03-01")
    answer = company.admin.patch(
        f"/assets/{made['id']}", {"contract_from": "2026-03-02"}, version=made["version"]
    )
    assert faults(answer) == [("contract_until", "ends-before-its-beginning")]
    assert now(company.admin, made) == made


def test_a_plan_is_counted_from_what_is_known(company: Company) -> None:
    made = asset(company.admin, customer(company.admin), maintenance_every=45, maintenance_unit="day")
    # Nothing else is known of it: it is looked after from today on.
    assert made["maintenance_due_on"] == day(45)
    bought = change(company.admin, made, bought_on="2026-01-01")
    assert bought["maintenance_due_on"] == "2026-02-15"
    retired = change(company.admin, bought, state="retired")
    assert retired["maintenance_due_on"] is None
    back = change(company.admin, retired, state="in_use", maintenance_every=None)
    assert (back["maintenance_due_on"], back["maintenance_unit"]) == (None, None)


def test_a_serial_number_twice_is_pointed_out_as_far_as_the_other_is_seen(
    company: Company, seller: Browser
) -> None:
    hidden = asset(company.admin, customer(company.admin, "甲公司"), name="甲机", serial="SN-7")
    at = customer(seller, "乙公司")
    made = asset(seller, at, serial="ＳＮ-7")
    assert made["same_serial"] == []
    seen = now(company.admin, made)["same_serial"]
    assert seen == [{"id": hidden["id"], "name": "甲机"}]
    [found] = seller.get("/assets?serial=sn-7").json["items"]
    assert found["id"] == made["id"]


def test_is_seen_no_farther_than_its_customer_and_goes_where_that_goes(
    company: Company, seller: Browser
) -> None:
    other = hire(company, "sales")
    theirs = customer(other.browser, "乙公司")
    hidden = asset(other.browser, theirs)
    assert seller.get("/assets").json["items"] == []
    assert seller.get(f"/assets/{hidden['id']}").status_code == 404
    assert faults(try_asset(seller, theirs)) == [("customer_id", "unknown-reference")]
    version = company.admin.get(f"/customers/{theirs['id']}").json["version"]
    seller_id = seller.get("/session").json["user"]["id"]
    company.admin.post(f"/customers/{theirs['id']}/transfer", {"owner_id": seller_id}, version=version)
    assert seller.get(f"/assets/{hidden['id']}").json["owner"]["id"] == seller_id
    assert other.browser.get(f"/assets/{hidden['id']}").status_code == 404


def test_comes_back_from_the_bin_by_itself_and_with_its_customer(company: Company) -> None:
    at = customer(company.admin)
    made = asset(company.admin, at)
    assert company.admin.delete(f"/assets/{made['id']}", version=made["version"]).status_code == 204
    assert company.admin.get("/assets").json["items"] == []
    [binned] = company.admin.get("/recycle-bin?type=asset").json["items"]
    assert binned["id"] == made["id"]
    back = company.admin.post(f"/recycle-bin/asset/{made['id']}/restoration")
    assert (back.status_code, back.json["name"]) == (200, "空压机")
    version = company.admin.get(f"/customers/{at['id']}").json["version"]
    company.admin.delete(f"/customers/{at['id']}", version=version)
    assert company.admin.get(f"/assets/{made['id']}").status_code == 404
    assert company.admin.get("/recycle-bin?type=asset").json["items"] == []
    company.admin.post(f"/recycle-bin/customer/{at['id']}/restoration")
    assert now(company.admin, made)["name"] == "空压机"
    assert deeds(company, made) == ["restored", "deleted", "created"]


def test_outlasts_its_product_but_not_its_customer(company: Company) -> None:
    at, sold = customer(company.admin), valve(company.admin)
    made = asset(company.admin, at, name=None, product_id=sold["id"])
    product = company.admin.get(f"/products/{sold['id']}").json
    company.admin.delete(f"/products/{sold['id']}", version=product["version"])
    binned = company.admin.get("/recycle-bin?type=product").json["items"][0]
    gone = company.admin.delete(f"/recycle-bin/product/{sold['id']}", version=binned["version"])
    assert gone.status_code == 204
    left = now(company.admin, made)
    assert (left["name"], left["product"]) == ("球阀", None)
    version = company.admin.get(f"/customers/{at['id']}").json["version"]
    company.admin.delete(f"/customers/{at['id']}", version=version)
    binned = company.admin.get("/recycle-bin?type=customer").json["items"][0]
    gone = company.admin.delete(f"/recycle-bin/customer/{at['id']}", version=binned["version"])
    assert gone.status_code == 204
    assert company.admin.get(f"/assets/{made['id']}").status_code == 404
    assert company.admin.get("/assets").json["items"] == []


def test_is_found_by_what_is_due_by_name_and_by_serial_number(company: Company) -> None:
    at = customer(company.admin)
    soon = asset(company.admin, at, name="冷干机", serial="LD15-0042", warranty_until=day(20))
    later = asset(company.admin, at, warranty_until=day(90), maintenance_every=5, maintenance_unit="day")
    never = asset(company.admin, at, name="打包线")
    admin = company.admin

    def ids(query: str) -> list[str]:
        answer = admin.get(f"/assets?{query}")
        assert answer.status_code == 200, answer.json
        return [one["id"] for one in answer.json["items"]]

    assert ids(f"warranty_until.gte={day(0)}&warranty_until.lte={day(30)}") == [soon["id"]]
    assert ids(f"maintenance_due_on.lte={day(30)}") == [later["id"]]
    assert ids("sort=warranty_until") == [soon["id"], later["id"], never["id"]]
    first = admin.get("/assets?sort=warranty_until&limit=2").json
    assert ids(f"sort=warranty_until&limit=2&cursor={first['next_cursor']}") == [never["id"]]
    assert ids("q=0042") == ids("q=lgj") == [soon["id"]]
    [hit] = admin.get("/search?q=LD15-00").json["assets"]
    assert (hit["id"], hit["serial"], hit["customer"]["id"]) == (soon["id"], "LD15-0042", at["id"])


def test_a_page_takes_as_many_statements_as_one_row(company: Company) -> None:
    for number in range(3):
        asset(company.admin, customer(company.admin, f"客户{number}"), serial=f"S{number}")
    company.admin.get("/assets?limit=1")
    with sent() as one:
        company.admin.get("/assets?limit=1&sort=name")
    with sent() as many:
        assert len(company.admin.get("/assets?limit=3&sort=-name").json["items"]) == 3
    assert len(many) == len(one) <= 4


def test_an_older_version_is_not_overwritten(company: Company) -> None:
    made = asset(company.admin, customer(company.admin))
    change(company.admin, made, location="一号厂房")
    answer = company.admin.patch(f"/assets/{made['id']}", {"location": "二号厂房"}, version=made["version"])
    assert answer.status_code == 412
    assert [one["field"] for one in answer.json["conflicts"]] == ["location"]
    assert now(company.admin, made)["location"] == "一号厂房"
