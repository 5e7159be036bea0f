"""Colleagues: listed, found, moved, given roles, shown out and let in again."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest

from tests.access.conftest import Trail
from tests.support.client import PASSWORD, Browser, Company
from tests.support.people import change, department, hire, invite, role_id, root_id, sign_in
from tests.support.statements import sent


def names(company: Company, **asked: str) -> list[str]:
    answer = company.admin.get("/users", query_string=asked)
    assert answer.status_code == 200, answer.json
    return [user["name"] for user in answer.json["items"]]


def test_shows_colleagues_with_all_that_matters(company: Company) -> None:
    east = department(company, "华东")
    colleague = hire(company, "sales", "viewer", department_id=east)
    answer = company.admin.get(f"/users/{colleague.id}")
    seen = answer.json
    assert answer.headers["ETag"] == f'"{seen["version"]}"'
    assert seen.pop("created_at") <= seen.pop("last_seen_at")
    assert [role.pop("id") for role in seen["roles"]] == [
        role_id(company, "sales"),
        role_id(company, "viewer"),
    ]
    assert seen == {
        "id": colleague.id,
        "version": 1,
        "name": "林知夏",
        "login": colleague.login,
        "department": {"id": east, "name": "华东"},
        "roles": [{"code": "sales", "name": "销售"}, {"code": "viewer", "name": "只读"}],
        "state": "active",
        "can": {"update": True, "reset_password": False, "end_sessions": True},
    }


def test_lists_them_as_a_telephone_book_page_by_page(company: Company) -> None:
    for name in ("赵一", "安然", "重阳", "Bob", "林知夏"):
        hire(company, "viewer", name=name)
    seen, cursor = [], None
    for _ in range(3):
        query = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = company.admin.get("/users", query_string=query).json
        seen += [user["name"] for user in page["items"]]
        cursor = page["next_cursor"]
    assert cursor is None
    assert seen == names(company)
    assert [name for name in seen if name != "Bob"] == ["安然", "重阳", "林知夏", "秦明远", "赵一"]


@pytest.mark.parametrize("typed", ["知夏", "linzhixia", "lzx", "zhix", "{tail}", "{login}"])
def test_finds_them_by_fragments_pinyin_initials_and_phone(company: Company, typed: str) -> None:
    login = hire(company, "viewer", name="林知夏").login
    assert names(company, q=typed.format(tail=login[-4:], login=login)) == ["林知夏"]
    assert names(company, q="%") == names(company)
    assert names(company, q="不存在") == []


def test_filters_by_department_and_state_and_counts(company: Company) -> None:
    east = department(company, "华东")
    here, gone = (hire(company, "viewer", department_id=east, name=name) for name in ("安然", "赵一"))
    change(company.admin, f"/users/{gone.id}", state="disabled")
    assert names(company, department_id=east) == ["安然", "赵一"]
    assert names(company, department_id=east, state="active") == ["安然"]
    assert names(company, state="disabled") == ["赵一"]
    page = company.admin.get("/users", query_string={"total": "true", "limit": "1"}).json
    assert page["total"] == {"count": 3, "capped": False}
    assert "total" not in company.admin.get("/users").json
    assert here.id != gone.id


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"cursor": "x"}, "cursor"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"state": "gone"}, "state"),
        ({"department_id": "x"}, "department_id"),
        ({"sort": "name"}, "sort"),
    ],
)
def test_refuses_questions_that_make_no_sense(company: Company, asked: dict[str, str], field: str) -> None:
    answer = company.admin.get("/users", query_string=asked)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_only_some_see_the_list_and_everyone_can_choose_a_colleague(company: Company) -> None:
    viewer = hire(company, "viewer", name="安然")
    gone = hire(company, "viewer", name="赵一")
    change(company.admin, f"/users/{gone.id}", state="disabled")
    assert viewer.browser.get("/users").status_code == 403
    assert viewer.browser.get(f"/users/{company.user_id}").status_code == 403
    options = viewer.browser.get("/user-options").json["items"]
    assert options == [
        {"id": viewer.id, "name": "安然", "department_name": company.name},
        {"id": company.user_id, "name": "秦明远", "department_name": company.name},
    ]
    found = viewer.browser.get("/user-options", query_string={"q": "qmy"}).json["items"]
    assert [option["name"] for option in found] == ["秦明远"]


@pytest.mark.parametrize("typed", ["{login}", "{tail}"])
def test_choosing_does_not_give_sign_in_names_away(company: Company, typed: str) -> None:
    login = hire(company, "viewer", name="林知夏").login
    asked = {"q": typed.format(login=login, tail=login[-4:])}
    viewer = hire(company, "viewer", name="安然").browser
    assert viewer.get("/user-options", query_string=asked).json["items"] == []
    found = company.admin.get("/user-options", query_string=asked).json["items"]
    assert "林知夏" in [option["name"] for option in found]


@pytest.mark.parametrize("typed", ["知夏", "linzhixia", "lzx", "zhix"])
def test_everyone_can_choose_by_fragments_of_names(company: Company, typed: str) -> None:
    hire(company, "viewer", name="林知夏")
    viewer = hire(company, "viewer", name="安然").browser
    found = viewer.get("/user-options", query_string={"q": typed}).json["items"]
    assert [option["name"] for option in found] == ["林知夏"]


def test_moves_a_colleague_and_gives_other_roles(company: Company, trail: Trail) -> None:
    colleague, east = hire(company, "viewer"), department(company, "华东")
    roles = [role_id(company, "sales"), role_id(company, "marketing")]
    answer = change(company.admin, f"/users/{colleague.id}", department_id=east, role_ids=roles)
    assert answer.status_code == 200
    assert answer.json["department"] == {"id": east, "name": "华东"}
    assert [role["code"] for role in answer.json["roles"]] == ["sales", "marketing"]
    assert (answer.json["version"], answer.headers["ETag"]) == (2, '"2"')
    assert company.admin.get(f"/users/{colleague.id}").json == answer.json
    assert trail(company, subject_id=colleague.id)[0]["changes"] == [
        {"field": "department", "before": company.name, "after": "华东"},
        {"field": "roles", "before": ["只读"], "after": ["销售", "市场"]},
    ]
    assert change(company.admin, f"/users/{colleague.id}", department_id=None).json["department"] is None


def test_a_change_that_changes_nothing_leaves_no_trace(company: Company, trail: Trail) -> None:
    colleague = hire(company, "viewer")
    before = trail(company)
    answer = change(
        company.admin,
        f"/users/{colleague.id}",
        state="active",
        role_ids=[role_id(company, "viewer")],
        department_id=root_id(company),
    )
    assert (answer.status_code, answer.json["version"]) == (200, 1)
    assert trail(company) == before


def test_roles_and_departments_must_be_ones_own(company: Company, other_company: Company) -> None:
    colleague = hire(company, "viewer")
    path = f"/users/{colleague.id}"
    before = company.admin.get(path).json
    for sent_, field in (
        ({"department_id": root_id(other_company)}, "department_id"),
        ({"department_id": str(uuid4())}, "department_id"),
        ({"role_ids": [role_id(company, "sales"), role_id(other_company, "sales")]}, "role_ids.1"),
    ):
        answer = change(company.admin, path, **sent_)
        assert answer.status_code == 422
        assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(field, "unknown-reference")]
    assert company.admin.get(path).json == before


def test_stale_changes_are_shown_field_by_field(company: Company) -> None:
    colleague, east = hire(company, "viewer"), department(company, "华东")
    path = f"/users/{colleague.id}"
    assert company.admin.patch(path, {"state": "disabled"}).status_code == 428
    change(company.admin, path, department_id=east)
    stale = company.admin.patch(path, {"department_id": None, "state": "active"}, version=1)
    assert stale.status_code == 412
    assert stale.json["conflicts"] == [{"field": "department_id", "yours": None, "theirs": east}]
    assert stale.json["changed_by"] == {"id": company.user_id, "name": "秦明远"}
    assert stale.json["current"]["version"] == 2
    assert company.admin.get(path).json["department"]["id"] == east


def test_a_disabled_colleague_is_out_and_can_be_let_in_again(company: Company, trail: Trail) -> None:
    colleague = hire(company, "viewer")
    answer = change(company.admin, f"/users/{colleague.id}", state="disabled")
    assert (answer.status_code, answer.json["state"]) == (200, "disabled")
    assert colleague.browser.get("/session").status_code == 401
    assert trail(company, subject_id=colleague.id)[0]["changes"] == [
        {"field": "state", "before": "active", "after": "disabled"}
    ]
    assert change(company.admin, f"/users/{colleague.id}", state="active").json["state"] == "active"
    assert sign_in(company, colleague.login).get("/session").status_code == 200


def test_invitations_of_the_disabled_are_void(company: Company, trail: Trail) -> None:
    colleague = hire(company, "manager")
    answer = invite(company, "sales", by=colleague.browser)
    change(company.admin, f"/users/{colleague.id}", state="disabled")
    assert company.admin.get(f"/invitations/{answer.json['id']}").json["state"] == "revoked"
    accepted = Browser(company.app).post(
        "/invitation-acceptances",
        {"token": answer.json["link"].partition("#token=")[2], "password": PASSWORD},
    )
    assert (accepted.status_code, accepted.json["code"]) == (410, "invitation-dead")
    assert trail(company, subject_id=answer.json["id"])[0]["action"] == "revoked"


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["code"]


def test_nobody_locks_themselves_out(company: Company) -> None:
    hire(company, "administrator")
    me = f"/users/{company.user_id}"
    before = company.admin.get(me).json
    assert refused(change(company.admin, me, state="disabled")) == (409, "own-administration")
    demoted = change(company.admin, me, role_ids=[role_id(company, "viewer")])
    assert refused(demoted) == (409, "own-administration")
    assert refused(change(company.admin, me, role_ids=[])) == (409, "own-administration")
    assert company.admin.get(me).json["version"] == before["version"]


def test_the_last_administrator_stays(company: Company) -> None:
    other = hire(company, "administrator")
    me = f"/users/{company.user_id}"
    gone = change(other.browser, me, state="disabled")
    assert gone.status_code == 200
    assert refused(change(other.browser, f"/users/{other.id}", role_ids=[])) == (409, "own-administration")
    deputy = _deputy(company, other.browser)
    assert refused(change(deputy, f"/users/{other.id}", state="disabled")) == (409, "last-administrator")
    demoted = change(deputy, f"/users/{other.id}", role_ids=[role_id_by(other.browser, "viewer")])
    assert refused(demoted) == (409, "last-administrator")
    assert other.browser.get("/users").status_code == 200


def _deputy(company: Company, admin: Browser) -> Browser:
    """Somebody with every right, but not by the administrator's role."""
    everything = next(r for r in admin.get("/roles").json["items"] if r["code"] == "administrator")
    role = admin.post("/roles", {"name": "代理", "permissions": everything["permissions"]}).json["id"]
    answer = admin.post("/invitations", {"login": _mobile(), "name": "代理", "role_ids": [role]})
    browser = Browser(company.app)
    token = answer.json["link"].partition("#token=")[2]
    assert browser.post("/invitation-acceptances", {"token": token, "password": PASSWORD}).status_code == 201
    return browser


def _mobile() -> str:
    return f"137{uuid4().int % 10**8:08d}"


def role_id_by(browser: Browser, code: str) -> str:
    return next(r["id"] for r in browser.get("/roles").json["items"] if r["code"] == code)


def test_two_administrators_cannot_disable_each_other_at_once(company: Company) -> None:
    other, barrier = hire(company, "administrator"), Barrier(2)
    aims = {company.user_id: other.browser, other.id: company.admin}

    def race(victim: str) -> int:
        version = aims[victim].get(f"/users/{victim}").json["version"]
        barrier.wait(timeout=30)
        return aims[victim].patch(f"/users/{victim}", {"state": "disabled"}, version=version).status_code

    with ThreadPoolExecutor(max_workers=2) as pool:
        answers = list(pool.map(race, aims))
    assert answers.count(200) == 1
    assert set(answers) <= {200, 401, 409}
    left = [browser for browser in aims.values() if browser.get("/users").status_code == 200]
    assert len(left) == 1


def test_other_companies_have_no_part_in_it(company: Company, other_company: Company) -> None:
    other, path = other_company.admin, f"/users/{company.user_id}"
    assert other.get(path).status_code == 404
    assert other.patch(path, {"state": "disabled"}, version=1).status_code == 404
    assert other.post(f"{path}/password-reset").status_code == 404
    assert other.delete(f"{path}/sessions").status_code == 404
    assert company.admin.get("/session").status_code == 200


def test_lists_take_as_many_statements_however_many_there_are(company: Company) -> None:
    counts = []
    for _ in range(2):
        company.admin.get("/session")
        with sent() as statements:
            assert company.admin.get("/users").status_code == 200
        with sent() as options:
            assert company.admin.get("/user-options").status_code == 200
        counts.append((len(statements), len(options)))
        for number in range(5):
            hire(company, "sales", "viewer", name=f"同事{number}")
    assert counts[0] == counts[1] == (2, 1)
