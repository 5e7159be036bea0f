"""Lists: sorted, filtered, turned over by cursor, counted when asked."""

import base64
import json
from typing import Any

import pytest
from flask import Flask

from tests.customers.desk import change, customer, faults, names
from tests.support.client import Company, sign_up

STOCK: dict[str, dict[str, Any]] = {
    "阿里": {"stage": "deal", "tier": "gold", "employees": 10, "region": "浙江", "tags": ["红"]},
    "宝钢": {"stage": "intent", "employees": 200, "region": "上海", "tags": ["红", "蓝"]},
    "长城": {"stage": "deal", "tier": "poor", "region": "河北"},
    "Acme 100%": {"stage": "lost", "employees": 10, "kind": "company", "type": "supplier"},
    "重汽": {"stage": "potential", "kind": "person", "source": "展会_2026"},
}
BY_NAME = ["阿里", "Acme 100%", "宝钢", "长城", "重汽"]


@pytest.fixture(scope="module")
def stock(app: Flask) -> Company:
    """A company with a few different customers."""
    company = sign_up(app)
    for name, facts in STOCK.items():
        customer(company.admin, name, **facts)
    return company


FILTERS: list[tuple[str, set[str]]] = [
    ("stage=deal", {"阿里", "长城"}),
    ("stage.ne=deal", {"宝钢", "Acme 100%", "重汽"}),
    ("stage.in=deal,lost", {"阿里", "长城", "Acme 100%"}),
    ("stage.nin=deal,lost", {"宝钢", "重汽"}),
    ("stage=deal&tier=gold", {"阿里"}),
    ("tier.ne=gold", {"宝钢", "长城", "Acme 100%", "重汽"}),
    ("tier.nin=gold,poor", {"宝钢", "Acme 100%", "重汽"}),
    ("tier.empty=true", {"宝钢", "Acme 100%", "重汽"}),
    ("tier.empty=false", {"阿里", "长城"}),
    ("kind=person", {"重汽"}),
    ("type=supplier", {"Acme 100%"}),
    ("employees=10", {"阿里", "Acme 100%"}),
    ("employees.gt=10", {"宝钢"}),
    ("employees.gte=10&employees.lt=200", {"阿里", "Acme 100%"}),
    ("employees.lte=9", set()),
    ("employees.in=10,200", {"阿里", "宝钢", "Acme 100%"}),
    ("region=上海", {"宝钢"}),
    ("region.contains=江", {"阿里"}),
    ("name.contains=ACME", {"Acme 100%"}),
    ("name.contains=0%25", {"Acme 100%"}),
    ("source.contains=_", {"重汽"}),
    ("name=阿里", {"阿里"}),
    ("tag=红", {"阿里", "宝钢"}),
    ("tag.in=蓝,绿", {"宝钢"}),
    ("tag.ne=红", {"长城", "Acme 100%", "重汽"}),
    ("tag.nin=红,蓝", {"长城", "Acme 100%", "重汽"}),
    ("tag.empty=true", {"长城", "Acme 100%", "重汽"}),
    ("tag.empty=false", {"阿里", "宝钢"}),
    ("created_at.gte=2020-01-01T00:00:00Z", set(STOCK)),
    ("created_at.gte=2020-01-01T08:00:00+08:00", set(STOCK)),
    ("created_at.gte=2020-01-01T22:39:00%2B22:39", set(STOCK)),
    ("updated_at.lt=2020-01-01T00:00:00Z", set()),
    ("owner_id.empty=true", set()),
    ("owner_id=01980000-0000-7000-8000-000000000000", set()),
    ("q=阿&stage=deal", {"阿里"}),
    ("q=阿&stage=lost", set()),
]
TREES: list[tuple[Any, set[str]]] = [
    ({"field": "stage", "value": "deal"}, {"阿里", "长城"}),
    ({"and": []}, set(STOCK)),
    ({"or": [{"field": "stage", "value": "lost"}, {"field": "employees", "op": "gte", "value": 200}]},
     {"Acme 100%", "宝钢"}),
    ({"and": [{"field": "stage", "op": "in", "value": ["deal", "lost"]},
              {"or": [{"field": "tag", "value": "红"}, {"field": "type", "value": "supplier"}]}]},
     {"阿里", "Acme 100%"}),
    ({"and": [{"field": "tier", "op": "empty", "value": True}, {"field": "employees", "value": 10}]},
     {"Acme 100%"}),
    ({"or": [{"field": "stage", "value": "lost"}, {"and": []}]}, set(STOCK)),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "found"), FILTERS)
def test_filters(stock: Company, asked: str, found: set[str]) -> None:
    assert set(names(stock.admin, asked)) == found


@pytest.mark.parametrize(("tree", "found"), TREES)
def test_filters_by_a_tree(stock: Company, tree: Any, found: set[str]) -> None:
    answer = stock.admin.get("/customers", query_string={"filter": json.dumps(tree), "total": "true"})
    assert {item["name"] for item in answer.json["items"]} == found
    assert answer.json["total"] == {"count": len(found), "capped": False}


DEEP: Any = {"field": "stage", "value": "deal"}
for _ in range(6):
    DEEP = {"and": [DEEP]}
BAD: list[tuple[dict[str, str], tuple[str, str]]] = [
    ({"colour": "red"}, ("colour", "unknown-filter-field")),
    ({"stage.like": "d"}, ("stage.like", "bad-operator")),
    ({"stage.gt": "deal"}, ("stage.gt", "bad-operator")),
    ({"stage": "won"}, ("stage", "not-a-choice")),
    ({"stage.in": "deal,won"}, ("stage.in", "not-a-choice")),
    ({"employees": "ten"}, ("employees", "not-a-number")),
    ({"employees": "9" * 30}, ("employees", "not-a-number")),
    ({"owner_id": "me"}, ("owner_id", "not-an-id")),
    ({"created_at.gte": "yesterday"}, ("created_at.gte", "not-a-time")),
    ({"created_at.gte": "2026-03-18T07:00:00"}, ("created_at.gte", "not-a-time")),
    ({"created_at.gte": "0001-01-01T00:00:00+14:00"}, ("created_at.gte", "not-a-time")),
    ({"created_at.gte": "9999-12-31T23:00:00-14:00"}, ("created_at.gte", "not-a-time")),
    ({"tier.empty": "maybe"}, ("tier.empty", "not-a-boolean")),
    ({"region": "\x00"}, ("region", "bad-character")),
    ({"region": "长" * 201}, ("region", "too-long")),
    ({"region.in": ",".join("x" * 201)}, ("region.in", "too-many")),
    ({"search_text": "x"}, ("search_text", "unknown-filter-field")),
    ({"filter": "{"}, ("filter", "bad-filter")),
    ({"filter": "[]"}, ("filter", "bad-filter")),
    ({"filter": '{"and": {}}'}, ("filter.and", "not-a-list")),
    ({"filter": '{"and": [], "or": []}'}, ("filter", "bad-filter")),
    ({"filter": '{"field": "stage"}'}, ("filter", "bad-filter")),
    ({"filter": '{"field": "stage", "value": "deal", "x": 1}'}, ("filter", "bad-filter")),
    (
        {"filter": '{"and": [{"field": [], "value": 1}]}'},
        ("filter.and.0.field", "unknown-filter-field"),
    ),
    ({"filter": '{"and": [{"field": "stage", "op": 1, "value": 1}]}'}, ("filter.and.0.op", "bad-operator")),
    ({"filter": '{"or": [{"field": "stage", "value": 1}]}'}, ("filter.or.0.value", "not-text")),
    ({"filter": '{"field": "stage", "op": "in", "value": "deal"}'}, ("filter.value", "not-a-list")),
    ({"filter": '{"field": "employees", "op": "in", "value": [1, "2"]}'}, ("filter.value.1", "not-a-number")),
    ({"filter": '{"field": "employees", "value": 1e400}'}, ("filter", "bad-filter")),
    ({"filter": '{"field": "employees", "value": 99999999999999999999}'}, ("filter.value", "not-a-number")),
    ({"filter": json.dumps(DEEP)}, ("filter", "filter-too-deep")),
    (
        {"filter": json.dumps({"and": [{"and": []}] * 51})},
        ("filter", "filter-too-deep"),
    ),
    ({"sort": "owner"}, ("sort", "bad-sort")),
    ({"sort": "-"}, ("sort", "bad-sort")),
    ({"limit": "0"}, ("limit", "out-of-range")),
    ({"limit": "201"}, ("limit", "out-of-range")),
    ({"limit": "١"}, ("limit", "not-a-number")),
    ({"limit": "many"}, ("limit", "not-a-number")),
    ({"total": "perhaps"}, ("total", "not-a-boolean")),
    ({"q": "长" * 101}, ("q", "too-long")),
    ({"q": "甲\x00"}, ("q", "bad-character")),
]


@pytest.mark.parametrize(("asked", "fault"), BAD)
def test_names_what_it_cannot_ask(stock: Company, asked: dict[str, str], fault: tuple[str, str]) -> None:
    assert faults(stock.admin.get("/customers", query_string=asked)) == [fault]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", list(reversed(STOCK))),
        ("-updated_at", list(reversed(STOCK))),
        ("updated_at", list(STOCK)),
        ("created_at", list(STOCK)),
        ("-created_at", list(reversed(STOCK))),
        ("name", BY_NAME),
        ("-name", list(reversed(BY_NAME))),
    ],
)
def test_pages_neither_lose_nor_repeat(stock: Company, sort: str, order: list[str]) -> None:
    for limit in (1, 2, 5):
        found: list[str] = []
        cursor = None
        while True:
            asked = {"sort": sort, "limit": str(limit), "cursor": cursor}
            asked = {name: value for name, value in asked.items() if value}
            page = stock.admin.get("/customers", query_string=asked).json
            found += [item["name"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert found == order


def test_a_change_brings_a_customer_to_the_front(company: Company) -> None:
    made = [customer(company.admin, name) for name in ("甲", "乙", "丙")]
    assert change(company.admin, made[0], stage="deal").status_code == 200
    assert names(company.admin) == ["甲", "丙", "乙"]


def cursor_of(*content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


ID = "01980000-0000-7000-8000-000000000000"
NOW = "2026-03-18T07:00:00+00:00"


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "甲", "====", "A" * 3000, cursor_of(), cursor_of(1), cursor_of("-updated_at", NOW),
        cursor_of("-updated_at", NOW, "x"), cursor_of("-updated_at", "x", ID),
        cursor_of("-updated_at", 5, ID),
        cursor_of("-updated_at", "2026-03-18T07:00:00", ID), cursor_of("name", "甲", ID),
        cursor_of("-updated_at", NOW, ID, 1), cursor_of({"a": 1}, NOW, ID),
        cursor_of("-updated_at", NOW, None),
    ],
)  # fmt: skip
def test_refuses_a_cursor_that_is_not_its_own(stock: Company, cursor: str) -> None:
    answer = stock.admin.get("/customers", query_string={"cursor": cursor})
    assert faults(answer) == [("cursor", "bad-cursor")]


def test_refuses_a_cursor_with_what_no_text_holds(stock: Company) -> None:
    for value in ("\x00", "\ud800"):
        asked = {"sort": "name", "cursor": cursor_of("name", value, ID)}
        assert faults(stock.admin.get("/customers", query_string=asked)) == [("cursor", "bad-cursor")]


def test_counts_only_when_asked(stock: Company) -> None:
    assert "total" not in stock.admin.get("/customers").json
    answer = stock.admin.get("/customers?limit=2&total=true").json
    assert (len(answer["items"]), answer["total"]) == (2, {"count": 5, "capped": False})


def test_stops_counting_at_the_cap(stock: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.lists import pages, totals

    monkeypatch.setattr(pages, "COUNT_CAP", 3)
    monkeypatch.setattr(totals, "COUNT_CAP", 3)
    answer = stock.admin.get("/customers?total=true&stage.ne=lost").json
    assert (len(answer["items"]), answer["total"]) == (4, {"count": 3, "capped": True})


def test_counts_without_the_broker_too(stock: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    import redis

    from app.lists import totals

    def down() -> redis.Redis:
        return redis.Redis.from_url("redis://127.0.0.1:1")

    monkeypatch.setattr(totals, "broker", down)
    assert stock.admin.get("/customers?total=true&stage=deal").json["total"]["count"] == 2


def test_suggests_words_in_use(stock: Company) -> None:
    assert stock.admin.get("/customer-facets").json == {
        "sources": ["展会_2026"],
        "industries": [],
        "regions": ["上海", "河北", "浙江"],
        "tags": [{"name": "红", "count": 2}, {"name": "蓝", "count": 1}],
    }
