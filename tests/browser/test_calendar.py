"""The calendar: days at a glance, moving by drag, and the address for one's phone."""

import re
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from app.core import clock
from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import told

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def boss(arrive: Arrive) -> Person:
    """The administrator of a company of their own."""
    return arrive().sign_up()


def at(hour: int) -> datetime:
    """An hour of today in Shanghai."""
    return clock.now().astimezone(ZONE).replace(hour=hour, minute=0, second=0, microsecond=0)


def plan(boss: Person, title: str, moment: datetime, **facts: object) -> None:
    """A task, made without its page."""
    due = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    boss.call("POST", "/tasks", {"title": title, "due_at": due, **facts})


def drag(page: Page, title: str, *, by: float) -> None:
    """Move an entry down by so many hours."""
    entry = page.locator(".fc-event", has_text=title)
    entry.scroll_into_view_if_needed()
    box, slot = entry.bounding_box(), page.locator(".fc-timegrid-slot-lane").first.bounding_box()
    assert box
    assert slot
    x, y = box["x"] + box["width"] / 2, box["y"] + 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 8)
    page.mouse.move(x, y + by * 2 * slot["height"], steps=8)
    page.mouse.up()


def test_a_task_is_moved_and_moved_back(visit: Visit, boss: Person) -> None:
    plan(boss, "拜访云岫", at(10))
    plan(boss, "日报", at(9), repeat={"every": "day"})
    page = visit(boss).open("/calendar")
    entry = page.locator(".fc-event", has_text="拜访云岫")
    expect(entry).to_contain_text("10:00")
    drag(page, "拜访云岫", by=2)
    told(page, "“拜访云岫”改到 今天 12:00")
    expect(entry).to_contain_text("12:00")
    page.get_by_role("button", name="撤销").click()
    expect(entry).to_contain_text("10:00")

    page.get_by_role("radiogroup", name="显示").get_by_text("月").click()
    expect(page.locator(".fc-event.is-planned", has_text="日报").first).to_be_visible()
    page.get_by_role("radiogroup", name="显示").get_by_text("日", exact=True).click()
    entry.press("Enter")
    expect(page.get_by_role("dialog", name="编辑待办").get_by_label("事项")).to_have_value("拜访云岫")


def test_somebody_else_was_faster(visit: Visit, boss: Person) -> None:
    plan(boss, "拜访云岫", at(10))
    visitor = visit(boss)
    visitor.expected.add(412)
    page = visitor.open("/calendar")
    expect(page.locator(".fc-event", has_text="拜访云岫")).to_be_visible()
    (task,) = boss.call("GET", "/tasks")["items"]
    boss.call("PATCH", f"/tasks/{task['id']}", {"detail": "带样品"}, version=1)
    drag(page, "拜访云岫", by=2)
    page.get_by_role("dialog").get_by_role("button", name="关闭").last.click()
    expect(page.locator(".fc-event", has_text="拜访云岫")).to_contain_text("10:00")
    assert boss.call("GET", f"/tasks/{task['id']}")["due_at"] == task["due_at"]


def test_an_address_for_the_phone_is_made_and_revoked(visit: Visit, boss: Person) -> None:
    plan(boss, "拜访云岫", clock.now().astimezone(ZONE) + timedelta(hours=1))
    page = visit(boss).open("/calendar")
    page.get_by_role("button", name="订阅到手机").click()
    dialog = page.get_by_role("dialog", name="在手机日历里看待办")
    dialog.get_by_role("button", name="生成订阅地址").click()
    address = dialog.get_by_label("订阅地址").input_value()
    with urlopen(address) as answer:  # noqa: S310  (our own server)
        assert "拜访云岫" in answer.read().decode()
    dialog.get_by_role("button", name="停用地址").click()
    told(page, "已停用订阅地址")
    expect(dialog.get_by_role("button", name="生成订阅地址")).to_be_visible()


def test_a_phone_shows_a_day(visit: Visit, boss: Person) -> None:
    plan(boss, "拜访云岫", at(10))
    page = visit(boss, size=PHONE).open("/calendar")
    expect(page.locator(".fc-event", has_text="拜访云岫")).to_contain_text("10:00")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.get_by_role("button", name="后一天").click()
    expect(page.locator(".fc-event", has_text="拜访云岫")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("今天"))).to_be_visible()
