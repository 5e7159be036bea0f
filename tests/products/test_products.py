"""Products: made, shown, changed, retired, listed, found and deleted."""

from typing import Any

import pytest

from tests.files.shelf import bring
from tests.support.client import Browser, Company
from tests.support.people import hire
from tests.support.statements import sent

PRICE = {"amount": 128_000, "currency": "CNY"}
WHOLE = {
    "name": "深沟球轴承",
    "code": "ZC-6204",
    "unit": "套",
    "specification": "20×47×14 mm",
    "description": "双面密封\n出厂已注脂",
    "list_price": PRICE,
    "cost": {"amount": 76_000, "currency": "CNY"},
    "floor_price": {"amount": 99_000, "currency": "CNY"},
    "tax_rate": 1300,
}


def product(browser: Browser, **facts: Any) -> dict[str, Any]:
    answer = browser.post("/products", {"name": "球阀", "list_price": PRICE, **facts})
    assert answer.status_code == 201, answer.json
    made: dict[str, Any] = answer.json
    return made


def category(browser: Browser, name: str, parent_id: str | None = None) -> dict[str, Any]:
    answer = browser.post("/product-categories", {"name": name, "parent_id": parent_id})
    assert answer.status_code == 201, answer.json
    made: dict[str, Any] = answer.json
    return made


def names(browser: Browser, query: str = "") -> list[str]:
    answer = browser.get(f"/products?{query}")
    assert answer.status_code == 200, answer.json
    return [one["name"] for one in answer.json["items"]]


def faults(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.json
    return [(one["field"], one["code"]) for one in answer.json["errors"]]


def deeds(browser: Browser, product_id: str) -> list[str]:
    return [one["kind"] for one in browser.get(f"/products/{product_id}/timeline").json["items"]]


def test_keeps_everything_that_was_sent(company: Company) -> None:
    drawer = category(company.admin, "轴承")
    picture = bring(company.admin, "轴承.png")["id"]
    made = product(company.admin, **{**WHOLE, "category_id": drawer["id"], "image_id": picture})
    assert {name: made[name] for name in WHOLE} == WHOLE
    assert (made["state"], made["version"], made["editable"]) == ("active", 1, True)
    assert made["category"] == {"id": drawer["id"], "name": "轴承"}
    assert made["image"] == {"id": picture, "name": "轴承.png"}
    assert made["can"] == {"update": True, "delete": True}
    assert company.admin.get(f"/products/{made['id']}").json == made
    assert company.admin.get(f"/attachments/{picture}/thumbnail").status_code == 200
    assert deeds(company.admin, made["id"]) == ["created"]


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"name": " "}, "name", "required"),
        ({"code": "长" * 51}, "code", "too-long"),
        ({"code": "--"}, "code", "bad-character"),
        ({"code": "zc 6204"}, "code", "already-exists"),
        ({"list_price": {"amount": -1}}, "list_price.amount", "out-of-range"),
        ({"list_price": None}, "list_price", "null"),
        ({"cost": {"amount": 1, "currency": "USD"}}, "cost.currency", "currency-differs"),
        ({"tax_rate": 10_001}, "tax_rate", "out-of-range"),
        ({"category_id": "01a20007-7fb3-73b0-9cfe-606978e570ee"}, "category_id", "unknown-reference"),
        ({"image_id": "01a20007-7fb3-73b0-9cfe-606978e570ee"}, "image_id", "unknown-reference"),
        ({"state": "retired"}, "state", "unknown-field"),
    ],
)
def test_refuses_what_cannot_be(company: Company, given: dict[str, Any], field: str, code: str) -> None:
    product(company.admin, code="ZC-6204")
    answer = company.admin.post("/products", {"name": "球阀", "list_price": PRICE, **given})
    assert faults(answer) == [(field, code)]
    assert names(company.admin) == ["球阀"]


def test_is_changed_by_whoever_has_seen_the_latest(company: Company) -> None:
    made = product(company.admin, **WHOLE)
    path = f"/products/{made['id']}"
    changed = company.admin.patch(path, {"name": "角接触轴承", "cost": None}, version=1)
    assert (changed.status_code, changed.json["name"], changed.json["cost"]) == (200, "角接触轴承", None)
    assert changed.json["version"] == 2
    stale = company.admin.patch(path, {"unit": "件"}, version=1)
    assert stale.status_code == 412
    assert stale.json["conflicts"] == [{"field": "unit", "yours": "件", "theirs": "套"}]
    assert company.admin.patch(path, {"name": "角接触轴承"}, version=2).json["version"] == 2
    assert deeds(company.admin, made["id"]) == ["updated", "created"]
    dollars = {"list_price": {"amount": 1, "currency": "USD"}}
    refused = company.admin.patch(path, dollars, version=2)
    assert faults(refused) == [("floor_price.currency", "currency-differs")]


def test_is_retired_and_offered_again(company: Company) -> None:
    made = product(company.admin)
    path = f"/products/{made['id']}"
    gone = company.admin.post(f"{path}/retirement")
    assert (gone.status_code, gone.json["state"]) == (200, "retired")
    assert names(company.admin, "state=active") == []
    back = company.admin.delete(f"{path}/retirement")
    assert (back.status_code, back.json["state"]) == (200, "active")
    assert deeds(company.admin, made["id"]) == ["reactivated", "retired", "created"]


def test_lists_sorts_finds_and_filters_in_a_fixed_number_of_statements(company: Company) -> None:
    parts, bearings = category(company.admin, "配件"), None
    bearings = category(company.admin, "轴承", parts["id"])
    product(company.admin, name="球阀", code="QF-01", list_price={"amount": 300, "currency": "CNY"})
    product(company.admin, name="轴承座", category_id=parts["id"], list_price={"amount": 100})
    product(company.admin, name="滚子轴承", category_id=bearings["id"], list_price={"amount": 200})
    assert names(company.admin, "sort=list_price") == ["轴承座", "滚子轴承", "球阀"]
    assert names(company.admin, "sort=name") == ["滚子轴承", "球阀", "轴承座"]
    assert names(company.admin, "sort=-code")[0] == "球阀"
    assert sorted(names(company.admin, f"category_id={parts['id']}")) == ["滚子轴承", "轴承座"]
    assert names(company.admin, f"category_id={bearings['id']}") == ["滚子轴承"]
    assert names(company.admin, "category_id.empty=true") == ["球阀"]
    assert names(company.admin, "list_price.gte=201") == ["球阀"]
    for typed in ("qf01", "qiufa", "qf", "球"):
        assert names(company.admin, f"q={typed}") == ["球阀"]
    first = company.admin.get("/products?sort=list_price&limit=2").json
    assert names(company.admin, f"sort=list_price&limit=2&cursor={first['next_cursor']}") == ["球阀"]
    found = company.admin.get("/search?q=qiufa").json["products"]
    assert [(one["name"], one["code"]) for one in found] == [("球阀", "QF-01")]
    with sent() as few:
        names(company.admin, "limit=1")
    with sent() as many:
        names(company.admin, "limit=3")
    assert len(many) == len(few)


def test_goes_to_the_bin_and_comes_back_unless_its_code_is_taken(company: Company) -> None:
    made = product(company.admin, code="QF-01")
    assert company.admin.delete(f"/products/{made['id']}", version=1).status_code == 204
    assert company.admin.get(f"/products/{made['id']}").status_code == 404
    lying = company.admin.get("/recycle-bin?type=product").json["items"]
    assert [(one["name"], one["version"]) for one in lying] == [("球阀", 2)]
    other = product(company.admin, code="qf01")
    refused = company.admin.post(f"/recycle-bin/product/{made['id']}/restoration")
    assert (refused.status_code, refused.json["code"]) == (409, "product-code-taken")
    assert company.admin.delete(f"/products/{other['id']}", version=1).status_code == 204
    back = company.admin.post(f"/recycle-bin/product/{made['id']}/restoration")
    assert (back.status_code, back.json["code"]) == (200, "QF-01")
    assert company.admin.delete(f"/recycle-bin/product/{other['id']}", version=2).status_code == 204
    assert company.admin.get("/recycle-bin?type=product").json["items"] == []


def test_cost_does_not_exist_without_the_right(company: Company) -> None:
    made = product(company.admin, **WHOLE)
    path = f"/products/{made['id']}"
    company.admin.patch(path, {"cost": {"amount": 77_000, "currency": "CNY"}}, version=1)
    seller, manager = hire(company, "sales").browser, hire(company, "manager").browser
    assert manager.get(path).json["cost"] == {"amount": 77_000, "currency": "CNY"}
    seen = seller.get(path).json
    assert (seen["cost"], seen["floor_price"], seen["list_price"]) == (None, None, PRICE)
    [listed] = seller.get("/products").json["items"]
    assert (listed["cost"], listed["floor_price"]) == (None, None)
    assert faults(seller.get("/products?cost.gt=1")) == [("cost.gt", "unknown-filter-field")]
    kind = seller.get("/record-kinds/product").json
    assert {"cost", "floor_price"}.isdisjoint(one["name"] for one in kind["fields"])
    line = seller.get(f"{path}/timeline").json["items"]
    assert {"cost", "floor_price"}.isdisjoint(c["field"] for one in line for c in one["changes"])
    [last, _] = manager.get(f"{path}/timeline").json["items"]
    assert [change["field"] for change in last["changes"]] == ["cost"]


def test_only_managers_of_the_catalogue_change_it(company: Company) -> None:
    made, drawer = product(company.admin), category(company.admin, "阀门")
    seller = hire(company, "sales").browser
    path = f"/products/{made['id']}"
    assert (seller.get(path).json["editable"], seller.get(path).json["can"]["delete"]) == (False, False)
    refusals = [
        seller.post("/products", {"name": "泵", "list_price": PRICE}),
        seller.patch(path, {"name": "泵"}, version=1),
        seller.delete(path, version=1),
        seller.post(f"{path}/retirement"),
        seller.post("/product-categories", {"name": "泵"}),
        seller.patch(f"/product-categories/{drawer['id']}", {"name": "泵"}, version=1),
        seller.delete(f"/product-categories/{drawer['id']}", version=1),
    ]
    assert [one.status_code for one in refusals] == [403] * 7
    assert company.admin.get(path).json == made
    assert [one["name"] for one in seller.get("/product-categories").json["items"]] == ["阀门"]


def test_a_field_can_point_to_a_product(company: Company) -> None:
    made = product(company.admin, name="球阀")
    wanted = {"entity": "customer", "label": "主推产品", "kind": "record", "settings": {"target": "product"}}
    field = company.admin.post("/fields", wanted).json["key"]
    kept = company.admin.post("/customers", {"name": "甲", "custom": {field: made["id"]}}).json
    assert kept["custom"][field] == {"id": made["id"], "name": "球阀"}
    nobody = {"name": "乙", "custom": {field: "01a20007-7fb3-73b0-9cfe-606978e570ee"}}
    assert faults(company.admin.post("/customers", nobody)) == [(f"custom.{field}", "unknown-reference")]
