"""Finding records by custom fields, with and without the index being of use."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.lists import pages
from tests.customers.desk import worker
from tests.fields.conftest import Workshop
from tests.support.client import Company

ROWS: list[dict[str, Any]] = [
    {
        "c_n": 1,
        "c_d": "2026-01-01",
        "c_t": "Alpha",
        "c_m": ["red"],
        "c_y": True,
        "c_at": "2026-01-01T00:00:00Z",
    },
    {"c_n": 2.5, "c_d": "2026-02-01", "c_t": "beta", "c_m": ["red", "blue"], "c_y": False},
    {
        "c_n": -4,
        "c_d": "2025-12-31",
        "c_t": "alpha",
        "c_money": {"amount": 100},
        "c_at": "2026-03-01T00:00:00Z",
    },
    {},
]


@pytest.fixture
def stocked(workshop: Workshop) -> Workshop:
    """Customers 0 to 3 with fields of many kinds."""
    options = {"options": [{"value": "red", "label": "红"}, {"value": "blue", "label": "蓝"}]}
    for key, kind, settings in (
        ("c_n", "number", {"decimals": 2}),
        ("c_d", "date", {}),
        ("c_t", "text", {}),
        ("c_m", "multi_choice", options),
        ("c_y", "yes_no", {}),
        ("c_money", "money", {}),
        ("c_at", "date_time", {}),
    ):
        workshop.define(key, kind, key=key, settings=settings, filterable=True)
    for i, custom in enumerate(ROWS):
        workshop.customer(str(i), **custom)
    return workshop


@pytest.fixture(params=["by the index", "by walking"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both ways to answer: few candidates, or so many that the list is walked."""
    if request.param == "by walking":
        monkeypatch.setattr(pages, "CAP", 0)
    pages._common.clear()
    yield request.param
    pages._common.clear()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("c_n=2.5", "1"),
        ("c_n.gt=1", "1"),
        ("c_n.gte=1", "01"),
        ("c_n.lt=1", "2"),
        ("c_n.lte=-4", "2"),
        ("c_n.in=1,-4", "02"),
        ("c_n.ne=1", "123"),
        ("c_n.empty=true", "3"),
        ("c_n.gte=-10&c_d.lt=2026-01-15", "02"),
        ("c_d=2026-02-01", "1"),
        ("c_d.gte=2026-01-01", "01"),
        ("c_t=alpha", "2"),
        ("c_t.in=alpha,Alpha", "02"),
        ("c_t.contains=ALPH", "02"),
        ("c_m=red", "01"),
        ("c_m=blue", "1"),
        ("c_m.ne=blue", "023"),
        ("c_m.empty=false", "01"),
        ("c_y=true", "0"),
        ("c_y=false", "1"),
        ("c_money.gte=100", "2"),
        ("c_at.lt=2026-02-01T00:00:00Z", "0"),
        ("c_at.gte=2026-03-01T08:00:00%2B08:00", "2"),
        ("c_n=99", ""),
    ],
)
def test_a_filter_finds_what_it_says(stocked: Workshop, way: str, query: str, found: str) -> None:
    assert "".join(stocked.names(query)) == found


def test_trees_join_own_and_built_in_fields(stocked: Workshop, way: str) -> None:
    tree = {"or": [{"field": "c_n", "op": "gt", "value": 2}, {"field": "c_y", "value": True}]}
    assert "".join(stocked.names(f"filter={json.dumps(tree)}")) == "01"
    tree = {"and": [{"field": "stage", "value": "potential"}, {"field": "c_n", "op": "lt", "value": 2}]}
    assert "".join(stocked.names(f"filter={json.dumps(tree)}")) == "02"


def test_total_and_pages_know_custom_filters(stocked: Workshop, way: str) -> None:
    first = stocked.admin.get("/customers?c_n.gte=-10&sort=name&limit=2&total=true").json
    assert (first["total"], [one["name"] for one in first["items"]]) == (
        {"count": 3, "capped": False},
        ["0", "1"],
    )
    rest = stocked.admin.get(f"/customers?c_n.gte=-10&sort=name&limit=2&cursor={first['next_cursor']}").json
    assert ([one["name"] for one in rest["items"]], rest["next_cursor"]) == (["2"], None)


def test_the_scope_holds(company: Company, stocked: Workshop, way: str) -> None:
    seller = worker(company, name="下属").browser
    stocked.customer("我的", by=seller, c_n=1)
    assert stocked.names("c_n=1", by=seller) == ["我的"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("c_n=x", "c_n"),
        ("c_d=2026-13-01", "c_d"),
        ("c_m.gt=red", "c_m.gt"),
        ("c_m=green", "c_m"),
        ("c_y=maybe", "c_y"),
    ],
)
def test_values_that_are_none_are_refused(stocked: Workshop, query: str, field: str) -> None:
    answer = stocked.admin.get(f"/customers?{query}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == field


def test_a_field_that_is_not_filterable_is_no_filter(workshop: Workshop) -> None:
    field = workshop.define("合同号", "text", key="c_no")
    workshop.customer(c_no="1")
    assert workshop.admin.get("/customers?c_no=1").status_code == 422
    assert workshop.change(field, filterable=True).json["ready"] is False
    assert workshop.admin.get("/customers?c_no=1").status_code == 422
    workshop.work()
    assert workshop.names("c_no=1") == ["澄江机械有限公司"]
    assert [one["name"] for one in workshop.describe()["filters"]][-1] == "c_no"
