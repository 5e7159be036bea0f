"""Ways to look at a list: narrowed, kept under a name, changed, sent as a link."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import choose, told


def narrow(page: Page, field: str, value: str) -> None:
    """Add one of the quick filters."""
    page.get_by_role("button", name="添加筛选").click()
    page.get_by_role("menuitem", name=field, exact=True).click()
    page.get_by_role("button", name=value, exact=True).click()


def keep(page: Page, name: str) -> None:
    """Keep what is in sight as a view."""
    page.get_by_role("button", name="存为视图").click()
    dialog = page.get_by_role("dialog", name="存为新视图")
    dialog.get_by_role("textbox", name="视图名称").fill(name)
    dialog.get_by_role("button", name="保存视图").click()
    told(page, f"已保存为视图“{name}”")


def test_a_view_is_kept_changed_and_sent_as_a_link(visit: Visit, boss: Person) -> None:
    boss.customer("从未跟进的公司", stage="intent")
    boss.customer("也没跟进的公司", stage="deal")
    page = visit(boss).open("/customers")
    narrow(page, "最近跟进", "超过 30 天前")
    keep(page, "久未跟进")
    tab = page.get_by_role("navigation", name="视图").get_by_role("link", name="久未跟进")
    expect(tab).to_have_attribute("aria-current", "page")
    expect(page.get_by_text("已修改")).to_have_count(0)

    page.get_by_role("button", name="添加筛选").click()
    page.get_by_role("menuitem", name="阶段", exact=True).click()
    page.get_by_role("checkbox", name="有意向").press("Space")
    page.get_by_role("button", name="应用筛选").click()
    expect(page.get_by_text("已修改")).to_be_visible()
    expect(page.get_by_role("link", name="从未跟进的公司", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="也没跟进的公司", exact=True)).to_have_count(0)

    other = visit(boss).page
    other.goto(page.url)
    expect(other.get_by_role("link", name="从未跟进的公司", exact=True)).to_be_visible()
    expect(other.get_by_role("link", name="也没跟进的公司", exact=True)).to_have_count(0)

    page.get_by_role("group", name="已修改").get_by_role("button", name="还原").click()
    expect(page.get_by_role("link", name="也没跟进的公司", exact=True)).to_be_visible()
    page.get_by_role("button", name="视图“久未跟进”的操作").click()
    page.get_by_role("menuitem", name="删除视图").click()
    expect(tab).to_have_count(0)
    page.locator(".toast").get_by_role("button", name="撤销").click()
    expect(tab).to_have_attribute("aria-current", "page")


def test_filters_are_combined_and_columns_put_in_order(visit: Visit, boss: Person) -> None:
    boss.customer("甲级伙伴", tier="gold", stage="lost")
    boss.customer("潜在的公司", stage="potential")
    boss.customer("成交的公司", stage="deal")
    page = visit(boss).open("/customers?view=all")
    page.get_by_role("button", name="添加筛选").click()
    page.get_by_role("menuitem", name="组合筛选…").click()
    dialog = page.get_by_role("dialog", name="组合筛选")
    choose(dialog, "第 1 个条件的字段", "价值等级")
    choose(dialog, "第 1 个条件的值", "黄金")
    page.keyboard.press("Escape")
    dialog.get_by_role("button", name="添加条件", exact=True).click()
    choose(dialog, "第 2 个条件的字段", "阶段")
    choose(dialog, "第 2 个条件的值", "已成交")
    page.keyboard.press("Escape")
    dialog.get_by_text("满足任一", exact=True).click()
    dialog.get_by_role("button", name="应用筛选").click()
    expect(page.get_by_role("link", name="甲级伙伴", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="成交的公司", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="潜在的公司", exact=True)).to_have_count(0)

    page.get_by_role("button", name="列", exact=True).click()
    page.get_by_role("button", name="移动“价值等级”，用上下方向键调整顺序").press("ArrowUp")
    heads = page.get_by_role("columnheader")
    expect(heads.nth(2)).to_have_text("价值等级")
    page.reload()
    expect(heads.nth(2)).to_have_text("价值等级")


def test_on_a_phone_too(visit: Visit, boss: Person) -> None:
    boss.customer("手机上看的公司")
    page = visit(boss, size=PHONE).open("/customers?view=all")
    narrow(page, "最近跟进", "超过 7 天前")
    keep(page, "手机视图")
    page.get_by_role("button", name="视图：").click()
    page.get_by_role("menuitemradio", name="全部").click()
    expect(page.get_by_role("button", name="移除筛选：最近跟进")).to_have_count(0)
    page.get_by_role("button", name="视图：").click()
    page.get_by_role("menuitemradio", name="手机视图").click()
    expect(page.get_by_role("button", name="移除筛选：最近跟进")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_records_are_walked_across_pages_and_the_list_is_found_again(visit: Visit, arrive: Arrive) -> None:
    person = arrive().sign_up()
    for n in range(21):
        person.customer(f"公司 {n:02}")
    page = visit(person).open("/customers?sort=name")
    page.get_by_role("button", name="每页 50 条").click()
    page.get_by_role("menuitemradio", name="20 条", exact=True).click()
    page.get_by_role("link", name="公司 19", exact=True).click()
    expect(page.get_by_role("heading", name="公司 19")).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="公司 20")).to_be_visible()
    expect(page.get_by_role("button", name="下一位客户")).to_be_disabled()
    page.get_by_role("link", name="返回客户列表").click()
    expect(page.get_by_role("link", name="公司 20", exact=True)).to_be_visible()
    page.get_by_role("button", name="上一页").click()
    expect(page.get_by_role("link", name="公司 19", exact=True)).to_be_visible()
