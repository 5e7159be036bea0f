"""The same company twice: a hint while typing, a group to merge, and the way back."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person


def two(boss: Person, name: str = "衡岫精密制造") -> tuple[str, str]:
    first = boss.customer(f"{name}有限公司", region="浙江", phones=[{"number": "13800138000"}])
    other = boss.customer(name, region="江苏", industry="机械")
    return str(first["id"]), str(other["id"])


def test_duplicates_are_merged_and_parted_again(visit: Visit, boss: Person) -> None:
    _, other = two(boss)
    page = visit(boss).open("/customers")
    page.get_by_role("button", name="查重").click()
    group = page.get_by_role("article").filter(has_text="衡岫精密制造有限公司")
    group.get_by_role("button", name="合并").click()
    dialog = page.get_by_role("dialog", name="合并 2 位客户")
    dialog.get_by_role("group", name="保留哪一位").get_by_label("衡岫精密制造有限公司").check()
    dialog.get_by_role("group", name="地区").get_by_label("江苏").check()
    dialog.get_by_role("button", name="合并客户").click()
    expect(page.get_by_text("已合并到“衡岫精密制造有限公司”")).to_be_visible()
    expect(page.get_by_text("没有重复的客户")).to_be_visible()

    # Undone from the list of merges, the merge is no longer offered to be undone.
    page.get_by_role("tab", name="合并记录").click()
    page.get_by_role("button", name="撤销合并").click()
    expect(page.get_by_text("已恢复为 2 位")).to_be_visible()
    expect(page.locator(".toast")).to_have_count(1)
    page.get_by_role("tab", name="重复客户").click()
    group.get_by_role("button", name="合并").click()
    dialog.get_by_role("group", name="保留哪一位").get_by_label("衡岫精密制造有限公司").check()
    dialog.get_by_role("button", name="合并客户").click()
    expect(page.get_by_text("没有重复的客户")).to_be_visible()

    # An old address leads to the one that stayed.
    page.goto(f"{page.url.split('/duplicates')[0]}/customers/{other}")
    expect(page.get_by_role("heading", name="衡岫精密制造有限公司")).to_be_visible()
    expect(page).not_to_have_url(f"{page.url.split('/customers')[0]}/customers/{other}")

    page.goto(f"{page.url.split('/customers')[0]}/duplicates?past=1")
    page.get_by_role("button", name="撤销合并").click()
    expect(page.get_by_text("已恢复为 2 位")).to_be_visible()
    page.get_by_role("tab", name="重复客户").click()
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_role("button", name="不是重复").click()
    expect(page.get_by_text("没有重复的客户")).to_be_visible()


def test_a_hint_and_a_merge_on_a_phone(visit: Visit, boss: Person) -> None:
    two(boss, "泓格自动化")
    page = visit(boss, size=PHONE).open("/customers?new=1")
    drawer = page.get_by_role("dialog", name="新建客户")
    drawer.get_by_label("客户名称").fill("泓格自动化股份有限公司")
    hint = drawer.get_by_text("已有同名客户")
    expect(hint.first).to_be_visible()
    expect(drawer.get_by_role("link", name="泓格自动化有限公司")).to_be_visible()
    drawer.get_by_role("button", name="取消").click()
    page.get_by_role("button", name="打开菜单").click()
    page.get_by_role("link", name="查重与合并").click()
    group = page.get_by_role("article").filter(has_text="泓格自动化")
    group.get_by_role("button", name="合并").click()
    dialog = page.get_by_role("dialog", name="合并 2 位客户")
    dialog.get_by_role("button", name="合并客户").click()
    expect(page.get_by_text("已合并到“泓格自动化")).to_be_visible()
    expect(group).to_have_count(0)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert wide is False
