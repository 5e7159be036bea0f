"""Lists in the order of own fields: however records are found, those without a value come last."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from app.core import keyset
from app.lists import asides, pages
from tests.contacts import people
from tests.customers.desk import worker
from tests.exports.conftest import Counter
from tests.fields.conftest import Workshop, refused
from tests.support.client import Browser, Company
from tests.support.people import hire, role_id
from tests.support.statements import sent

ROWS: dict[str, dict[str, Any]] = {
    "甲": {
        "c_n": 3,
        "c_d": "2026-03-01",
        "c_t": "beta",
        "c_y": True,
        "c_m": {"amount": 100},
        "c_pick": "high",
    },
    "乙": {"c_n": -1.5, "c_d": "2025-12-31", "c_t": "Alpha", "c_y": False, "c_pick": "high"},
    "丙": {"c_at": "2026-01-01T00:00:00Z"},
    "丁": {
        "c_n": 3,
        "c_d": "2026-01-01",
        "c_m": {"amount": 99},
        "c_at": "2026-01-02T00:00:00Z",
        "c_pick": "low",
    },
    "戊": {},
}
KINDS = {
    "c_n": "number",
    "c_d": "date",
    "c_t": "text",
    "c_y": "yes_no",
    "c_m": "money",
    "c_at": "date_time",
    "c_pick": "choice",
    "c_many": "multi_choice",
}


@pytest.fixture
def seller(company: Company, workshop: Workshop) -> Browser:
    """Somebody whose own customers have fields of many kinds; a colleague has one more."""
    options = {"options": [{"value": value, "label": value} for value in ("low", "high")]}
    for key, kind in KINDS.items():
        settings = {"number": {"decimals": 1}, "choice": options, "multi_choice": options}.get(kind, {})
        workshop.define(key, kind, key=key, settings=settings, filterable=True)
    browser = worker(company).browser
    for name, custom in ROWS.items():
        workshop.customer(name, by=browser, **custom)
    workshop.customer("别人的", c_n=2)
    return browser


@pytest.fixture(params=["found first", "walked by value"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both ways to answer: few records sorted, or so many that their values are walked."""
    if request.param == "walked by value":
        monkeypatch.setattr(asides, "FEW", 0)
        monkeypatch.setattr(pages, "CAP", 0)
    pages._common.clear()
    yield request.param
    pages._common.clear()


def turned(browser: Browser, query: str) -> str:
    """All names of a list, two on a page."""
    names, cursor = "", ""
    while cursor is not None:
        answer = browser.get(f"/customers?{query}&limit=2&cursor={cursor}")
        assert answer.status_code == 200, answer.json
        names += "".join(item["name"] for item in answer.json["items"])
        cursor = answer.json["next_cursor"]
    return names


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("sort=c_n", "乙甲丁丙戊"),
        ("sort=-c_n", "丁甲乙戊丙"),
        ("sort=c_d", "乙丁甲丙戊"),
        ("sort=-c_t", "甲乙戊丁丙"),
        ("sort=c_y", "乙甲丙丁戊"),
        ("sort=-c_m", "甲丁戊丙乙"),
        ("sort=c_at", "丙丁甲乙戊"),
        ("sort=c_pick", "丁甲乙丙戊"),
        ("sort=-c_pick", "乙甲丁戊丙"),
        ("sort=-c_pick&c_pick=high", "乙甲"),
        ("sort=-c_n&c_n.lt=3", "乙"),
        ("sort=c_d&c_n.gte=0", "丁甲"),
        ("sort=-c_n&c_n.empty=true", "戊丙"),
        ("sort=-c_d&q=甲", "甲"),
    ],
)
def test_values_first_in_their_order_then_the_rest(seller: Browser, way: str, query: str, order: str) -> None:
    assert turned(seller, query) == order, way


def test_everybody_walks_one_statement(company: Company, seller: Browser) -> None:
    assert turned(company.admin, "sort=c_n") == "乙别人的甲丁丙戊"
    for browser in (company.admin, seller):
        with sent() as statements:
            assert browser.get("/customers?sort=-c_n").status_code == 200
        assert len(statements) == 1


def test_what_has_no_order_or_is_hidden_is_refused(
    company: Company, workshop: Workshop, seller: Browser
) -> None:
    sorts = workshop.describe()["sorts"]
    assert {"c_n", "-c_n", "c_t", "name"} <= set(sorts)
    assert "c_many" not in sorts
    view = {"name": "按数量", "sort": "-c_n", "audience": "everyone"}
    kept = workshop.admin.post("/lists/customer/views", view).json
    assert kept["sort"] == "-c_n"
    assert refused(seller.get("/customers?sort=c_many")) == [("sort", "bad-sort")]
    assert refused(seller.get("/contacts?sort=c_n")) == [("sort", "bad-sort")]
    boss = hire(company, "manager").browser
    assert boss.get("/customers?sort=c_n").status_code == 200
    limits = {role_id(company, "manager"): {"c_n": "hidden"}}
    assert workshop.admin.put("/record-kinds/customer/rights", {"rights": limits}).status_code == 200
    assert refused(boss.get("/customers?sort=c_n")) == [("sort", "bad-sort")]
    assert refused(boss.post("/lists/customer/views", view | {"audience": "private"})) == [
        ("sort", "bad-sort")
    ]
    assert boss.get(f"/views/{kept['id']}").json["sort"] == ""
    assert "c_n" not in boss.get("/record-kinds/customer").json["sorts"]
    ask = {"type": "customer", "format": "csv", "sort": "c_n"}
    assert refused(boss.post("/exports", ask | {"field_names": ["name"]})) == [("sort", "bad-sort")]


def test_cursors_of_other_orders_and_broken_ones_are_refused(company: Company, seller: Browser) -> None:
    first = seller.get("/customers?sort=c_n&limit=1").json["next_cursor"]
    for query in (f"sort=c_d&cursor={first}", "sort=c_n&cursor=WyJjX24iLCJ4IiwieCJd"):
        assert refused(seller.get(f"/customers?{query}")) == [("cursor", "bad-cursor")]


def test_places_beyond_all_values_are_the_end(seller: Browser, way: str) -> None:
    for key, value in (("c_n", "9" * 40), ("c_pick", "9" * 40), ("c_t", "\U0010ffff")):
        sort = keyset.Sort(keyset.SortKey(key, "", str), descending=False)
        place = keyset.write_cursor(sort, value, str(UUID(int=2**128 - 1)))
        answer = seller.get(f"/customers?sort={key}&{key}.empty=false&cursor={place}")
        assert (answer.status_code, answer.json["items"]) == (200, []), way


def test_exports_follow(company: Company, workshop: Workshop, seller: Browser) -> None:
    rows = Counter(company, company.admin).rows(field_names=["name"], sort="-c_n")
    assert [name for (name,) in rows[1:]] == ["丁", "甲", "别人的", "乙", "戊", "丙"]


def test_contacts_within_a_scope(company: Company, workshop: Workshop, way: str) -> None:
    workshop.define("级别", "number", entity="contact", key="c_g", filterable=True)
    theirs = people.worker(company, name="同事").browser
    host = people.customer(theirs)
    for name, custom in (("甲", {"c_g": 2}), ("乙", {}), ("丙", {"c_g": 5})):
        people.contact(theirs, name, customer_id=host["id"], custom=custom)
    people.contact(workshop.admin, "别人的", custom={"c_g": 3})
    assert people.names(theirs, "/contacts?sort=-c_g") == ["丙", "甲", "乙"], way
    assert people.names(theirs, f"/customers/{host['id']}/contacts?sort=c_g") == ["甲", "丙", "乙"], way
