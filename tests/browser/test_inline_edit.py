"""Cells edited in the list: by mouse and by keys, beside a colleague who does the same, and taken back."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person
from tests.browser.visitor import told

_AMOUNT = {"entity": "customer", "label": "采购额", "kind": "number"}


@pytest.fixture
def amount(boss: Person) -> str:
    """An own field of customers."""
    made = boss.call("POST", "/fields", _AMOUNT)
    return str(made["key"])


def cell(page: Page, name: str, field: str) -> Locator:
    """A cell of the list that can be edited."""
    return (
        page.get_by_role("row")
        .filter(has=page.get_by_role("link", name=name, exact=True))
        .locator(f'[data-cell="{field}"]')
    )


def editor(page: Page) -> Locator:
    """What is typed into the open cell."""
    return page.locator(".cell-editor").get_by_role("textbox")


def test_a_cell_is_edited_by_mouse_and_by_keys_and_taken_back(visit: Visit, boss: Person) -> None:
    made = boss.customer("格子公司", industry="制造", region="苏州")
    visitor = visit(boss)
    visitor.expected = {422}
    page = visitor.open("/customers?view=all")
    industry, region = cell(page, "格子公司", "industry"), cell(page, "格子公司", "region")
    industry.dblclick()
    expect(editor(page)).to_be_focused()
    editor(page).fill("不会留下")
    editor(page).press("Escape")
    expect(industry.get_by_text("制造")).to_be_visible()

    industry.dblclick()
    editor(page).fill("智能装备")
    editor(page).press("Tab")
    told(page, "已保存“格子公司”的行业")
    expect(industry.get_by_text("智能装备")).to_be_visible()
    expect(region.get_by_role("textbox")).to_be_focused()
    editor(page).fill("杭州")
    editor(page).press("Enter")
    expect(region.get_by_text("杭州")).to_be_visible()
    expect(region.get_by_role("button")).to_be_focused()

    page.keyboard.press("ArrowLeft")
    expect(industry.get_by_role("button")).to_be_focused()
    page.keyboard.press("F2")
    editor(page).fill("长" * 101)
    editor(page).press("Enter")
    expect(industry.get_by_role("alert")).to_be_visible()
    expect(editor(page)).to_have_value("长" * 101)
    editor(page).press("Escape")
    assert boss.call("GET", f"/customers/{made['id']}")["industry"] == "智能装备"

    page.locator(".toast", has_text="的地区").get_by_role("button", name="撤销").click()
    expect(region.get_by_text("苏州")).to_be_visible()
    now = boss.call("GET", f"/customers/{made['id']}")
    assert (now["industry"], now["region"], now["version"]) == ("智能装备", "苏州", 4)


def test_two_people_in_one_cell(visit: Visit, boss: Person, amount: str) -> None:
    made = boss.customer("两人公司", custom={amount: 5})
    visitor = visit(boss)
    visitor.expected = {412}
    page = visitor.open("/customers?view=all")
    page.get_by_role("button", name="列", exact=True).click()
    page.get_by_role("checkbox", name="采购额").press("Space")
    page.keyboard.press("Escape")
    own = cell(page, "两人公司", amount)
    page.get_by_role("button", name="编辑两人公司的采购额").focus()
    page.keyboard.press("Enter")
    change(boss, made, stage="deal")
    editor(page).fill("6")
    editor(page).press("Enter")
    expect(own.get_by_text("6", exact=True)).to_be_visible()
    expect(cell(page, "两人公司", "stage").get_by_text("已成交")).to_be_visible()

    own.dblclick()
    change(boss, made, custom={amount: 7})
    editor(page).fill("8")
    editor(page).press("Enter")
    dialog = page.get_by_role("dialog", name="这条资料刚被改过")
    expect(dialog.get_by_text("7", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="保存选择").click()
    expect(own.get_by_text("8", exact=True)).to_be_visible()
    page.locator(".toast").last.get_by_role("button", name="撤销").click()
    expect(own.get_by_text("7", exact=True)).to_be_visible()


def change(boss: Person, made: Any, **changes: Any) -> None:
    """What a colleague does meanwhile."""
    now = boss.call("GET", f"/customers/{made['id']}")
    boss.call("PATCH", f"/customers/{made['id']}", changes, version=now["version"])


def test_what_is_no_amount_is_not_sent(visit: Visit, boss: Person) -> None:
    worth = {"amount": 100_000_000, "currency": "CNY"}
    made = boss.customer("金额公司", annual_revenue=worth)
    page = visit(boss).open(f"/customers/{made['id']}?edit=1")
    drawer = page.get_by_role("dialog", name="编辑客户")
    drawer.get_by_label("年营业额").fill("abc")
    drawer.get_by_role("button", name="保存客户").click()
    told_why = "金额应为数字，例如 350000 或 35 万"
    expect(drawer.get_by_label("年营业额")).to_have_accessible_description(told_why)
    expect(drawer.get_by_label("年营业额")).to_be_focused()
    drawer.get_by_label("年营业额").fill("120 万")
    drawer.get_by_role("button", name="保存客户").click()
    told(page, "已保存“金额公司”")

    page = visit(boss).open("/customers?view=all")
    page.get_by_role("button", name="列", exact=True).click()
    page.get_by_role("checkbox", name="年营业额").press("Space")
    page.keyboard.press("Escape")
    revenue = cell(page, "金额公司", "revenue")
    revenue.dblclick()
    editor(page).fill("abc")
    editor(page).press("Enter")
    expect(revenue.get_by_role("alert")).to_have_text(told_why)
    expect(editor(page)).to_have_value("abc")
    now = boss.call("GET", f"/customers/{made['id']}")
    assert (now["annual_revenue"], now["version"]) == (worth | {"amount": 120_000_000}, 2)


def test_on_a_phone_the_card_leads_on(visit: Visit, boss: Person) -> None:
    boss.customer("手机公司")
    page = visit(boss, size=PHONE).open("/customers?view=all")
    expect(page.get_by_role("link", name="手机公司")).to_be_visible()
    expect(page.get_by_role("button", name="编辑手机公司的")).to_have_count(0)
