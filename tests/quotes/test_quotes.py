"""Quotes: made from products and free text, worked out, changed as a whole, deleted and taken back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from psycopg.errors import LockNotAvailable

from app.quotes import services
from app.records.numbering import next_number
from tests.prices.shop import book, price
from tests.products.test_products import faults
from tests.quotes.office import change, customer, deeds, line, quote, try_quote, valve
from tests.support.client import Browser, Company
from tests.support.statements import sent
from tests.support.store import Store

Json = dict[str, Any]


def amounts(made: Json) -> Json:
    """What a quote comes to."""
    return {
        name: made[name] and made[name]["amount"] for name in ("net", "tax", "gross", "cost", "margin")
    } | {name: made[name] for name in ("margin_rate", "off_list", "below_floor")}


def test_a_line_is_filled_in_from_its_product_and_worked_out(company: Company) -> None:
    to, sold = customer(company.admin), valve(company.admin, code="QF-1")
    made = quote(company.admin, to, line(sold, "2", discount={"rate": 1_000}), discount={"amount": 1_700})
    assert made["number"] == f"Q-{made['created_at'][:4]}-0001"
    assert (made["state"], made["revision"], made["line_count"], made["editable"]) == ("draft", 1, 1, True)
    # 2 × 100.00, less 10 %, less 17.00: 163.00 with 13 % tax in it.
    assert amounts(made) == {
        "net": 14_425, "tax": 1_875, "gross": 16_300, "cost": 12_000, "margin": 2_425,
        "margin_rate": 1_681, "off_list": 1_850, "below_floor": False,
    }  # fmt: skip
    [shown] = made["lines"]
    told = {name: shown[name] for name in ("name", "code", "unit", "quantity", "tax_rate", "price_source")}
    assert told == {
        "name": "球阀", "code": "QF-1", "unit": "套", "quantity": "2", "tax_rate": 1_300,
        "price_source": "list",
    }  # fmt: skip
    assert (shown["unit_price"], shown["list_price"], shown["floor_price"], shown["unit_cost"]) == (
        10_000, 10_000, 8_000, 6_000,
    )  # fmt: skip
    assert (shown["own_discount"], shown["shared_discount"], shown["margin"]) == (2_000, 1_700, 2_425)
    sums = {"list_amount": 20_000, "line_discounts": 2_000, "discount": 1_700}
    rates = [{"tax_rate": 1_300, "net": 14_425, "tax": 1_875, "gross": 16_300}]
    assert made["figures"] == {**sums, "rates": rates}
    assert company.admin.get(f"/quotes/{made['id']}").json == made
    assert deeds(company, made) == ["created"]


def test_the_price_that_holds_is_taken_unless_another_is_given(company: Company) -> None:
    to, sold = customer(company.admin), valve(company.admin)
    own = price(company.admin, book(company.admin, kind="customer", customer_ids=[to["id"]]), sold, 9_000)
    made = quote(company.admin, to, line(sold), line(sold, unit_price=7_900))
    first, second = made["lines"]
    assert (first["unit_price"], first["price_source"], first["price_book"]) == (
        9_000, "customer", {"id": own["id"], "name": own["name"]},
    )  # fmt: skip
    assert (second["unit_price"], second["below_floor"], first["below_floor"]) == (7_900, True, False)
    assert (made["below_floor"], made["off_list"]) == (True, 1_550)


def test_free_text_has_a_price_and_perhaps_a_cost(company: Company) -> None:
    to = customer(company.admin)
    free = {"name": "安装调试", "unit": "次", "unit_price": 50_000, "tax_rate": 600, "unit_cost": 30_000}
    made = quote(company.admin, to, line(None, "1.5", **free), with_tax=False)
    assert amounts(made) == {
        "net": 75_000, "tax": 4_500, "gross": 79_500, "cost": 45_000, "margin": 30_000,
        "margin_rate": 4_000, "off_list": 0, "below_floor": False,
    }  # fmt: skip
    unknown = quote(company.admin, to, line(None, "1", name="运费", unit_price=1_000))
    assert (unknown["margin"], unknown["margin_rate"]) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"quantity": "0"}, [("lines.0.quantity", "out-of-range")]),
        ({"quantity": "1", "name": "运费"}, [("lines.0.unit_price", "required")]),
        ({"quantity": "1", "unit_price": 1}, [("lines.0.name", "required")]),
        (
            {"quantity": "1", "name": "a", "unit_price": 1, "discount": {"rate": 1, "amount": 1}},
            [("lines.0.discount.amount", "two-discounts")],
        ),
        (
            {"quantity": "1", "name": "a", "unit_price": 5, "discount": {"amount": 6}},
            [("lines.0.discount.amount", "discount-too-large")],
        ),
        (
            {"quantity": "2", "name": "a", "unit_price": 10**15},
            [("lines.0.quantity", "sum-too-large")],
        ),
        (
            {"quantity": "1", "product_id": "01a20007-7fb3-73b0-9cfe-606978e570ee"},
            [("lines.0.product_id", "unknown-reference"), ("lines.0.name", "required"),
             ("lines.0.unit_price", "required")],
        ),
        (
            {"quantity": "1", "id": "01a20007-7fb3-73b0-9cfe-606978e570ee", "name": "a", "unit_price": 5},
            [("lines.0.id", "unknown-reference")],
        ),
    ],
)  # fmt: skip
def test_refuses_lines_that_cannot_be(company: Company, wrong: Json, found: list[tuple[str, str]]) -> None:
    answer = try_quote(company.admin, customer(company.admin), wrong)
    assert faults(answer) == found
    assert company.admin.get("/quotes").json["items"] == []


def test_refuses_whom_and_what_one_cannot_quote(company: Company) -> None:
    to, other = customer(company.admin), customer(company.admin, "云岫科技")
    contact = company.admin.post("/contacts", {"name": "周启明", "customer_id": other["id"]}).json
    gone = valve(company.admin)
    company.admin.post(f"/products/{gone['id']}/retirement")
    for facts, field, code in (
        ({"contact_id": contact["id"]}, "contact_id", "not-of-this-customer"),
        ({"customer_id": gone["id"]}, "customer_id", "unknown-reference"),
        ({"lines": [line(gone)]}, "lines.0.product_id", "unknown-reference"),
        ({"title": " "}, "title", "required"),
    ):
        answer = company.admin.post("/quotes", {"customer_id": to["id"], "title": "备件", **facts})
        assert faults(answer) == [(field, code)]
    assert company.admin.get("/quotes").json["items"] == []


def test_lines_are_changed_as_a_whole(company: Company) -> None:
    to, sold = customer(company.admin), valve(company.admin)
    made = quote(company.admin, to, line(sold, "2"), line(None, name="运费", unit_price=1_000))
    first, freight = made["lines"]
    again = {"id": first["id"], "product_id": sold["id"], "quantity": "3", "unit_price": 9_500}
    changed = change(company.admin, made, lines=[line(None, name="安装", unit_price=2_000), again])
    assert [(one["name"], one["quantity"], one["unit_price"]) for one in changed["lines"]] == [
        ("安装", "1", 2_000), ("球阀", "3", 9_500),
    ]  # fmt: skip
    assert (changed["lines"][1]["id"], changed["version"], changed["gross"]["amount"]) == (
        first["id"], 2, 30_500,
    )  # fmt: skip
    told = company.admin.get(f"/audit-records?subject_id={made['id']}").json["items"][0]["changes"]
    assert told == [
        {"field": "gross", "before": made["gross"], "after": changed["gross"]},
        {
            "field": "lines",
            "before": ["球阀 ×2 套 · 100.00 CNY", "运费 ×1 · 10.00 CNY"],
            "after": ["安装 ×1 · 20.00 CNY", "球阀 ×3 套 · 95.00 CNY"],
        },
    ]
    same = change(company.admin, changed, lines=[
        {"id": one["id"], "product_id": one["product_id"], "name": one["name"], "quantity": one["quantity"],
         "unit_price": one["unit_price"]} for one in changed["lines"]
    ])  # fmt: skip
    assert same == changed
    assert freight["name"] == "运费"


def test_whoever_comes_too_late_is_told_what_differs(company: Company) -> None:
    made = quote(company.admin, customer(company.admin))
    change(company.admin, made, title="新名")
    answer = company.admin.patch(f"/quotes/{made['id']}", {"title": "别名"}, version=1)
    assert (answer.status_code, answer.json["conflicts"]) == (
        412, [{"field": "title", "yours": "别名", "theirs": "新名"}],
    )  # fmt: skip
    assert company.admin.get(f"/quotes/{made['id']}").json["title"] == "新名"


def test_two_hundred_lines_take_no_more_statements_than_one(company: Company) -> None:
    to, sold = customer(company.admin), valve(company.admin)

    def cost(count: int) -> tuple[int, int, int]:
        lines = [line(sold, str(n + 1)) for n in range(count)]
        with sent() as making:
            made = quote(company.admin, to, *lines)
        again = [{**one, "unit_price": 9_000} for one in lines]
        with sent() as changing:
            change(company.admin, made, lines=again)
        with sent() as reading:
            company.admin.get(f"/quotes/{made['id']}")
        return len(making), len(changing), len(reading)

    few = cost(1)
    assert cost(200) == few
    assert few == (6, 8, 2)


def test_what_is_saved_is_answered_as_it_is_read(company: Company) -> None:
    to, sold = customer(company.admin), valve(company.admin, code="QF-1")
    price(company.admin, book(company.admin, kind="customer", customer_ids=[to["id"]]), sold, 9_000)
    free = line(None, "0.125", name="安装", unit_price=12_345, unit_cost=700, note="两天\n含差旅")
    made = quote(company.admin, to, line(sold, "3", discount={"rate": 250}), free, discount={"amount": 99})
    assert company.admin.get(f"/quotes/{made['id']}").json == made
    first, second = made["lines"]
    kept = {"id": second["id"], **free, "discount": {"amount": 50}}
    again = [kept, {"id": first["id"], **line(sold, "7")}, line(sold, "1", unit_price=1)]
    for asked in ({"lines": again}, {"discount": {"rate": 300}}, {"title": "改"}, {"lines": again[:1]}):
        made = change(company.admin, made, **asked)
        assert company.admin.get(f"/quotes/{made['id']}").json == made


def test_quotes_to_one_customer_are_made_side_by_side_and_keep_it(
    company: Company, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    to, meeting, refused = customer(company.admin), Barrier(2), []

    def number(*asked: Any) -> str:
        meeting.wait(20)
        try:
            store.rows("SELECT 1 FROM customers WHERE id = %s FOR UPDATE NOWAIT", to["id"])
        except LockNotAvailable:
            refused.append(to["id"])
        meeting.wait(20)
        return next_number(*asked)

    monkeypatch.setattr(services, "next_number", number)

    def make(title: str) -> Json:
        browser = Browser(company.app)
        browser.client._cookies = company.admin.client._cookies
        return quote(browser, to, title=title)

    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(make, ("一", "二")))
    assert sorted(one["number"][-4:] for one in made) == ["0001", "0002"]
    assert refused == [to["id"]] * 2


def test_deleted_quotes_come_back_or_go_for_ever(company: Company) -> None:
    made = quote(company.admin, customer(company.admin), title="阀门")
    path = f"/quotes/{made['id']}"
    assert company.admin.delete(path, version=1).status_code == 204
    assert company.admin.get(path).status_code == 404
    [binned] = company.admin.get("/recycle-bin?type=quote&q=阀门").json["items"]
    assert binned["name"] == f"{made['number']} 阀门"
    back = company.admin.post(f"/recycle-bin/quote/{made['id']}/restoration")
    assert (back.status_code, back.json["title"]) == (200, "阀门")
    company.admin.delete(path, version=back.json["version"])
    gone = company.admin.delete(f"/recycle-bin/quote/{made['id']}", version=back.json["version"] + 1)
    assert gone.status_code == 204
    assert company.admin.get("/recycle-bin?type=quote").json["items"] == []
    assert deeds(company, made) == ["purged", "deleted", "restored", "deleted", "created"]


def test_is_worked_out_beforehand_without_being_kept(company: Company) -> None:
    to, sold = customer(company.admin), valve(company.admin)
    price(company.admin, book(company.admin), sold, 9_000)
    asked = {"customer_id": to["id"], "lines": [line(sold, "2")], "discount": {"rate": 500}}
    answer = company.admin.post("/quote-previews", asked)
    assert answer.status_code == 200, answer.json
    assert amounts(answer.json)["gross"] == 17_100
    kept = quote(company.admin, to, line(sold, "2"), discount={"rate": 500})
    made = {name: value for name, value in kept["lines"][0].items() if name != "id"}
    assert {name: value for name, value in answer.json["lines"][0].items() if name != "id"} == made
    assert answer.json["figures"] == kept["figures"]
    assert len(company.admin.get("/quotes").json["items"]) == 1
