"""An administrator draws how something is approved, tries it, and puts it in force."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.drawing import add, begin, call, card, demand, ids
from tests.browser.person import Arrive, Person
from tests.browser.visitor import told


@pytest.fixture
def boss(arrive: Arrive) -> Person:
    """An administrator whose company has no flows yet."""
    return arrive().sign_up()


def draw(page: Page) -> None:
    """A branch by the submitter's role, with a parallel approval in its first way."""
    add(page, "条件分支", after="提交")
    card(page, "条件 1").click()
    call(page, "管理员提交")
    demand(page, "提交人角色", "管理员")
    add(page, "并行分支", after="管理员提交")
    for lane, name in (("并行 1", "财务复核"), ("并行 2", "交付评估")):
        add(page, "审批", after=lane)
        call(page, name)
    add(page, "结束", after="其他情况")


def test_a_flow_is_drawn_tried_and_put_in_force(visit: Visit, boss: Person) -> None:
    page = visit(boss).open("/settings/flows")
    begin(page, "客户转移", "转移审批")
    expect(page.get_by_role("button", name="1 处待完善")).to_be_visible()
    draw(page)
    expect(page.get_by_text("检查通过")).to_be_visible()

    page.get_by_role("button", name="试运行").click()
    page.get_by_role("button", name="开始试运行").click()
    path = page.get_by_role("region", name="经过的节点")
    expect(path.get_by_role("listitem").filter(has_text="条件分支")).to_contain_text("管理员提交")
    expect(path.get_by_text("财务复核")).to_be_visible()
    expect(path.get_by_text("交付评估")).to_be_visible()

    page.get_by_role("button", name="发布流程").click()
    page.get_by_role("dialog").get_by_role("button", name="发布新版").click()
    told(page, "“转移审批”第 1 版已生效")
    (flow,) = boss.call("GET", "/approval-flows")["items"]
    assert (flow["state"], flow["published_version"], flow["drawn"]) == ("published", 1, False)

    card(page, "财务复核").press("Delete")
    told(page, "已移除“财务复核”")
    page.keyboard.press("Control+z")
    expect(card(page, "财务复核")).to_be_visible()
    add(page, "抄送", after="提交")
    page.get_by_role("button", name="发布流程").click()
    changes = page.get_by_role("list", name="本次改动").get_by_role("listitem")
    expect(changes).to_have_count(1)
    expect(changes).to_contain_text("新增")
    page.get_by_role("dialog").get_by_role("button", name="发布新版").click()
    told(page, "“转移审批”第 2 版已生效")
    *_, first = boss.call("GET", f"/approval-flows/{flow['id']}/versions")["items"]
    before = boss.call("GET", f"/approval-flow-versions/{first['id']}")["definition"]
    assert [node["type"] for node in before["nodes"]] == ["branch"]


def test_keys_walk_move_and_copy(visit: Visit, boss: Person) -> None:
    flow = boss.call("POST", "/approval-flows", {"kind": "customer-transfer", "name": "键盘"})
    page = visit(boss).open(f"/settings/flows/{flow['id']}")
    add(page, "审批", after="提交")
    call(page, "甲")
    add(page, "审批", after="甲")
    call(page, "乙")
    page.keyboard.press("Escape")
    expect(card(page, "乙")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(card(page, "乙")).to_be_focused()
    assert list(ids(page)) == ["提交", "乙", "甲"]
    page.keyboard.press("ArrowDown")
    expect(card(page, "甲")).to_be_focused()
    page.keyboard.press("Control+d")
    expect(page.get_by_text("草稿已保存")).to_be_visible()
    drawn = boss.call("GET", f"/approval-flows/{flow['id']}")["definition"]
    assert [node["name"] for node in drawn["nodes"]] == ["乙", "甲", "甲"]
