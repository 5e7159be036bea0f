"""A newcomer is led: by a list of first steps, and by help that is read and searched."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person
from tests.browser.visitor import told


def test_first_steps_are_ticked_put_away_and_taken_out_again(visit: Visit, boss: Person) -> None:
    page = visit(boss).open("/customers")
    page.get_by_role("link", name="开始使用").click()
    steps = page.get_by_role("region", name="开始使用")
    expect(steps.get_by_text("已完成 0／7")).to_be_visible()
    boss.customer("杭州云岫智能装备有限公司")
    page.reload()
    expect(steps.get_by_text("已完成 1／7")).to_be_visible()
    expect(steps.get_by_role("listitem").filter(has_text="导入客户").get_by_role("img")).to_be_visible()

    steps.get_by_role("button", name="收起").click()
    told(page, "已收起")
    expect(steps).to_be_hidden()
    page.reload()
    expect(page.get_by_role("heading", name="我的一天")).to_be_visible()
    expect(steps).to_be_hidden()
    page.get_by_role("button", name="的菜单").click()
    page.get_by_role("menuitem", name="开始使用").click()
    expect(steps).to_be_visible()
    steps.get_by_role("link", name="建立部门").first.click()
    expect(page.get_by_role("heading", name="部门", exact=True).first).to_be_visible()


def test_help_is_found_from_a_page_and_by_words(visit: Visit, boss: Person) -> None:
    page = visit(boss).open("/settings/roles")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="这一页的帮助").click()
    help_page = opened.value
    expect(help_page.get_by_role("heading", name="部门、角色与数据范围")).to_be_visible()
    help_page.get_by_label("在帮助里查找").fill("备用码")
    hit = help_page.get_by_role("navigation", name="帮助目录").get_by_role("link", name="两步验证")
    expect(hit).to_be_visible()
    hit.click()
    expect(help_page.get_by_role("heading", name="登录与安全")).to_be_visible()
    expect(help_page.get_by_role("heading", name="两步验证", exact=True)).to_be_in_viewport()
    help_page.get_by_label("在帮助里查找").fill("没有这样的词")
    expect(help_page.get_by_text("没有找到“没有这样的词”")).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "title", "article", "contents"),
    [("zh-CN", "使用帮助", "操作日志", "帮助目录"), ("en", "Help", "The audit log", "Contents")],
)
def test_help_is_read_on_a_phone(
    visit: Visit, boss: Person, locale: str, title: str, article: str, contents: str
) -> None:
    boss.call("PATCH", "/profile", {"locale": locale})
    page = visit(boss, size=PHONE, locale=locale).open("/help")
    page.get_by_role("link", name=article, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text([title, article])
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.get_by_role("link", name=contents).click()
    expect(page.get_by_role("searchbox")).to_be_visible()
