"""How far each role reaches: what is not theirs does not exist, what they may not do is not done."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import PASSWORD, Arrive, Person

HERS, OTHERS = "苏州汇澜精密制造有限公司", "杭州云岫智能装备有限公司"
HER_CONTACT, OTHER_CONTACT = "韩松", "周启明"


@dataclass(frozen=True)
class Team:
    """A company with a seller of her own customers, a viewer, and one who is about to leave."""

    boss: Person
    seller: Person
    viewer: Person
    leaver: Person
    hers: Any
    others: Any
    other_contact: Any


@pytest.fixture(scope="module")
def team(boss: Person, arrive: Arrive) -> Team:
    """The team, with one customer of the seller's and one of the boss's, each with a contact."""
    seller, viewer, leaver = boss.gather(arrive, 林知夏="sales", 陈屿="viewer", 赵启="sales")
    hers, others = seller.customer(HERS), boss.customer(OTHERS)
    seller.call("POST", "/contacts", {"name": HER_CONTACT, "customer_id": hers["id"]})
    contact = boss.call("POST", "/contacts", {"name": OTHER_CONTACT, "customer_id": others["id"]})
    return Team(boss, seller, viewer, leaver, hers, others, contact)


def test_a_seller_is_shown_only_what_is_hers(visit: Visit, team: Team) -> None:
    visitor = visit(team.seller)
    page = visitor.open("/customers")
    expect(page.locator(".name-cell")).to_have_text([HERS])
    page.goto(f"{visitor.site}/customers?q=云岫")
    expect(page.get_by_role("heading", name="没有符合条件的客户")).to_be_visible()
    page = visitor.open("/contacts")
    expect(page.locator(".name-cell")).to_have_text([HER_CONTACT])
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="搜索").fill("有限公司")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option")).to_contain_text(HERS)
    page.get_by_role("combobox", name="搜索").fill(OTHER_CONTACT)
    expect(page.get_by_text("没有找到")).to_be_visible()

    visitor.expected.add(404)
    for path in (f"/customers/{team.others['id']}", f"/contacts/{team.other_contact['id']}"):
        page = visitor.open(path)
        expect(page.get_by_role("heading", name="没有找到这一页")).to_be_visible()
    for path in ("/settings/users", "/settings/audit"):
        page = visitor.open(path)
        expect(page.get_by_role("heading", name="你不能查看这一页")).to_be_visible()
    page = visitor.open(f"/customers/{team.hers['id']}")
    expect(page.get_by_role("button", name="编辑", exact=True)).to_be_visible()


def test_a_seller_reaches_nothing_more_by_the_api(team: Team) -> None:
    other, contact = f"/customers/{team.others['id']}", f"/contacts/{team.other_contact['id']}"
    assert [
        team.seller.ask("GET", other).status,
        team.seller.ask("GET", f"{other}/timeline").status,
        team.seller.ask("PATCH", other, {"name": "改了"}, version=1).status,
        team.seller.ask("DELETE", other, version=1).status,
        team.seller.ask("GET", contact).status,
        team.seller.ask("PATCH", contact, {"name": "改了"}, version=1).status,
    ] == [404] * 6
    assert team.seller.ask("GET", "/audit-records").status == 403
    assert team.boss.call("GET", other)["version"] == team.others["version"]
    assert team.boss.call("GET", contact)["version"] == team.other_contact["version"]


def test_a_viewer_is_offered_nothing_to_change(visit: Visit, team: Team) -> None:
    visitor = visit(team.viewer)
    words = "新建|导入(?!与任务)|编辑|修改|转移|添加(?!筛选)|删除|更多操作"
    for path, shown in (
        ("/customers", OTHERS),
        ("/contacts", OTHER_CONTACT),
        (f"/customers/{team.others['id']}?edit=1", OTHERS),
        (f"/customers/{team.others['id']}?tab=details", OTHERS),
        (f"/customers/{team.others['id']}?tab=contacts", OTHER_CONTACT),
        (f"/contacts/{team.other_contact['id']}?edit=1", OTHER_CONTACT),
    ):
        page = visitor.read(path)
        expect(page.get_by_text(shown).first).to_be_visible()
        for key in ("n", "e"):
            page.keyboard.press(key)
        visitor.settle()
        expect(page.get_by_role("dialog")).to_have_count(0)
        for role in ("button", "link"):
            offered = page.get_by_role(role, name=re.compile(words))
            assert [control.inner_text() for control in offered.all()] == [], path
    page = visitor.open("/imports/new")
    expect(page.get_by_role("heading", name="你不能查看这一页")).to_be_visible()


def test_a_viewer_who_tries_all_the_same_is_refused(team: Team) -> None:
    other, contact = f"/customers/{team.others['id']}", f"/contacts/{team.other_contact['id']}"
    before = team.boss.call("GET", "/customers?total=true")["total"]
    assert [
        team.viewer.ask("POST", "/customers", {"name": "新的"}).status,
        team.viewer.ask("PATCH", other, {"name": "改了"}, version=1).status,
        team.viewer.ask("DELETE", other, version=1).status,
        team.viewer.ask(
            "POST", f"{other}/transfer", {"owner_id": team.others["owner"]["id"]}, version=1
        ).status,
        team.viewer.ask("POST", "/contacts", {"name": "新的"}).status,
        team.viewer.ask("PATCH", contact, {"name": "改了"}, version=1).status,
        team.viewer.ask("DELETE", contact, version=1).status,
    ] == [403] * 7
    assert team.boss.call("GET", "/customers?total=true")["total"] == before
    assert team.boss.call("GET", other)["version"] == team.others["version"]
    assert team.boss.call("GET", contact)["version"] == team.other_contact["version"]


def test_who_is_disabled_is_put_out_at_once_and_not_let_in_again(visit: Visit, team: Team) -> None:
    visitor = visit(team.leaver)
    visitor.expected |= {401, 403}
    page = visitor.read("/customers")
    users = team.boss.call("GET", "/users")["items"]
    user = next(user for user in users if user["login"] == team.leaver.login)
    team.boss.call("PATCH", f"/users/{user['id']}", {"state": "disabled"}, version=user["version"])

    page.get_by_role("link", name="联系人", exact=True).click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    assert team.leaver.ask("GET", "/customers").status == 401
    page.get_by_label("手机号或邮箱").fill(team.leaver.login)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
