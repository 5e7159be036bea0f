"""One message to many: written in steps, looked at, started, and followed on its page."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person
from tests.browser.visitor import told

TEMPLATE = "停机检修通知"


@pytest.fixture(scope="module")
def ready(boss: Person) -> str:
    """Somebody to write to, and words that are in use."""
    boss.call("POST", "/contacts", {"name": "顾南枝", "email": "gu@example.com"})
    words = {
        "name": TEMPLATE, "way": "mail", "purpose": "service", "locale": "zh-CN",
        "subject": "停机检修", "body": "<p>{{contact.name}}，周六停机检修。</p>",
    }  # fmt: skip
    made = boss.call("POST", "/message-templates", words)
    boss.call("PATCH", f"/message-templates/{made['id']}", {"state": "active"}, version=made["version"])
    return str(made["id"])


def _who(page: Page, name: str) -> None:
    page.get_by_label("群发名称").fill(name)
    page.get_by_text("服务", exact=True).click()
    page.get_by_role("button", name="下一步").click()


def _what(page: Page) -> None:
    page.get_by_role("button", name="加邮件").click()
    page.get_by_role("combobox", name="邮件模板").click()
    page.get_by_role("option", name=TEMPLATE).click()
    page.get_by_role("button", name="下一步").click()


def test_a_campaign_is_written_in_steps_and_started(visit: Visit, boss: Person, ready: str) -> None:
    page = visit(boss).open("/campaigns")
    page.get_by_role("button", name="新建群发").first.click()
    expect(page).to_have_url(re.compile("/campaigns/new"))
    page.get_by_role("button", name="检查发送").click()
    expect(page.get_by_text("请填写群发名称")).to_be_visible()
    _who(page, "周六停机通知")
    _what(page)
    page.get_by_role("button", name="下一步").click()
    expect(page).to_have_url(re.compile(r"/campaigns/[0-9a-f-]{36}/edit\?step=check"))
    expect(page.get_by_text("停机检修", exact=True).first).to_be_visible()
    expect(page.get_by_text("顾南枝，周六停机检修。")).to_be_visible()
    page.get_by_role("button", name="试发").click()
    page.get_by_role("dialog").get_by_role("button", name="发送试发").click()
    told(page, "已试发 1 条")
    page.get_by_role("button", name="开始发送").click()
    page.get_by_role("dialog").get_by_role("button", name="开始发送").click()
    expect(page).to_have_url(re.compile(r"/campaigns/[0-9a-f-]{36}$"))
    expect(page.get_by_role("heading", name="周六停机通知", exact=True)).to_be_visible()
    page.get_by_role("button", name="取消群发").click()
    page.get_by_role("dialog").get_by_role("button", name="取消群发").click()
    expect(page.get_by_text("已取消").first).to_be_visible()
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_label("群发名称")).to_have_value("周六停机通知（副本）")


def test_leaving_with_something_typed_asks_first_and_keeps_it(visit: Visit, boss: Person, ready: str) -> None:
    page = visit(boss, size=PHONE).open("/campaigns/new")
    page.get_by_label("群发名称").fill("还没写完")
    page.get_by_role("link", name="群发").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button").first.click()
    expect(page.get_by_label("群发名称")).to_have_value("还没写完")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
