"""Who sees, changes and submits quotes, and who learns what is earned with them."""

from typing import Any

import pytest

from tests.products.test_products import faults
from tests.quotes.office import change, customer, go, line, quote, try_quote, valve
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.statements import sent

Json = dict[str, Any]


@pytest.fixture
def seller(company: Company) -> Browser:
    """A salesperson, who sees no costs."""
    return hire(company, "sales").browser


def test_quotes_are_seen_no_farther_than_their_customers(company: Company, seller: Browser) -> None:
    other = hire(company, "sales")
    mine, theirs = customer(seller, "甲公司"), customer(other.browser, "乙公司")
    made, hidden = quote(seller, mine), quote(other.browser, theirs)
    assert [one["id"] for one in seller.get("/quotes").json["items"]] == [made["id"]]
    assert seller.get(f"/quotes/{hidden['id']}").status_code == 404
    assert faults(try_quote(seller, theirs)) == [("customer_id", "unknown-reference")]
    path = f"/customers/{theirs['id']}"
    seller_id = seller.get("/session").json["user"]["id"]
    version = company.admin.get(path).json["version"]
    shared = company.admin.put(
        f"{path}/collaborators", {"user_ids": [seller_id]}, headers={"If-Match": f'"{version}"'}
    )
    assert shared.status_code == 200, shared.json
    shown = seller.get(f"/quotes/{hidden['id']}").json
    assert shown["can"] == {"update": True, "submit": True, "delete": False}
    assert len(seller.get("/quotes").json["items"]) == 2
    # Handed over, it is seen by the new owner and no longer by the former.
    version = company.admin.get(path).json["version"]
    company.admin.post(f"{path}/transfer", {"owner_id": seller_id}, version=version)
    assert seller.get(f"/quotes/{hidden['id']}").json["owner"]["id"] == seller_id
    assert other.browser.get(f"/quotes/{hidden['id']}").status_code == 404


def test_who_sees_no_costs_learns_only_that_a_price_is_too_low(company: Company, seller: Browser) -> None:
    sold = valve(company.admin)
    made = quote(seller, customer(seller), line(sold, unit_price=7_000))
    assert (made["below_floor"], made["cost"], made["margin"], made["margin_rate"]) == (
        True,
        None,
        None,
        None,
    )
    [shown] = made["lines"]
    assert (shown["unit_cost"], shown["cost"], shown["margin"], shown["floor_price"]) == (None,) * 4
    assert shown["below_floor"] is True
    [listed] = seller.get("/quotes").json["items"]
    assert (listed["margin"], listed["below_floor"]) == (None, True)
    assert faults(seller.get("/quotes?margin_rate.lt=0")) == [("margin_rate.lt", "unknown-filter-field")]
    preview = seller.post("/quote-previews", {"lines": [line(sold)], "customer_id": None}).json
    assert (preview["margin"], preview["lines"][0]["cost"]) == (None, None)
    whole = company.admin.get(f"/quotes/{made['id']}").json
    assert (whole["margin"]["amount"], whole["lines"][0]["floor_price"]) == (195, 8_000)
    [found] = company.admin.get("/quotes?margin_rate.lt=500").json["items"]
    assert found["id"] == made["id"]


def test_the_cost_of_free_text_is_for_those_who_see_costs(company: Company, seller: Browser) -> None:
    free = {"name": "安装", "unit_price": 5_000, "unit_cost": 3_000}
    made = quote(seller, customer(seller), line(None, **free))
    assert company.admin.get(f"/quotes/{made['id']}").json["cost"] is None
    [kept] = made["lines"]
    known = change(company.admin, made, lines=[{"id": kept["id"], "quantity": "1", **free}])
    assert known["cost"]["amount"] == 3_000
    again = {"id": kept["id"], "quantity": "2", "name": "安装", "unit_price": 5_000, "unit_cost": 1}
    change(seller, known, lines=[again])
    assert company.admin.get(f"/quotes/{made['id']}").json["cost"]["amount"] == 6_000


def test_roles_without_the_permission_change_nothing(company: Company, seller: Browser) -> None:
    made = quote(seller, customer(seller), line(valve(company.admin)))
    finance, service = hire(company, "finance").browser, hire(company, "service").browser
    path = f"/quotes/{made['id']}"
    assert finance.get(path).json["can"] == {"update": False, "submit": False, "delete": False}
    for answer in (
        finance.patch(path, {"title": "别名"}, version=1),
        finance.post(f"{path}/submission", version=1),
        finance.delete(path, version=1),
        finance.post("/quotes", {"customer_id": made["customer"]["id"], "title": "备件"}),
        finance.post("/exports", {"type": "quote", "format": "csv"}),
        service.get("/quotes"),
        service.get(path),
    ):
        assert (answer.status_code, answer.json["code"]) == (403, "forbidden")
    assert seller.get(path).json == made


def test_quotes_are_found_filtered_and_sorted_in_few_statements(company: Company) -> None:
    to, sold = customer(company.admin), valve(company.admin)
    small, large = (quote(company.admin, to, line(sold, n), title=f"阀门 {n}") for n in ("1", "9"))
    go(company.admin, large, "submission")
    for query, wanted in (
        ("state=approved", [large]),
        ("sort=gross", [small, large]),
        ("sort=-number", [large, small]),
        ("gross.gte=50000", [large]),
        (f"q={small['number'].lower()}", [small]),
        ("q=famen", [large, small]),
        ("below_floor=false&sort=gross", [small, large]),
        ("valid_until.empty=true&sort=gross", [small, large]),
    ):
        with sent() as statements:
            found = company.admin.get(f"/quotes?{query}").json["items"]
        assert [one["id"] for one in found] == [one["id"] for one in wanted], query
        assert len(statements) <= 3, query
    hits = company.admin.get(f"/search?q={large['number']}").json["quotes"]
    assert [(hit["number"], hit["state"]) for hit in hits] == [(large["number"], "approved")]


def test_a_customers_timeline_tells_of_its_quotes(company: Company, seller: Browser) -> None:
    to = customer(seller)
    made = quote(seller, to, line(valve(company.admin)))
    go(seller, made, "submission")
    told = [
        (one["kind"], one["subject_label"])
        for one in seller.get(f"/customers/{to['id']}/timeline?kind=quote").json["items"]
    ]
    label = f"{made['number']} 备件"
    assert told == [("approved", label), ("submitted", label), ("created", label)]
    assert len(seller.get(f"/quotes/{made['id']}/timeline").json["items"]) == 3
    said = seller.post(f"/records/quote/{made['id']}/comments", {"text": "客户催了"})
    assert said.status_code == 201, said.json
