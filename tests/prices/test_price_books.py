"""Price books: made, priced, copied, adjusted, and who may."""

from typing import Any

import pytest

from tests.prices.shop import book, deeds, found, lines, price, product, set_prices, steps
from tests.products.test_products import faults
from tests.support.client import Company
from tests.support.statements import sent

Json = dict[str, Any]


def test_begins_as_a_draft_with_what_was_said(company: Company) -> None:
    customer = company.admin.post("/customers", {"name": "澜图软件"}).json
    made = book(
        company.admin,
        name="澜图专价",
        kind="customer",
        customer_ids=[customer["id"]],
        tiers=["gold"],
        valid_until="2026-12-31",
    )
    assert (made["name"], made["kind"], made["state"], made["version"]) == (
        "澜图专价",
        "customer",
        "draft",
        1,
    )
    assert (made["valid_from"], made["valid_until"]) == ("2026-01-01", "2026-12-31")
    assert made["customers"] == [{"id": customer["id"], "name": "澜图软件"}]
    assert (made["tiers"], made["customer_count"], made["product_count"]) == ([], 1, 0)
    assert company.admin.get(f"/price-books/{made['id']}").json == made
    [listed] = company.admin.get("/price-books?kind=customer").json["items"]
    assert listed == {name: value for name, value in made.items() if name != "customers"}
    assert company.admin.get("/price-books?state=active").json["items"] == []
    assert deeds(company, made) == ["created"]


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"name": " "}, "name", "required"),
        ({"kind": "tier"}, "tiers", "required"),
        ({"kind": "customer"}, "customer_ids", "required"),
        (
            {"kind": "customer", "customer_ids": ["01a20007-7fb3-73b0-9cfe-606978e570ee"]},
            "customer_ids.0",
            "unknown-reference",
        ),
        ({"valid_until": "2025-12-31"}, "valid_until", "ends-before-its-beginning"),
        ({"currency": "ABC"}, "currency", "not-a-choice"),
    ],
)
def test_refuses_a_book_that_cannot_be(company: Company, facts: Json, field: str, code: str) -> None:
    answer = company.admin.post(
        "/price-books", {"name": "坏", "kind": "standard", "valid_from": "2026-01-01", **facts}
    )
    assert faults(answer) == [(field, code)]
    assert company.admin.get("/price-books").json["items"] == []


def test_prices_are_set_product_by_product(company: Company) -> None:
    valve, pump = product(company.admin, "球阀"), product(company.admin, "水泵")
    made = set_prices(company.admin, book(company.admin), valve, steps(("0", 900), ("10.5", 800, 700)))
    made = set_prices(company.admin, made, pump, steps(("0", 5_000)))
    assert (made["version"], made["product_count"]) == (3, 2)
    whole = [("球阀", "0", 900, None), ("球阀", "10.5", 800, 700), ("水泵", "0", 5_000, None)]
    assert lines(company.admin, made) == whole
    set_prices(company.admin, made, valve, [])
    assert lines(company.admin, made) == whole[2:]
    assert deeds(company, made) == ["priced", "priced", "priced", "created"]
    trail = company.admin.get(f"/audit-records?subject_id={made['id']}").json["items"]
    assert trail[0]["changes"] == [
        {"field": "prices", "before": ["球阀 0+: 9.00 CNY", "球阀 10.5+: 8.00 CNY (≥ 7.00)"], "after": []}
    ]


def test_the_prices_of_a_book_come_page_by_page(company: Company) -> None:
    valve, pump = product(company.admin, "球阀"), product(company.admin, "水泵")
    made = set_prices(company.admin, book(company.admin), valve, steps(("0", 900), ("10", 800)))
    set_prices(company.admin, made, pump, steps(("0", 5_000)))
    path = f"/price-books/{made['id']}/prices"
    first = company.admin.get(f"{path}?limit=1").json
    assert lines(company.admin, made, f"limit=1&cursor={first['next_cursor']}") == [("球阀", "10", 800, None)]
    assert lines(company.admin, made, f"cursor={first['next_cursor']}")[-1][0] == "水泵"
    for cursor in ("x", first["next_cursor"].partition(".")[0], "01a200077fb373b09cfe606978e570ee.-1"):
        assert faults(company.admin.get(f"{path}?cursor={cursor}")) == [("cursor", "bad-cursor")]


def test_prices_of_a_book_are_found_by_product(company: Company) -> None:
    valve, pump = product(company.admin, "球阀", code="QF-1"), product(company.admin, "水泵")
    made = set_prices(company.admin, book(company.admin), valve, steps(("0", 900), ("10", 800)))
    set_prices(company.admin, made, pump, steps(("0", 5_000)))
    for typed in ("球", "qiufa", "qf1", "球 qf"):
        assert [line[0] for line in lines(company.admin, made, f"q={typed}")] == ["球阀", "球阀"]
    assert lines(company.admin, made, "q=球 水") == []


def test_tells_what_a_book_could_still_take_up(company: Company) -> None:
    outer = company.admin.post("/product-categories", {"name": "传动件"}).json["id"]
    inner = company.admin.post("/product-categories", {"name": "轴承", "parent_id": outer}).json["id"]
    here, there = product(company.admin, category_id=inner), product(company.admin, "水泵")
    taken, gone = product(company.admin, "气缸"), product(company.admin, "油封")
    company.admin.post(f"/products/{gone['id']}/retirement")
    made = set_prices(company.admin, book(company.admin), taken, steps(("0", 900)))
    path = f"/price-books/{made['id']}/unpriced-products"
    with sent() as statements:
        items = company.admin.get(path).json["items"]
    assert [one["id"] for one in items] == [there["id"], here["id"]]
    assert len(statements) == 2
    assert (items[1]["name"], items[1]["list_price"]) == ("球阀", 128_000)
    for query in (f"category_id={outer}", "q=qiu", f"limit=1&cursor={there['id'].replace('-', '')}"):
        assert [one["id"] for one in company.admin.get(f"{path}?{query}").json["items"]] == [here["id"]]
    dollars = book(company.admin, currency="USD")
    offered = company.admin.get(f"/price-books/{dollars['id']}/unpriced-products").json["items"]
    assert {one["list_price"] for one in offered} == {None}


def test_tells_in_which_books_a_product_has_a_price(company: Company) -> None:
    valve = product(company.admin)
    now = price(company.admin, book(company.admin, name="今年"), valve, 900)
    set_prices(company.admin, now, valve, steps(("0", 900), ("10", 800, 700)))
    price(company.admin, book(company.admin, name="过期", valid_until="2026-01-31"), valve, 700)
    set_prices(company.admin, book(company.admin, name="草稿"), valve, steps(("0", 600)))
    later = price(company.admin, book(company.admin, name="明年", valid_from="2099-01-01"), valve, 950)
    path = f"/products/{valve['id']}/prices"
    with sent() as statements:
        found = company.admin.get(path).json["items"]
    told = [(p["price_book"]["id"], p["from_quantity"], p["unit_price"], p["floor_price"]) for p in found]
    assert told == [
        (now["id"], "0", 900, None), (now["id"], "10", 800, 700), (later["id"], "0", 950, None),
    ]  # fmt: skip
    assert len(statements) == 2
    first = company.admin.get(f"{path}?limit=2").json
    assert company.admin.get(f"{path}?cursor={first['next_cursor']}").json["items"] == found[2:]


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        (steps(("0", 1), ("0.0", 2)), "steps.1.from_quantity", "already-exists"),
        (steps(("1.00001", 1)), "steps.0.from_quantity", "too-many-decimals"),
        (steps(("-1", 1)), "steps.0.from_quantity", "not-a-quantity"),
        (steps(("1e3", 1)), "steps.0.from_quantity", "not-a-quantity"),
        (steps(("9999999999", 1)), "steps.0.from_quantity", "out-of-range"),
        (steps(("0", -1)), "steps.0.unit_price", "out-of-range"),
        (steps(("0", 10**15 + 1)), "steps.0.unit_price", "out-of-range"),
        (steps(("0", 100, 101)), "steps.0.floor_price", "floor-above-price"),
    ],
)
def test_refuses_prices_that_cannot_be(company: Company, wrong: Json, field: str, code: str) -> None:
    valve = product(company.admin)
    made = set_prices(company.admin, book(company.admin), valve, steps(("0", 900)))
    answer = company.admin.patch(
        f"/price-books/{made['id']}/prices",
        {"products": [{"product_id": valve["id"], "steps": wrong}]},
        version=made["version"],
    )
    assert faults(answer) == [(f"products.0.{field}", code)]
    assert lines(company.admin, made) == [("球阀", "0", 900, None)]
    assert company.admin.get(f"/price-books/{made['id']}").json["version"] == made["version"]


def test_refuses_products_that_are_not_there_or_named_twice(company: Company) -> None:
    valve, gone = product(company.admin), product(company.admin, "水泵")
    assert company.admin.delete(f"/products/{gone['id']}", version=1).status_code == 204
    made = book(company.admin)
    path = f"/price-books/{made['id']}/prices"
    one = {"product_id": valve["id"], "steps": steps(("0", 900))}
    for other, code in (
        ({**one, "product_id": gone["id"]}, "unknown-reference"),
        (one, "already-exists"),
    ):
        answer = company.admin.patch(path, {"products": [one, other]}, version=1)
        assert faults(answer) == [("products.1.product_id", code)]
    assert lines(company.admin, made) == []


def test_who_comes_too_late_is_told(company: Company) -> None:
    valve = product(company.admin)
    made = book(company.admin)
    set_prices(company.admin, made, valve, steps(("0", 900)))
    late = {"products": [{"product_id": valve["id"], "steps": []}]}
    answer = company.admin.patch(f"/price-books/{made['id']}/prices", late, version=1)
    assert (answer.status_code, answer.json["code"]) == (412, "stale")
    assert lines(company.admin, made) == [("球阀", "0", 900, None)]


def test_many_prices_take_no_more_statements_than_one(company: Company) -> None:
    products = [product(company.admin, f"球阀 {n}") for n in range(5)]
    made = book(company.admin)
    path = f"/price-books/{made['id']}/prices"

    def cost(some: list[Json], version: int) -> int:
        body = [{"product_id": one["id"], "steps": steps(("0", 900), ("5", 800))} for one in some]
        with sent() as statements:
            answer = company.admin.patch(path, {"products": body}, version=version)
        assert answer.status_code == 200, answer.json
        return len(statements)

    assert cost(products[:1], 1) == cost(products[1:], 2)
    with sent() as statements:
        assert len(lines(company.admin, made)) == 10
    assert len(statements) == 2


def test_all_prices_go_up_or_down_by_a_share(company: Company) -> None:
    valve, pump = product(company.admin), product(company.admin, "水泵")
    made = set_prices(company.admin, book(company.admin), valve, steps(("0", 905, 500)))
    made = set_prices(company.admin, made, pump, steps(("0", 1_000)))
    path = f"/price-books/{made['id']}/adjustment"
    answer = company.admin.post(path, {"rate": -1_000}, version=made["version"])
    assert (answer.status_code, answer.json["version"]) == (200, made["version"] + 1)
    # 814.5 goes up.
    assert lines(company.admin, made) == [("球阀", "0", 815, 500), ("水泵", "0", 900, None)]
    stale = company.admin.post(path, {"rate": 500}, version=made["version"])
    assert (stale.status_code, stale.json["code"]) == (412, "stale")
    doubled = {"rate": 10_000, "with_floors": True}
    assert company.admin.post(path, doubled, version=made["version"] + 1).status_code == 200
    assert lines(company.admin, made) == [("球阀", "0", 1_630, 1_000), ("水泵", "0", 1_800, None)]
    assert deeds(company, made)[:2] == ["adjusted", "adjusted"]


def test_prices_do_not_go_beyond_what_money_can_be(company: Company) -> None:
    made = set_prices(company.admin, book(company.admin), product(company.admin), steps(("0", 10**15)))
    answer = company.admin.post(f"/price-books/{made['id']}/adjustment", {"rate": 1}, version=made["version"])
    assert faults(answer) == [("rate", "sum-too-large")]
    assert lines(company.admin, made) == [("球阀", "0", 10**15, None)]


def test_a_copy_is_a_draft_for_the_same_customers(company: Company) -> None:
    customer = company.admin.post("/customers", {"name": "澜图软件"}).json
    valve = product(company.admin)
    made = book(company.admin, kind="customer", customer_ids=[customer["id"]])
    made = set_prices(company.admin, made, valve, steps(("0", 900, 700), ("10", 800)))
    company.admin.post(f"/price-books/{made['id']}/activation")
    answer = company.admin.post(
        f"/price-books/{made['id']}/copy", {"name": "明年", "valid_from": "2027-01-01", "rate": 500}
    )
    assert answer.status_code == 201, answer.json
    copy = answer.json
    assert (copy["name"], copy["state"], copy["valid_until"]) == ("明年", "draft", None)
    assert copy["customers"] == made["customers"]
    assert lines(company.admin, copy) == [("球阀", "0", 945, 700), ("球阀", "10", 840, None)]
    assert lines(company.admin, made) == [("球阀", "0", 900, 700), ("球阀", "10", 800, None)]


def test_an_empty_book_is_not_activated(company: Company) -> None:
    made = book(company.admin)
    answer = company.admin.post(f"/price-books/{made['id']}/activation")
    assert (answer.status_code, answer.json["code"]) == (409, "empty-price-book")
    assert company.admin.get(f"/price-books/{made['id']}").json == made


def test_is_changed_and_tells_what(company: Company) -> None:
    one, other = (company.admin.post("/customers", {"name": n}).json["id"] for n in ("甲公司", "乙公司"))
    made = book(company.admin, kind="customer", customer_ids=[one])
    changes = {"name": "新名", "valid_until": "2026-06-30", "customer_ids": [other]}
    answer = company.admin.patch(f"/price-books/{made['id']}", changes, version=1)
    assert answer.status_code == 200, answer.json
    assert [c["id"] for c in answer.json["customers"]] == [other]
    assert (answer.json["name"], answer.json["valid_until"], answer.json["version"]) == (
        "新名",
        "2026-06-30",
        2,
    )
    trail = company.admin.get(f"/audit-records?subject_type=price-book&subject_id={made['id']}").json
    told = {change["field"]: (change["before"], change["after"]) for change in trail["items"][0]["changes"]}
    assert told == {
        "name": ("标准价", "新名"),
        "valid_until": (None, "2026-06-30"),
        "customers": (["甲公司"], ["乙公司"]),
    }
    answer = company.admin.patch(f"/price-books/{made['id']}", {"customer_ids": []}, version=2)
    assert faults(answer) == [("customer_ids", "required")]


def test_a_merged_customer_keeps_its_prices(company: Company) -> None:
    one, other = (company.admin.post("/customers", {"name": n}).json for n in ("甲公司", "乙公司"))
    valve = product(company.admin)
    made = book(company.admin, kind="customer", customer_ids=[one["id"], other["id"]])
    price(company.admin, made, valve, 800)
    records = [{"id": c["id"], "version": c["version"]} for c in (one, other)]
    body = {"type": "customer", "records": records, "master_id": one["id"], "choices": {}}
    answer = company.admin.post("/merges", body)
    assert answer.status_code in {200, 201}, answer.json
    assert company.admin.get(f"/price-books/{made['id']}").json["customer_count"] == 1
    assert found(company.admin, valve, f"customer_id={one['id']}")["unit_price"] == 800
