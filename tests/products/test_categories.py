"""The drawers of the catalogue."""

import pytest

from tests.products.test_products import category, faults, product
from tests.support.client import Company


def tree(company: Company) -> list[tuple[str, str | None, int]]:
    items = company.admin.get("/product-categories").json["items"]
    called = {one["id"]: one["name"] for one in items}
    return [(one["name"], called.get(one["parent_id"]), one["product_count"]) for one in items]


def test_stand_in_their_order_with_what_lies_in_them(company: Company) -> None:
    valves, pumps = category(company.admin, "阀门"), category(company.admin, "泵")
    category(company.admin, "球阀", valves["id"])
    product(company.admin, category_id=valves["id"])
    assert sorted(tree(company)) == [("泵", None, 0), ("球阀", "阀门", 0), ("阀门", None, 1)]
    path = f"/product-categories/{pumps['id']}"
    changed = company.admin.patch(path, {"name": "水泵", "parent_id": valves["id"]}, version=1)
    assert (changed.status_code, changed.json["version"]) == (200, 2)
    assert ("水泵", "阀门", 0) in tree(company)


@pytest.mark.parametrize(
    ("sent", "field", "code"),
    [
        ({"name": " 阀 门"}, "name", "already-exists"),
        ({"name": "长" * 51}, "name", "too-long"),
        ({"parent_id": "01a20007-7fb3-73b0-9cfe-606978e570ee"}, "parent_id", "unknown-reference"),
        ({"parent_id": "child"}, "parent_id", "category-cycle"),
    ],
)
def test_refuses_what_cannot_be(company: Company, sent: dict[str, str], field: str, code: str) -> None:
    category(company.admin, "阀门")
    pumps = category(company.admin, "泵")
    child = category(company.admin, "水泵", pumps["id"])
    before = tree(company)
    given = {name: child["id"] if value == "child" else value for name, value in sent.items()}
    answer = company.admin.patch(f"/product-categories/{pumps['id']}", given, version=1)
    assert faults(answer) == [(field, code)]
    assert tree(company) == before


def test_grow_no_deeper_than_six(company: Company) -> None:
    parent = None
    for name in "一二三四五六":
        parent = category(company.admin, name, parent)["id"]
    answer = company.admin.post("/product-categories", {"name": "七", "parent_id": parent})
    assert faults(answer) == [("parent_id", "category-too-deep")]
    assert len(tree(company)) == 6


def test_are_deleted_only_when_empty(company: Company) -> None:
    valves = category(company.admin, "阀门")
    made = product(company.admin, category_id=valves["id"])
    path = f"/product-categories/{valves['id']}"
    refused = company.admin.delete(path, version=1)
    assert (refused.status_code, refused.json["code"]) == (409, "category-not-empty")
    company.admin.patch(f"/products/{made['id']}", {"category_id": None}, version=1)
    assert company.admin.delete(path, version=1).status_code == 204
    assert tree(company) == []
