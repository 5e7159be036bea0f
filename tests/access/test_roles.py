"""Roles: bundles of permissions that a company makes for itself."""

from typing import Any

import pytest

from app.access.permissions import Permission
from tests.access.conftest import Trail
from tests.support.client import Company
from tests.support.people import change, hire, invite, role_id
from tests.support.statements import sent

BUILT_IN = ["administrator", "manager", "sales", "service", "finance", "marketing", "viewer"]


def make(company: Company, name: str, **permissions: str) -> Any:
    granted = {code.replace("__", ":"): scope for code, scope in permissions.items()}
    return company.admin.post("/roles", {"name": name, "permissions": granted})


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["code"]


def test_a_new_company_has_the_built_in_roles(company: Company) -> None:
    roles = company.admin.get("/roles").json["items"]
    assert sorted(role["code"] for role in roles) == sorted(BUILT_IN)
    admin = next(role for role in roles if role["code"] == "administrator")
    assert admin["permissions"] == {permission.value: "all" for permission in Permission}
    assert (admin["user_count"], admin["built_in"]) == (1, True)
    assert admin["can"] == {"update": False, "require_second_factor": True, "delete": False}
    viewer = next(role for role in roles if role["code"] == "viewer")
    assert viewer["can"] == {"update": True, "require_second_factor": True, "delete": False}


def test_makes_a_role(company: Company, trail: Trail) -> None:
    answer = company.admin.post(
        "/roles",
        {
            "name": "区域经理",
            "description": "看得远",
            "permissions": {"user:invite": "all", "customer:read": "department"},
        },
    )
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
    role = answer.json
    assert role["permissions"] == {"customer:read": "department", "user:invite": "all"}
    assert (role["code"], role["built_in"], role["user_count"]) == (None, False, 0)
    assert role["can"] == {"update": True, "require_second_factor": True, "delete": True}
    assert company.admin.get(f"/roles/{role['id']}").json == role
    (record,) = trail(company, subject_id=role["id"])
    assert (record["action"], record["subject_type"], record["subject_label"]) == (
        "created",
        "role",
        "区域经理",
    )
    assert record["changes"] == [
        {"field": "name", "before": None, "after": "区域经理"},
        {"field": "description", "before": None, "after": "看得远"},
        {"field": "customer:read", "before": None, "after": "department"},
        {"field": "user:invite", "before": None, "after": "all"},
    ]


def test_what_a_permission_needs_comes_along(company: Company) -> None:
    make(company, "人事", user__manage="all")
    colleague = hire(company, "人事")
    assert colleague.browser.get("/session").json["permissions"] == {
        "user:manage": "all",
        "user:read": "all",
    }
    assert colleague.browser.get("/users").status_code == 200


@pytest.mark.parametrize(
    ("permissions", "field", "code"),
    [
        ({"customer:fly": "all"}, "permissions.customer:fly", "unknown-permission"),
        ({"customer:read": "galaxy"}, "permissions.customer:read", "not-a-choice"),
        ({"customer:read": None}, "permissions.customer:read", "not-a-choice"),
        ({"customer:read": ["all"]}, "permissions.customer:read", "not-a-choice"),
        ({"audit:read": "own"}, "permissions.audit:read", "not-a-choice"),
        (["customer:read"], "permissions", "not-an-object"),
        (None, "permissions", "null"),
    ],
)
def test_refuses_permissions_that_there_are_not(
    company: Company, permissions: Any, field: str, code: str
) -> None:
    answer = company.admin.post("/roles", {"name": "奇怪", "permissions": permissions})
    assert answer.status_code == 422
    assert [(error["field"], error["code"]) for error in answer.json["errors"]] == [(field, code)]
    assert len(company.admin.get("/roles").json["items"]) == len(BUILT_IN)


def test_names_are_taken_once(company: Company) -> None:
    for name in ("销售", "管理员"):
        answer = make(company, name)
        assert answer.status_code == 422
        assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [("name", "already-exists")]
    role = make(company, "临时").json
    renamed = change(company.admin, f"/roles/{role['id']}", name="销售")
    assert renamed.status_code == 422
    assert change(company.admin, f"/roles/{role['id']}", name="临时").status_code == 200


def test_changes_a_role_even_a_built_in_one(company: Company, trail: Trail) -> None:
    path = f"/roles/{role_id(company, 'viewer')}"
    answer = change(company.admin, path, name="旁观", permissions={"contact:read": "own"})
    assert answer.status_code == 200
    assert (answer.json["name"], answer.json["code"], answer.json["version"]) == ("旁观", "viewer", 2)
    assert answer.json["permissions"] == {"contact:read": "own"}
    assert trail(company, subject_id=answer.json["id"])[0]["changes"] == [
        {"field": "activity:read", "before": "all", "after": None},
        {"field": "asset:read", "before": "all", "after": None},
        {"field": "contact:read", "before": "all", "after": "own"},
        {"field": "customer:read", "before": "all", "after": None},
        {"field": "product:read", "before": "all", "after": None},
        {"field": "quote:read", "before": "all", "after": None},
        {"field": "name", "before": "只读", "after": "旁观"},
    ]


def test_the_administrators_role_is_fixed(company: Company) -> None:
    path = f"/roles/{role_id(company, 'administrator')}"
    before = company.admin.get(path).json
    for sent_ in ({"name": "老板"}, {"permissions": {}}):
        assert refused(change(company.admin, path, **sent_)) == (409, "administrator-is-fixed")
    assert refused(company.admin.delete(path, version=1)) == (409, "built-in-role")
    assert company.admin.get(path).json == before


@pytest.mark.parametrize("code", BUILT_IN[1:])
def test_built_in_roles_stay(company: Company, code: str) -> None:
    answer = company.admin.delete(f"/roles/{role_id(company, code)}", version=1)
    assert refused(answer) == (409, "built-in-role")


def test_a_role_in_use_stays(company: Company) -> None:
    role = make(company, "临时", customer__read="own").json
    path = f"/roles/{role['id']}"
    waiting = invite(company, "临时").json["id"]
    assert refused(company.admin.delete(path, version=1)) == (409, "role-in-use")
    company.admin.delete(f"/invitations/{waiting}")
    colleague = hire(company, "临时")
    assert refused(company.admin.delete(path, version=1)) == (409, "role-in-use")
    assert company.admin.get(path).json["user_count"] == 1
    change(company.admin, f"/users/{colleague.id}", state="disabled")
    assert refused(company.admin.delete(path, version=1)) == (409, "role-in-use")
    assert company.admin.get(path).json["user_count"] == 0
    change(company.admin, f"/users/{colleague.id}", role_ids=[])
    assert company.admin.delete(path, version=1).status_code == 204
    assert company.admin.get(path).status_code == 404


def test_changes_say_which_version_they_are_based_on(company: Company) -> None:
    path = f"/roles/{make(company, '临时').json['id']}"
    assert company.admin.patch(path, {"name": "x"}).status_code == 428
    assert company.admin.delete(path).status_code == 428
    change(company.admin, path, permissions={"audit:read": "all"})
    stale = company.admin.patch(path, {"permissions": {}, "name": "临时"}, version=1)
    assert stale.status_code == 412
    assert stale.json["conflicts"] == [{"field": "permissions", "yours": {}, "theirs": {"audit:read": "all"}}]
    assert company.admin.get(path).json["permissions"] == {"audit:read": "all"}


def test_other_companies_have_no_part_in_it(company: Company, other_company: Company) -> None:
    path, other = f"/roles/{role_id(company, 'viewer')}", other_company.admin
    assert other.get(path).status_code == 404
    assert other.patch(path, {"name": "x"}, version=1).status_code == 404
    assert other.delete(path, version=1).status_code == 404
    assert company.admin.get(path).json["version"] == 1


def test_roles_are_for_those_who_deal_with_colleagues(company: Company) -> None:
    sales = hire(company, "sales").browser
    assert sales.get("/roles").status_code == 403
    assert sales.post("/roles", {"name": "x", "permissions": {}}).status_code == 403
    manager = hire(company, "manager").browser
    assert manager.get("/roles").status_code == 200
    assert manager.post("/roles", {"name": "x", "permissions": {}}).status_code == 403


@pytest.mark.parametrize(("locale", "label"), [("zh-CN", "查看客户"), ("en", "See customers")])
def test_permissions_are_told_in_the_readers_words(company: Company, locale: str, label: str) -> None:
    assert company.admin.patch("/profile", {"locale": locale}).status_code == 200
    items = company.admin.get("/permissions").json["items"]
    assert sorted(item["code"] for item in items) == sorted(permission.value for permission in Permission)
    read = next(item for item in items if item["code"] == "customer:read")
    assert (read["label"], read["scoped"]) == (label, True)
    assert all(item["group"] and item["label"] and item["description"] for item in items)
    groups = [item["group"] for item in items]
    assert [g for i, g in enumerate(groups) if g not in groups[:i]] == [
        g for i, g in enumerate(groups) if i == 0 or groups[i - 1] != g
    ]


def test_roles_take_as_many_statements_however_many_there_are(company: Company) -> None:
    counts = []
    for number in range(2):
        company.admin.get("/session")
        with sent() as statements:
            assert company.admin.get("/roles").status_code == 200
        counts.append(len(statements))
        for more in range(5):
            make(company, f"角色{number}{more}", customer__read="own")
        hire(company, f"角色{number}0")
    assert counts == [2, 2]
