"""Nobody hands out, or takes hold of, more than they have."""

from typing import Any

import pytest

from tests.support.client import PASSWORD, Browser, Company
from tests.support.people import Colleague, change, department, hire, invite, role_id, root_id

BEYOND = (403, "beyond-own-rights")
HUMAN_RESOURCES = {
    "user:manage": "all",
    "user:invite": "all",
    "role:manage": "all",
    "department:manage": "all",
}


def make_role(company: Company, name: str, permissions: dict[str, str]) -> str:
    answer = company.admin.post("/roles", {"name": name, "permissions": permissions})
    assert answer.status_code == 201, answer.json
    role: str = answer.json["id"]
    return role


def clerk(company: Company, reach: dict[str, str], **facts: Any) -> Colleague:
    """Somebody who deals with colleagues and reaches so far."""
    make_role(company, "人事", {**HUMAN_RESOURCES, **reach})
    return hire(company, "人事", name="安然", **facts)


def outcome(answer: Any) -> tuple[int, str | None]:
    return answer.status_code, answer.json["code"] if answer.status_code >= 400 else None


@pytest.mark.parametrize(
    "permissions",
    [
        {"audit:read": "all"},
        {"customer:read": "all"},
        {"customer:read": "department"},
        {"tenant:manage": "all"},
    ],
)
def test_no_role_grants_what_its_maker_lacks(company: Company, permissions: dict[str, str]) -> None:
    me = clerk(company, {"customer:read": "own"})
    before = company.admin.get("/roles").json
    assert outcome(me.browser.post("/roles", {"name": "后门", "permissions": permissions})) == BEYOND
    mine = f"/roles/{role_id(company, '人事')}"
    assert outcome(change(me.browser, mine, permissions={**HUMAN_RESOURCES, **permissions})) == BEYOND
    assert company.admin.get("/roles").json == before
    allowed = me.browser.post("/roles", {"name": "小", "permissions": {"customer:read": "own"}})
    assert allowed.status_code == 201


def test_a_role_beyond_ones_own_is_not_ones_to_change(company: Company) -> None:
    me = clerk(company, {"customer:read": "own"})
    path = f"/roles/{role_id(company, 'viewer')}"
    assert me.browser.get(path).json["can"] == {
        "update": False,
        "require_second_factor": False,
        "delete": False,
    }
    assert outcome(change(me.browser, path, permissions={})) == BEYOND
    assert outcome(change(me.browser, path, name="x")) == BEYOND
    big = f"/roles/{make_role(company, '大', {'audit:read': 'all'})}"
    assert outcome(me.browser.delete(big, version=1)) == BEYOND
    assert company.admin.get(path).json["version"] == company.admin.get(big).json["version"] == 1


def test_nobody_gets_roles_beyond_the_givers(company: Company) -> None:
    me = clerk(company, {"customer:read": "own"})
    small = make_role(company, "小", {"customer:read": "own"})
    colleague = hire(company, "小", name="赵一")
    for code in ("administrator", "viewer", "manager"):
        roles = [small, role_id(company, code)]
        for user in (me.id, colleague.id):
            answer = change(me.browser, f"/users/{user}", role_ids=roles)
            assert outcome(answer) == BEYOND
    assert [r["id"] for r in company.admin.get(f"/users/{colleague.id}").json["roles"]] == [small]
    assert change(me.browser, f"/users/{colleague.id}", role_ids=[]).status_code == 200


def test_those_above_are_not_ones_to_manage(company: Company) -> None:
    me, boss = clerk(company, {"customer:read": "own"}), hire(company, "manager", name="赵一")
    for user in (company.user_id, boss.id):
        path = f"/users/{user}"
        assert me.browser.get(path).json["can"] == {
            "update": False,
            "reset_password": False,
            "end_sessions": False,
        }
        assert outcome(change(me.browser, path, state="disabled")) == BEYOND
        assert outcome(change(me.browser, path, role_ids=[])) == BEYOND
        assert outcome(change(me.browser, path, department_id=None)) == BEYOND
        assert outcome(me.browser.post(f"{path}/password-reset")) == BEYOND
        assert outcome(me.browser.delete(f"{path}/sessions")) == BEYOND
    assert company.admin.get("/session").status_code == boss.browser.get("/session").status_code == 200
    assert company.admin.get(f"/users/{boss.id}").json["version"] == 1


def test_nobody_is_invited_to_more_than_the_inviter_has(company: Company) -> None:
    manager = hire(company, "manager")
    for code in ("administrator", "viewer", "finance"):
        assert outcome(invite(company, code, by=manager.browser)) == BEYOND
    assert company.admin.get("/invitations").json["items"][0]["state"] == "accepted"
    for code in ("sales", "manager"):
        assert invite(company, code, by=manager.browser).status_code == 201


def test_nobody_is_invited_into_a_part_the_inviter_does_not_reach(company: Company) -> None:
    east, west = department(company, "华东"), department(company, "华西")
    shanghai = department(company, "上海", east)
    manager = hire(company, "manager", department_id=east)
    for place in (west, root_id(company)):
        assert outcome(invite(company, "sales", by=manager.browser, department_id=place)) == BEYOND
    for place in (east, shanghai):
        assert invite(company, "sales", by=manager.browser, department_id=place).status_code == 201
    own = invite(company, "sales", by=manager.browser)
    assert own.json["department"]["id"] == east


def test_who_lost_rights_invites_nobody_with_them(company: Company) -> None:
    manager = hire(company, "manager")
    answer = invite(company, "manager", by=manager.browser)
    change(company.admin, f"/users/{manager.id}", role_ids=[role_id(company, "viewer")])
    token = answer.json["link"].partition("#token=")[2]
    browser = Browser(company.app)
    sent = {"token": token, "password": PASSWORD}
    assert outcome(browser.post("/invitation-lookups", {"token": token})) == (410, "invitation-dead")
    assert outcome(browser.post("/invitation-acceptances", sent)) == (410, "invitation-dead")
    assert len(company.admin.get("/users").json["items"]) == 2
    again = company.admin.post(f"/invitations/{answer.json['id']}/resend")
    assert again.status_code == 202
    sent["token"] = again.json["link"].partition("#token=")[2]
    assert browser.post("/invitation-acceptances", sent).status_code == 201


def test_a_branch_is_run_from_within(company: Company) -> None:
    east, west = department(company, "华东"), department(company, "华西")
    shanghai, here = department(company, "上海", east), "subtree"
    me = clerk(company, {"customer:read": here}, department_id=east)
    make_role(company, "小", {"customer:read": here})
    inside = hire(company, "小", department_id=shanghai, name="赵一")
    outside = hire(company, "小", department_id=west, name="钱二")
    assert me.browser.get(f"/users/{inside.id}").json["can"]["update"] is True
    assert me.browser.get(f"/users/{outside.id}").json["can"]["update"] is False
    assert change(me.browser, f"/users/{inside.id}", department_id=east).status_code == 200
    assert outcome(change(me.browser, f"/users/{inside.id}", department_id=west)) == BEYOND
    for place in (east, None):
        assert outcome(change(me.browser, f"/users/{outside.id}", department_id=place)) == BEYOND
    assert outcome(change(me.browser, f"/users/{me.id}", department_id=root_id(company))) == BEYOND
    assert company.admin.get(f"/users/{outside.id}").json["department"]["id"] == west


def test_no_branch_is_pulled_into_ones_own(company: Company) -> None:
    east, west = department(company, "华东"), department(company, "华西")
    shanghai = department(company, "上海", east)
    me = clerk(company, {"customer:read": "subtree"}, department_id=east)
    assert outcome(change(me.browser, f"/departments/{west}", parent_id=east)) == BEYOND
    assert outcome(change(me.browser, f"/departments/{west}", name="x")) == BEYOND
    assert outcome(me.browser.delete(f"/departments/{west}", version=1)) == BEYOND
    assert outcome(change(me.browser, f"/departments/{east}", parent_id=west)) == BEYOND
    assert outcome(change(me.browser, f"/departments/{shanghai}", parent_id=west)) == BEYOND
    assert outcome(me.browser.post("/departments", {"name": "新"})) == BEYOND
    below = me.browser.post("/departments", {"name": "新", "parent_id": shanghai})
    assert below.status_code == 201
    assert change(me.browser, f"/departments/{below.json['id']}", parent_id=east).status_code == 200


def test_a_department_is_all_that_a_department_scope_reaches(company: Company) -> None:
    east = department(company, "华东")
    shanghai = department(company, "上海", east)
    me = clerk(company, {"customer:read": "department"}, department_id=east)
    make_role(company, "小", {"customer:read": "department"})
    assert invite(company, "小", by=me.browser).status_code == 201
    assert outcome(invite(company, "小", by=me.browser, department_id=shanghai)) == BEYOND
    below = hire(company, "小", department_id=shanghai, name="赵一")
    assert outcome(change(me.browser, f"/users/{below.id}", department_id=east)) == BEYOND


def test_a_role_is_not_widened_for_people_out_of_reach(company: Company) -> None:
    east, west = department(company, "华东"), department(company, "华西")
    reach = {"customer:read": "subtree", "customer:delete": "subtree"}
    me = clerk(company, reach, department_id=east)
    shared = make_role(company, "共用", {"customer:read": "subtree"})
    hire(company, "共用", department_id=east, name="赵一")
    assert change(me.browser, f"/roles/{shared}", permissions=reach).status_code == 200
    assert change(me.browser, f"/roles/{shared}", permissions={"customer:read": "subtree"}).status_code == 200
    hire(company, "共用", department_id=west, name="钱二")
    assert outcome(change(me.browser, f"/roles/{shared}", permissions=reach)) == BEYOND
    assert company.admin.get(f"/roles/{shared}").json["permissions"] == {"customer:read": "subtree"}
