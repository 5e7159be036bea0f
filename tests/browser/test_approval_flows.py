"""An administrator draws how something is approved, tries it, and puts it in force."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import told


@pytest.fixture
def boss(arrive: Arrive) -> Person:
    """An administrator whose company has no flows yet."""
    return arrive().sign_up()


def add(page: Page, what: str, *, after: str) -> None:
    """Put a node behind a card."""
    card(page, after).focus()
    place = page.locator(
        f"xpath=//*[@data-node='{ids(page)[after]}']/following::button[@aria-label='在这里添加节点'][1]"
    )
    place.click()
    page.get_by_role("menu", name="在这里添加节点").last.get_by_role("menuitem", name=what).click()


def ids(page: Page) -> dict[str, str]:
    """The ids of what stands on the canvas, by name."""
    cards = page.locator("[data-node]").all()
    return {one.locator("b, .clip").first.inner_text(): str(one.get_attribute("data-node")) for one in cards}


def card(page: Page, name: str) -> Locator:
    """A node, or the head of a way."""
    return page.locator("[data-node]").filter(has=page.get_by_text(name, exact=True)).first


def call(page: Page, name: str) -> None:
    """Give what is chosen a name."""
    page.get_by_role("complementary").get_by_label("名称").fill(name)


def begin(page: Page) -> None:
    """A new flow, before its empty canvas."""
    page.get_by_role("button", name="新建流程").first.click()
    making = page.get_by_role("dialog", name="新建流程")
    making.get_by_label("适用单据").press("Enter")
    page.get_by_role("option", name="客户转移", exact=True).click()
    making.get_by_label("流程名称").fill("转移审批")
    making.get_by_role("button", name="创建并开始绘制").click()
    expect(card(page, "提交")).to_be_visible()


def draw(page: Page) -> None:
    """A branch by the submitter's role, with a parallel approval in its first way."""
    add(page, "条件分支", after="提交")
    card(page, "条件 1").click()
    call(page, "管理员提交")
    page.get_by_role("button", name="添加条件", exact=True).click()
    page.get_by_role("combobox", name="第 1 个条件的字段").press("Enter")
    page.get_by_role("option", name="提交人角色").click()
    page.get_by_role("combobox", name="第 1 个条件的值").press("Enter")
    page.get_by_role("option", name="管理员").click()
    page.keyboard.press("Escape")
    add(page, "并行分支", after="管理员提交")
    for lane, name in (("并行 1", "财务复核"), ("并行 2", "交付评估")):
        add(page, "审批", after=lane)
        call(page, name)
    add(page, "结束", after="其他情况")


def test_a_flow_is_drawn_tried_and_put_in_force(visit: Visit, boss: Person) -> None:
    page = visit(boss).open("/settings/flows")
    begin(page)
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
