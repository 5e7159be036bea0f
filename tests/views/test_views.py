"""Views of lists: kept, shared, preferred, and read no farther than their reader may see."""

import json
from typing import Any

import pytest

from tests.fields.conftest import Workshop, refused
from tests.fields.conftest import workshop as workshop  # noqa: PLC0414
from tests.support.client import Browser, Company
from tests.support.people import change, department, hire, role_id
from tests.support.statements import sent

Json = dict[str, Any]
FORGOTTEN = {"and": [{"field": "last_activity_at", "op": "lt", "value": "-30d"}]}


@pytest.fixture
def seller(company: Company) -> Browser:
    return hire(company, "sales").browser


def keep(browser: Browser, name: str = "久未跟进", of: str = "customer", **facts: Any) -> Json:
    answer = browser.post(f"/lists/{of}/views", {"name": name, **facts})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def views(browser: Browser, of: str = "customer") -> Json:
    answer = browser.get(f"/lists/{of}/views")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def names(browser: Browser, of: str = "customer") -> list[str]:
    return [item["name"] for item in views(browser, of)["items"]]


def test_is_kept_as_it_was_said(seller: Browser) -> None:
    columns = [{"name": "name", "width": 240}, {"name": "stage", "width": None}]
    made = keep(seller, filter=FORGOTTEN, shown_columns=columns, sort="last_activity_at")
    assert made["filter"] == FORGOTTEN
    assert (made["shown_columns"], made["sort"], made["dropped"]) == (columns, "last_activity_at", [])
    assert (made["mine"], made["audience"], made["is_default"]) == (True, "private", False)
    assert made["can"] == {"update": True, "delete": True}
    assert views(seller) == {"items": [made], "default_view_id": None}
    assert seller.get(f"/views/{made['id']}").json == made


@pytest.mark.parametrize("of", ["contact", "activity", "task"])
def test_every_list_has_views_of_its_own(seller: Browser, of: str) -> None:
    keep(seller, "一", of)
    assert (names(seller, of), names(seller)) == (["一"], [])


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"name": " "}, "name", "required"),
        (
            {"filter": {"and": [{"field": "nothing", "value": 1}]}},
            "filter.and.0.field",
            "unknown-filter-field",
        ),
        ({"filter": {"field": "stage", "op": "eq", "value": "x"}}, "filter.value", "not-a-choice"),
        ({"filter": {"or": 1}}, "filter.or", "not-a-list"),
        ({"sort": "nothing"}, "sort", "bad-sort"),
        ({"shown_columns": [{"name": "name", "width": 5}]}, "shown_columns.0.width", "out-of-range"),
        ({"audience": "some"}, "audience", "nobody-shared-with"),
        ({"is_default": True}, "is_default", "default-is-shared"),
    ],
)
def test_refuses_what_no_list_takes(seller: Browser, facts: Json, field: str, code: str) -> None:
    answer = seller.post("/lists/customer/views", {"name": "坏", **facts})
    assert refused(answer) == [(field, code)]
    assert names(seller) == []


def test_one_sees_ones_own_alone_until_they_are_shared(company: Company, seller: Browser) -> None:
    other = hire(company, "sales").browser
    made = keep(seller)
    assert names(other) == []
    assert other.get(f"/views/{made['id']}").status_code == 404
    assert other.patch(f"/views/{made['id']}", {"name": "偷改"}, version=1).status_code == 404
    answer = seller.patch(f"/views/{made['id']}", {"audience": "everyone"}, version=1)
    assert (answer.status_code, names(other)) == (403, [])
    assert seller.get(f"/views/{made['id']}").json["version"] == 1


def test_is_shared_with_roles_and_departments_and_what_is_below_them(company: Company) -> None:
    upper = department(company, "华东")
    lower = department(company, "苏州", upper)
    below = hire(company, "sales", department_id=lower).browser
    aside = hire(company, "service").browser
    keep(company.admin, "华东的", audience="some", department_ids=[upper])
    keep(company.admin, "客服的", audience="some", role_ids=[role_id(company, "service")])
    keep(company.admin, "大家的", audience="everyone")
    assert names(below) == ["华东的", "大家的"]
    assert names(aside) == ["客服的", "大家的"]
    shared = views(below)["items"][0]
    assert (shared["mine"], shared["can"]) == (False, {"update": False, "delete": False})
    assert shared["department_ids"] == []
    answer = below.patch(f"/views/{shared['id']}", {"name": "我的"}, version=1)
    assert (answer.status_code, answer.json["code"]) == (403, "not-your-view")
    assert names(below) == ["华东的", "大家的"]


def test_a_role_that_is_not_there_is_refused(company: Company, seller: Browser) -> None:
    ghost = "019a0000-0000-7000-8000-000000000000"
    answer = company.admin.post(
        "/lists/customer/views", {"name": "鬼", "audience": "some", "role_ids": [ghost]}
    )
    assert refused(answer) == [("role_ids.0", "unknown-reference")]


def test_the_companys_default_and_ones_own(company: Company, seller: Browser) -> None:
    first = keep(company.admin, "一", audience="everyone", is_default=True)
    assert views(seller)["default_view_id"] == first["id"]
    second = keep(company.admin, "二", audience="everyone", is_default=True)
    assert views(seller)["default_view_id"] == second["id"]
    mine = keep(seller, "我的")
    order = [mine["id"], second["id"]]
    answer = seller.put("/lists/customer/view-choice", {"view_ids": order, "default_view_id": mine["id"]})
    assert [item["name"] for item in answer.json["items"]] == ["我的", "二", "一"]
    assert answer.json["default_view_id"] == mine["id"]
    assert views(company.admin)["default_view_id"] == second["id"]
    assert seller.delete(f"/views/{mine['id']}", version=1).status_code == 204
    assert (names(seller), views(seller)["default_view_id"]) == (["二", "一"], second["id"])


def test_only_what_one_sees_can_be_chosen(company: Company, seller: Browser) -> None:
    hidden = keep(company.admin)["id"]
    answer = seller.put("/lists/customer/view-choice", {"view_ids": [], "default_view_id": hidden})
    assert refused(answer) == [("default_view_id", "unknown-reference")]
    answer = seller.put("/lists/customer/view-choice", {"view_ids": [hidden]})
    assert refused(answer) == [("view_ids.0", "unknown-reference")]


def test_goes_and_comes_back(company: Company, seller: Browser) -> None:
    made = keep(seller)
    path = f"/views/{made['id']}"
    assert seller.delete(path, version=2).status_code == 412
    assert seller.delete(path, version=1).status_code == 204
    assert (names(seller), seller.get(path).status_code) == ([], 404)
    assert company.admin.post(f"{path}/restoration").status_code == 404
    assert seller.post(f"{path}/restoration").status_code == 200
    assert names(seller) == ["久未跟进"]
    lines = company.admin.get("/audit-records?subject_type=view").json["items"]
    assert [line["action"] for line in lines] == ["restored", "deleted", "created"]


def test_is_changed_on_the_version_it_was_read(seller: Browser) -> None:
    made = keep(seller, filter=FORGOTTEN)
    assert change(seller, f"/views/{made['id']}", name="别的", filter=None).json["filter"] is None
    stale = seller.patch(f"/views/{made['id']}", {"name": "又一个"}, version=1)
    assert stale.status_code == 412
    assert stale.json["conflicts"] == [{"field": "name", "yours": "又一个", "theirs": "别的"}]


def test_a_view_of_a_retired_field_opens_and_says_what_is_missing(workshop: Workshop) -> None:
    admin = workshop.admin
    field = workshop.define("合同级别", "text", key="c_grade", filterable=True)
    tree = {"and": [
        {"field": "stage", "op": "eq", "value": "deal"},
        {"or": [{"field": "c_grade", "op": "eq", "value": "A"}]},
    ]}  # fmt: skip
    made = keep(admin, filter=tree, shown_columns=[{"name": "name"}, {"name": "c_grade"}])
    assert made["filter"] == tree
    version = admin.get("/record-kinds/customer/fields").json["items"][0]["version"]
    answer = admin.put(f"/fields/{field['id']}/retirement", headers={"If-Match": f'"{version}"'})
    assert answer.status_code == 200, answer.json
    shown = admin.get(f"/views/{made['id']}").json
    assert shown["filter"] == {"and": [tree["and"][0]]}
    assert [column["name"] for column in shown["shown_columns"]] == ["name"]
    assert shown["dropped"] == [{"part": p, "label": "合同级别"} for p in ("filter", "column")]
    assert admin.get(f"/customers?filter={json.dumps(shown['filter'])}").status_code == 200


def test_a_view_tells_nothing_of_a_hidden_field(
    company: Company, workshop: Workshop, seller: Browser
) -> None:
    tree = {"or": [{"field": "region", "op": "contains", "value": "Tamarind"}]}
    columns = [{"name": "region"}, {"name": "phone"}]
    made = keep(company.admin, filter=tree, shown_columns=columns, audience="everyone")
    rights = {role_id(company, "sales"): {"region": "hidden", "phones": "hidden"}}
    assert company.admin.put("/record-kinds/customer/rights", {"rights": rights}).status_code == 200
    shown = seller.get(f"/views/{made['id']}")
    assert "Tamarind" not in shown.get_data(as_text=True)
    assert (shown.json["filter"], shown.json["shown_columns"]) == (None, [])
    assert shown.json["dropped"] == [{"part": part, "label": None} for part in ("filter", "column", "column")]
    answer = seller.post("/lists/customer/views", {"name": "窥探", "filter": tree})
    assert refused(answer) == [("filter.or.0.field", "unknown-filter-field")]
    assert company.admin.get(f"/views/{made['id']}").json["filter"] == tree


def test_who_may_not_look_at_a_list_has_no_views_of_it(company: Company) -> None:
    company.admin.post("/roles", {"name": "只看待办", "permissions": {"task:read": "own"}})
    browser = hire(company, "只看待办").browser
    made = keep(company.admin, audience="everyone")
    assert browser.get("/lists/customer/views").status_code == 403
    assert browser.get(f"/views/{made['id']}").status_code == 403
    assert browser.post("/lists/customer/views", {"name": "一"}).status_code == 403
    assert names(browser, "task") == []


def test_however_many_views_cost_the_same(company: Company, seller: Browser) -> None:
    def count() -> int:
        views(seller)
        with sent() as statements:
            views(seller)
        return len(statements)

    keep(seller, "一")
    before = count()
    for n in range(5):
        keep(company.admin, f"共享 {n}", audience="everyone", filter=FORGOTTEN)
    assert count() == before == 2
