"""What comes back: a task is set to repeat, ticked off, taken back and ended, by whoever plans their week."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import choose, told


@pytest.fixture
def boss(arrive: Arrive) -> Person:
    """The administrator of a company of their own."""
    return arrive().sign_up()


def plan(page: Page, title: str, repeat: str) -> None:
    """Set a task that comes back."""
    page.get_by_role("button", name="新建待办").first.click()
    drawer = page.get_by_role("dialog", name="新建待办")
    drawer.get_by_label("事项").fill(title)
    drawer.get_by_role("combobox", name="提醒").press("Enter")
    page.get_by_role("option", name="提前 30 分钟").click()
    choose(drawer, "重复", repeat)


def test_a_task_comes_back_until_its_series_is_ended(visit: Visit, boss: Person) -> None:
    page = visit(boss).open("/tasks")
    plan(page, "填写日报", "按天重复")
    drawer = page.get_by_role("dialog", name="新建待办")
    expect(drawer.get_by_role("status")).to_have_text("每天")
    drawer.get_by_role("button", name="保存待办").click()
    told(page, "已新建“填写日报”")
    expect(page.get_by_role("row", name="填写日报").get_by_text("每天")).to_be_attached()

    page.get_by_role("link", name="我的一天").click()
    page.get_by_role("checkbox", name="完成“填写日报”").press("Space")
    expect(page.locator(".toast").get_by_text(re.compile(r"已完成“填写日报”，下一次 明天"))).to_be_visible()
    tomorrow = page.get_by_role("region", name="今后 7 天").get_by_role("button", name="填写日报")
    expect(tomorrow).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    today = page.get_by_role("region", name=re.compile("^今天")).get_by_role("button", name="填写日报")
    expect(today).to_be_visible()
    expect(tomorrow).to_have_count(0)

    today.click()
    drawer = page.get_by_role("dialog", name="编辑待办")
    expect(drawer.get_by_text("提前 30 分钟")).to_be_visible()
    drawer.get_by_label("事项").fill("填写周报")
    drawer.get_by_role("radiogroup", name="这次改动用于").get_by_text("这一次和以后").click()
    choose(drawer, "重复", "按周重复")
    drawer.get_by_role("button", name="保存待办").click()
    told(page, "已保存“填写周报”")

    page.get_by_role("button", name="填写周报").click()
    page.get_by_role("dialog", name="编辑待办").get_by_role("button", name="删除“填写周报”").click()
    dialog = page.get_by_role("dialog", name="删除待办“填写周报”？")
    dialog.get_by_text("以后的也不要了").click()
    dialog.get_by_role("button", name="删除待办").click()
    told(page, "已删除“填写周报”")
    expect(page.get_by_role("heading", name="今天没有要做的事")).to_be_visible()


def test_the_day_of_a_month_is_said_in_words_on_a_phone(visit: Visit, boss: Person) -> None:
    page = visit(boss, size=PHONE).open("/tasks")
    plan(page, "催回款", "按月重复")
    drawer = page.get_by_role("dialog", name="新建待办")
    choose(drawer, "日期", "31 日")
    expect(drawer.get_by_text("每月 31 日（无 31 日的月份为最后一天）")).to_be_visible()
    drawer.get_by_role("radiogroup", name="何时结束").get_by_text("若干次").click()
    expect(drawer.get_by_text("每月 31 日（无 31 日的月份为最后一天），共 10 次")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    drawer.get_by_role("button", name="保存待办").click()
    told(page, "已新建“催回款”")
    (task,) = boss.call("GET", "/tasks")["items"]
    assert (task["repeat"]["day"], task["repeat"]["count"]) == (31, 10)
