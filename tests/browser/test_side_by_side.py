"""Two companies in one product: whichever door the second tries, there is nothing of the first behind it."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import Arrive, Person

NAME, GONE, BROUGHT = "杭州云岫智能装备有限公司", "宁波海岚供应链有限公司", "苏州汇澜精密制造有限公司"
CONTACT, DEPARTMENT, ROLE, INVITED = "周启明", "华东销售部", "大客户经理", "linzhixia@example.com"
SECRETS = (
    NAME,
    GONE,
    BROUGHT,
    CONTACT,
    DEPARTMENT,
    ROLE,
    INVITED,
    "云岫",
    "秦明远",
    "澄川",
    "展会名单",
    "13800006021",
)
LISTS = (
    "/customers",
    "/contacts",
    "/recycle-bin",
    "/jobs",
    "/users",
    "/user-options",
    "/invitations",
    "/departments",
    "/roles",
    "/audit-records",
    "/notifications",
    "/sessions",
    "/tenant",
    "/session",
    "/customer-facets",
    "/search?q=云岫",
    "/search?q=6021",
    "/search?q=周启明",
)


@dataclass(frozen=True)
class Neighbours:
    """The first company's boss, what that company has (ids by kind), and the second company's boss."""

    boss: Person
    has: dict[str, str]
    customer: Any
    stranger: Person


@pytest.fixture(scope="module")
def neighbours(boss: Person, arrive: Arrive) -> Neighbours:
    """One company with something of every kind, beside a new one."""
    customer = boss.customer(NAME, phones=[{"number": "13800006021"}], tags=["云岫"])
    contact = boss.call("POST", "/contacts", {"name": CONTACT, "customer_id": customer["id"]})
    gone = boss.customer(GONE)
    boss.call("DELETE", f"/customers/{gone['id']}", version=gone["version"])
    upload, job = boss.bring_in(f"公司名称,手机\n{BROUGHT},13800006022\n坏行,138\n")
    department = boss.call("POST", "/departments", {"name": DEPARTMENT})
    role = boss.call("POST", "/roles", {"name": ROLE, "permissions": {"customer:read": "own"}})
    invitation = boss.call(
        "POST", "/invitations", {"login": INVITED, "name": "林知夏", "role_ids": [role["id"]]}
    )
    made = {"customer": customer, "contact": contact, "gone": gone, "import": upload, "job": job}
    made |= {"department": department, "role": role, "invitation": invitation}
    has = {kind: record["id"] for kind, record in made.items()}
    has["user"] = boss.me
    return Neighbours(boss, has, customer, arrive().sign_up("云岭商贸", "段云岭"))


def test_no_page_of_the_second_shows_anything_of_the_first(visit: Visit, neighbours: Neighbours) -> None:
    stranger = visit(neighbours.stranger)
    for path, empty in (
        ("/customers", "还没有客户"),
        ("/customers?q=云岫", "没有符合条件的客户"),
        ("/contacts", "还没有联系人"),
        ("/jobs", "还没有任务"),
        ("/recycle-bin", "回收站是空的"),
        ("/notifications", "还没有通知"),
        ("/settings/company", "企业信息"),
        ("/settings/departments", "部门"),
        ("/settings/users", "同事与邀请"),
        ("/settings/roles", "角色与权限"),
        ("/settings/audit", "操作日志"),
    ):
        page = stranger.read(path)
        expect(page.get_by_role("heading", name=empty).first).to_be_visible()
        shown = page.get_by_role("main").inner_text()
        assert [secret for secret in SECRETS if secret in shown and secret not in path] == [], path


def test_the_search_of_the_second_finds_nothing_of_the_first(visit: Visit, neighbours: Neighbours) -> None:
    page = visit(neighbours.stranger).open("/customers")
    page.get_by_role("button", name="搜索客户、联系人").click()
    search = page.get_by_role("dialog", name="搜索")
    for words in ("云岫", "yunxiu", "hzyx", "6021", CONTACT):
        search.get_by_role("combobox").fill(words)
        expect(search.get_by_role("status")).to_contain_text(words)
        expect(search.get_by_role("option")).to_have_count(0)


def test_a_link_of_the_first_leads_the_second_nowhere(visit: Visit, neighbours: Neighbours) -> None:
    stranger = visit(neighbours.stranger)
    stranger.expected.add(404)
    for path in (
        "/customers/{customer}",
        "/contacts/{contact}",
        "/imports/{import}",
        "/jobs/{job}",
        "/settings/roles/{role}",
    ):
        page = stranger.read(path.format(**neighbours.has))
        expect(page.get_by_role("heading", name="没有找到")).to_be_visible()
        shown = page.locator("body").inner_text()
        assert [secret for secret in SECRETS if secret in shown] == [], path


def test_no_list_of_the_api_tells_the_second_of_the_first(neighbours: Neighbours) -> None:
    secrets = (*SECRETS, *neighbours.has.values())
    for path in LISTS:
        told = neighbours.stranger.ask("GET", path)
        assert told.status == 200, path
        assert [secret for secret in secrets if secret in told.text()] == [], path


def test_ids_of_the_first_open_no_door_of_the_api(neighbours: Neighbours) -> None:
    stranger, opened = neighbours.stranger, []
    for method, path, body in (
        ("GET", "/customers/{customer}", None),
        ("PATCH", "/customers/{customer}", {"name": "改了"}),
        ("DELETE", "/customers/{customer}", None),
        ("GET", "/customers/{customer}/timeline", None),
        ("GET", "/customers/{customer}/contacts", None),
        ("GET", "/customers/{customer}/children", None),
        ("POST", "/customers/{customer}/transfer", {"owner_id": stranger.me}),
        ("PUT", "/customers/{customer}/collaborators", {"user_ids": [stranger.me]}),
        ("GET", "/contacts/{contact}", None),
        ("PATCH", "/contacts/{contact}", {"name": "改了"}),
        ("DELETE", "/contacts/{contact}", None),
        ("GET", "/contacts/{contact}/timeline", None),
        ("GET", "/contacts/{contact}/relationships", None),
        ("POST", "/recycle-bin/customer/{gone}/restoration", None),
        ("DELETE", "/recycle-bin/customer/{gone}", None),
        ("GET", "/imports/{import}", None),
        ("DELETE", "/imports/{import}", None),
        ("POST", "/imports/{import}/run", None),
        ("GET", "/imports/{import}/errors.csv", None),
        ("GET", "/jobs/{job}", None),
        ("GET", "/jobs/{job}/rows", None),
        ("POST", "/jobs/{job}/cancellation", None),
        ("GET", "/users/{user}", None),
        ("PATCH", "/users/{user}", {"state": "disabled"}),
        ("DELETE", "/users/{user}/sessions", None),
        ("GET", "/departments/{department}", None),
        ("DELETE", "/departments/{department}", None),
        ("GET", "/roles/{role}", None),
        ("DELETE", "/roles/{role}", None),
        ("DELETE", "/invitations/{invitation}", None),
        ("POST", "/invitations/{invitation}/resend", None),
    ):
        answer = stranger.ask(method, path.format(**neighbours.has), body, version=1)
        if answer.status != 404:
            opened.append(f"{method} {path}: {answer.status} {answer.text()[:200]}")
    assert opened == []
    unharmed(neighbours)


def test_nothing_of_the_second_can_be_tied_to_the_first(neighbours: Neighbours) -> None:
    has, stranger = neighbours.has, neighbours.stranger
    for path, body, field in (
        ("/customers", {"name": "新的", "owner_id": has["user"]}, "owner_id"),
        ("/customers", {"name": "新的", "parent_id": has["customer"]}, "parent_id"),
        ("/contacts", {"name": "新的", "customer_id": has["customer"]}, "customer_id"),
        ("/departments", {"name": "新的", "parent_id": has["department"]}, "parent_id"),
        ("/invitations", {"login": "new@example.com", "role_ids": [has["role"]]}, "role_ids"),
    ):
        answer = stranger.ask("POST", path, body)
        assert (answer.status, answer.json()["errors"][0]["field"].split(".")[0]) == (422, field), path
    assert stranger.call("GET", "/customers")["items"] == []
    assert stranger.call("GET", "/contacts")["items"] == []
    unharmed(neighbours)


def unharmed(neighbours: Neighbours) -> None:
    """What the first company has is as it was, and its people are still there."""
    boss, has = neighbours.boss, neighbours.has
    assert boss.call("GET", f"/customers/{has['customer']}")["version"] == neighbours.customer["version"]
    assert [item["id"] for item in boss.call("GET", "/recycle-bin?type=customer")["items"]] == [has["gone"]]
    assert "坏行" in boss.ask("GET", f"/imports/{has['import']}/errors.csv").text()
    assert boss.call("GET", f"/jobs/{has['job']}")["state"] == "succeeded"
    assert boss.call("GET", f"/departments/{has['department']}")["name"] == DEPARTMENT
    assert boss.call("GET", f"/roles/{has['role']}")["name"] == ROLE
    assert [item["id"] for item in boss.call("GET", "/invitations")["items"]] == [has["invitation"]]
