"""Purchases: what customers have bought, told by hand or made by a quote that they accept."""

from typing import Any

import pytest

from tests.assets.site import day
from tests.products.test_products import faults
from tests.quotes.office import customer, go, line, quote, valve
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.statements import sent

Json = dict[str, Any]
ACCEPTED = {"outcome": "accepted", "reason": None}


@pytest.fixture
def seller(company: Company) -> Browser:
    """A salesperson."""
    return hire(company, "sales").browser


def buy(browser: Browser, at: Json, **facts: Any) -> Json:
    """A purchase."""
    told = {"customer_id": at["id"], "name": "滤芯", "bought_on": day(-3), **facts}
    answer = browser.post("/purchases", told)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def bought(browser: Browser, query: str = "") -> list[Json]:
    """The list."""
    return list(browser.get(f"/purchases?{query}").json["items"])


def test_is_told_by_hand(company: Company) -> None:
    at, product = customer(company.admin), valve(company.admin)
    made = buy(
        company.admin, at, name=None, product_id=product["id"], quantity="2.5", unit="箱",
        amount={"amount": 128_000, "currency": "CNY"}, reference="DD-7",
    )  # fmt: skip
    assert (made["name"], made["product"]["id"]) == ("球阀", product["id"])
    assert (made["quantity"], made["unit"], made["amount"]) == (
        "2.5", "箱", {"amount": 128_000, "currency": "CNY"},
    )  # fmt: skip
    assert (made["source"], made["quote_id"], made["bought_on"]) == ("hand", None, day(-3))
    path = f"/purchases/{made['id']}"
    changed = company.admin.patch(path, {"quantity": "3", "amount": None}, version=made["version"]).json
    assert (changed["quantity"], changed["amount"]) == ("3", None)
    [told, _] = company.admin.get("/audit-records?subject_type=purchase").json["items"]
    assert {one["field"] for one in told["changes"]} == {"quantity", "purchase_amount"}


def test_refuses_what_cannot_be(company: Company) -> None:
    at = customer(company.admin)
    told = {"customer_id": at["id"], "bought_on": day(1), "name": "滤芯"}
    assert faults(company.admin.post("/purchases", told)) == [("bought_on", "not-bought-yet")]
    nameless = {"customer_id": at["id"], "bought_on": day(0)}
    assert faults(company.admin.post("/purchases", nameless)) == [("name", "required")]
    none = {**told, "bought_on": day(0), "quantity": "0"}
    assert faults(company.admin.post("/purchases", none)) == [("quantity", "out-of-range")]
    assert bought(company.admin) == []


def test_an_accepted_quote_is_bought_once_and_taken_back_when_it_is_quoted_anew(company: Company) -> None:
    at, product = customer(company.admin), valve(company.admin)
    made = quote(company.admin, at, line(product, "2"), line(None, "1", name="运费", unit_price=5_000))
    for step in ("submission", "sending"):
        made = go(company.admin, made, step)
    assert bought(company.admin) == []
    made = go(company.admin, made, "outcome", ACCEPTED)
    [one] = bought(company.admin)
    assert (one["name"], one["quantity"], one["source"]) == ("球阀", "2", "quote")
    assert (one["quote_id"], one["reference"], one["bought_on"]) == (made["id"], made["number"], day(0))
    assert one["amount"]["amount"] == made["lines"][0]["gross"]
    made = go(company.admin, made, "renewal")
    assert bought(company.admin) == []
    assert [item["type"] for item in company.admin.get("/recycle-bin?type=purchase").json["items"]] == [
        "purchase"
    ]
    for step in ("submission", "sending"):
        made = go(company.admin, made, step)
    go(company.admin, made, "outcome", ACCEPTED)
    [again] = bought(company.admin)
    assert again["id"] != one["id"]


def test_is_seen_as_far_as_its_customer_is(company: Company, seller: Browser) -> None:
    theirs, ours = customer(company.admin, "远山"), customer(seller, "近水")
    hidden, seen = buy(company.admin, theirs), buy(seller, ours)
    assert [one["id"] for one in bought(seller)] == [seen["id"]]
    assert seller.get(f"/purchases/{hidden['id']}").status_code == 404
    assert seller.delete(f"/purchases/{hidden['id']}", version=1).status_code == 404
    assert {one["id"] for one in bought(company.admin)} == {hidden["id"], seen["id"]}


def test_goes_where_its_customer_goes(company: Company) -> None:
    at = customer(company.admin)
    made = buy(company.admin, at)
    live = company.admin.get(f"/customers/{at['id']}").json
    assert company.admin.delete(f"/customers/{at['id']}", version=live["version"]).status_code == 204
    assert bought(company.admin) == []
    assert company.admin.post(f"/recycle-bin/customer/{at['id']}/restoration", {}).status_code == 200
    assert [one["id"] for one in bought(company.admin)] == [made["id"]]


def test_is_listed_by_product_day_and_customer_in_statements_that_do_not_grow(company: Company) -> None:
    at, other, product = customer(company.admin), customer(company.admin, "别家"), valve(company.admin)
    first = buy(company.admin, at, bought_on=day(-30), product_id=product["id"])
    second = buy(company.admin, other, bought_on=day(-2))
    assert [one["id"] for one in bought(company.admin)] == [second["id"], first["id"]]
    assert [one["id"] for one in bought(company.admin, f"product_id={product['id']}")] == [first["id"]]
    assert [one["id"] for one in bought(company.admin, f"customer_id={other['id']}")] == [second["id"]]
    with sent() as few:
        bought(company.admin)
    for number in range(6):
        buy(company.admin, at, bought_on=day(-number), product_id=product["id"])
    with sent() as many:
        assert len(bought(company.admin)) == 8
    assert len(many) == len(few)


def test_a_customer_buys_in_a_rhythm_that_is_learnt_from_three_days(company: Company) -> None:
    at, other, product = customer(company.admin), customer(company.admin, "别家"), valve(company.admin)
    path = f"/customers/{at['id']}/purchase-summary"
    assert company.admin.get(path).json == {
        "count": 0, "last_on": None, "totals": [], "rhythm": None, "months": [], "products": [],
    }  # fmt: skip
    paid = {"amount": {"amount": 10_000, "currency": "CNY"}}
    for ago in (100, 60, 60):
        buy(company.admin, at, bought_on=day(-ago), name="滤芯", **paid)
    buy(company.admin, other, bought_on=day(-1), **paid)
    told = company.admin.get(path).json
    assert (told["count"], told["last_on"], told["rhythm"]) == (3, day(-60), None)
    buy(company.admin, at, bought_on=day(-15), name=None, product_id=product["id"])
    buy(company.admin, at, bought_on=day(-9), name="滤芯", amount={"amount": 500, "currency": "USD"})
    told = company.admin.get(path).json
    # 40, 45 and 6 days lie between all of them: 40 is in the middle; between the filters 40 and 51.
    assert told["rhythm"] == {"days": 40, "expected_on": day(31)}
    assert told["totals"] == [{"amount": 30_000, "currency": "CNY"}, {"amount": 500, "currency": "USD"}]
    assert sum(month["count"] for month in told["months"]) == 5
    facts = ("name", "product", "count", "last_on", "rhythm")
    assert [tuple(one[fact] for fact in facts) for one in told["products"]] == [
        ("滤芯", None, 4, day(-9), {"days": 46, "expected_on": day(37)}),
        ("球阀", {"id": product["id"], "name": "球阀"}, 1, day(-15), None),
    ]  # fmt: skip


def test_what_a_customer_bought_in_all_is_for_those_who_see_it(company: Company, seller: Browser) -> None:
    theirs = customer(company.admin, "远山")
    buy(company.admin, theirs)
    assert seller.get(f"/customers/{theirs['id']}/purchase-summary").status_code == 404
