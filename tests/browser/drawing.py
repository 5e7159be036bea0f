"""Drawing flows on their canvas, as an administrator does it."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.visitor import choose


def begin(page: Page, kind: str, name: str) -> None:
    """A new flow for a kind of subject, before its empty canvas."""
    page.get_by_role("button", name="新建流程").first.click()
    making = page.get_by_role("dialog", name="新建流程")
    making.get_by_label("适用单据").press("Enter")
    page.get_by_role("option", name=kind, exact=True).click()
    making.get_by_label("流程名称").fill(name)
    making.get_by_role("button", name="创建并开始绘制").click()
    expect(card(page, "提交")).to_be_visible()


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


def demand(page: Page, field: str, value: str) -> None:
    """Have the chosen way be taken if a field has this value."""
    page.get_by_role("button", name="添加条件", exact=True).click()
    choose(page, "第 1 个条件的字段", field)
    choose(page, "第 1 个条件的值", value)
    page.keyboard.press("Escape")


def ask(page: Page, colleague: str) -> None:
    """Have the chosen node ask one colleague."""
    choose(page, "第 1 类：怎样确定人选", "指定同事")
    page.get_by_role("combobox", name="第 1 类：同事").fill(colleague)
    page.get_by_role("option", name=colleague).click()
    page.keyboard.press("Escape")


def publish(page: Page) -> None:
    """Put it in force."""
    page.get_by_role("button", name="发布流程").click()
    page.get_by_role("dialog").get_by_role("button", name="发布新版").click()
