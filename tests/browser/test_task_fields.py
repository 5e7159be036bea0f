"""Own fields on tasks: asked for where a task is set in one line, filled in later where it is a next step."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.test_fields import CYCLE, NAME
from tests.browser.test_phone import SIDEWAYS
from tests.browser.visitor import choose, told


@pytest.fixture
def boss(arrive: Arrive) -> Person:
    """The administrator of a company of their own: each test shapes its records anew."""
    return arrive().sign_up()


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_one_line_is_not_enough_for_a_task_with_a_required_field(
    visit: Visit, boss: Person, size: tuple[int, int]
) -> None:
    hours = {"entity": "task", "key": "c_hours", "label": "预计用时", "kind": "number", "filterable": True}
    boss.call("POST", "/fields", hours | {"required": True})
    page = visit(boss, size=size).open("/my-day")
    line = page.get_by_role("textbox", name="新建待办")
    line.fill("寄样品")
    line.press("Enter")
    drawer = page.get_by_role("dialog", name="新建待办")
    expect(drawer.get_by_text("保存前还要填写“预计用时”")).to_be_visible()
    expect(drawer.get_by_label("事项")).to_have_value("寄样品")
    assert page.evaluate(SIDEWAYS) == []
    drawer.get_by_label("预计用时").fill("3")
    drawer.get_by_role("button", name="保存待办").click()
    told(page, "已新建“寄样品”")
    expect(page.get_by_role("button", name="寄样品", exact=True)).to_be_visible()
    expect(line).to_have_value("")
    [made] = boss.call("GET", "/tasks")["items"]
    assert made["custom"] == {"c_hours": 3}


def test_a_task_has_own_fields_in_its_list_and_waits_for_them_as_a_next_step(
    visit: Visit, boss: Person
) -> None:
    boss.call("POST", "/fields", CYCLE | {"entity": "task", "required": True})
    customer = boss.customer(NAME)
    page = visit(boss).open(f"/customers/{customer['id']}")
    page.get_by_label("跟进内容").fill("现场看了二期车间")
    page.get_by_role("button", name="下一步", exact=True).click()
    page.get_by_role("textbox", name="下一步", exact=True).fill("发报价")
    page.get_by_role("button", name="保存跟进").click()
    told(page, "已记录跟进，下一步已放进你的待办。“决策周期”还没填，可以在待办里补上")

    page.goto(f"{boss.site}/tasks")
    page.get_by_role("button", name="发报价", exact=True).click()
    drawer = page.get_by_role("dialog", name="编辑待办")
    choose(drawer, "决策周期", "半年内")
    drawer.get_by_role("button", name="保存待办").click()
    told(page, "已保存“发报价”")
    page.get_by_role("button", name="列", exact=True).click()
    page.get_by_role("checkbox", name="显示“决策周期”").press("Space")
    page.keyboard.press("Escape")
    expect(page.get_by_role("cell", name="半年内")).to_be_visible()
    page.get_by_role("button", name="添加筛选").click()
    page.get_by_role("menuitem", name="决策周期").click()
    page.get_by_role("checkbox", name="一个月内").press("Space")
    page.get_by_role("button", name="应用筛选").click()
    expect(page.get_by_role("button", name="发报价", exact=True)).to_be_hidden()
    expect(page).to_have_url(re.compile(r"c_cycle\.in=month"))
