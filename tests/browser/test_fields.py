"""Own fields: laid out by an administrator, filled in by a salesperson, found in the list."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.test_phone import SIDEWAYS
from tests.browser.visitor import choose, told

NAME = "杭州云岫智能装备有限公司"
OTHER = "宁波海岚供应链有限公司"
CYCLE = {
    "entity": "customer",
    "key": "c_cycle",
    "label": "决策周期",
    "kind": "choice",
    "filterable": True,
    "settings": {
        "options": [
            {"value": "month", "label": "一个月内", "color": "green"},
            {"value": "half", "label": "半年内", "color": "amber"},
        ]
    },
}


@pytest.fixture
def boss(arrive: Arrive) -> Person:
    """The administrator of a company of their own: each test shapes its records anew."""
    return arrive().sign_up()


@pytest.fixture
def seller(boss: Person, arrive: Arrive) -> Person:
    """Somebody who fills fields in and may not shape them."""
    [found] = boss.gather(arrive, 林知夏="sales")
    return found


def sections(person: Person) -> Any:
    """The layout of customers: titles, and the own fields below each."""
    found = person.call("GET", "/record-kinds/customer")["sections"]
    return [(one["title"], [name for name in one["fields"] if name.startswith("c_")]) for one in found]


def open_field(page: Page, label: str, action: str) -> None:
    """Choose something from the menu of a field."""
    page.get_by_role("button", name=f"“{label}”的操作").click()
    page.get_by_role("menuitem", name=action, exact=True).click()


def test_a_choice_is_added_laid_out_filled_in_and_found(visit: Visit, boss: Person, seller: Person) -> None:
    customer = seller.customer(NAME)
    seller.customer(OTHER)
    page = visit(boss).open("/settings/fields")
    page.get_by_role("button", name="添加字段").first.click()
    drawer = page.get_by_role("dialog", name="给客户添加字段")
    drawer.get_by_role("button", name="单选").click()
    drawer.get_by_label("字段名称").fill("决策周期")
    drawer.get_by_label("第 1 个选项", exact=True).fill("一个月内")
    drawer.get_by_label("第 2 个选项", exact=True).fill("半年内")
    drawer.get_by_role("button", name="添加字段").click()
    told(page, "已添加“决策周期”")
    expect(page.locator("[data-name]").last).to_contain_text("决策周期")
    page.get_by_role("button", name="添加分段").click()
    page.get_by_label("分段名称").last.fill("采购情况")
    open_field(page, "决策周期", "移到“采购情况”")
    page.get_by_role("button", name="保存布局").click()
    told(page, "已保存布局")
    [(_, before), (title, [key])] = sections(boss)
    assert (before, title) == ([], "采购情况")

    hers = visit(seller).open(f"/customers/{customer['id']}?edit=1")
    form = hers.get_by_role("dialog", name="编辑客户")
    expect(form.get_by_role("heading", name="采购情况")).to_be_visible()
    choose(form, "决策周期", "一个月内")
    form.get_by_role("button", name="保存客户").click()
    told(hers, f"已保存“{NAME}”")
    expect(hers.get_by_role("definition").filter(has_text="一个月内")).to_be_visible()
    hers.get_by_role("tab", name="动态").click()
    expect(hers.get_by_text("决策周期").first).to_be_visible()
    assert list(seller.call("GET", f"/customers/{customer['id']}")["custom"]) == [key]

    hers.get_by_role("link", name="客户", exact=True).first.click()
    expect(hers.get_by_role("link", name=OTHER, exact=True)).to_be_visible()
    hers.get_by_role("button", name="添加筛选").click()
    hers.get_by_role("menuitem", name="决策周期").click()
    hers.get_by_role("checkbox", name="一个月内").press("Space")
    hers.get_by_role("button", name="应用筛选").click()
    expect(hers.get_by_role("link", name=OTHER, exact=True)).to_be_hidden()
    expect(hers.get_by_role("link", name=NAME, exact=True)).to_be_visible()
    expect(hers).to_have_url(re.compile(rf"{key}\.in="))
    hers.get_by_role("button", name="列", exact=True).click()
    hers.get_by_role("checkbox", name="显示“决策周期”").press("Space")
    hers.keyboard.press("Escape")
    expect(hers.get_by_role("columnheader", name="决策周期")).to_be_visible()
    hers.reload()
    expect(hers.get_by_role("columnheader", name="决策周期")).to_be_visible()
    expect(hers.get_by_role("cell", name="一个月内")).to_be_visible()
    expect(hers.get_by_role("link", name=OTHER, exact=True)).to_be_hidden()


def test_renaming_and_retiring_lose_nothing(visit: Visit, boss: Person, seller: Person) -> None:
    boss.call("POST", "/fields", CYCLE)
    customer = seller.customer(NAME, custom={"c_cycle": "month"})
    path = f"/customers/{customer['id']}?tab=details"
    page = visit(boss).open("/settings/fields")
    open_field(page, "决策周期", "编辑字段")
    drawer = page.get_by_role("dialog", name="编辑字段")
    drawer.get_by_label("第 1 个选项", exact=True).fill("30 天内")
    drawer.get_by_role("button", name="保存字段").click()
    told(page, "已保存“决策周期”")
    hers = visit(seller).open(path)
    expect(hers.get_by_role("definition").filter(has_text="30 天内")).to_be_visible()
    assert seller.call("GET", f"/customers/{customer['id']}")["custom"] == {"c_cycle": "month"}

    open_field(page, "决策周期", "停用字段")
    told(page, "已停用“决策周期”，填过的内容都还在")
    expect(page.get_by_role("region", name="已停用的字段")).to_contain_text("决策周期")
    hers.reload()
    expect(hers.get_by_role("heading", name=NAME)).to_be_visible()
    expect(hers.get_by_role("term").filter(has_text="备注")).to_be_visible()
    expect(hers.get_by_role("term").filter(has_text="决策周期")).to_be_hidden()

    page.get_by_role("button", name="恢复使用“决策周期”").click()
    told(page, "已恢复“决策周期”，填过的内容也回来了")
    expect(page.get_by_role("region", name="已停用的字段")).to_be_hidden()
    expect(page.get_by_text("正在整理")).to_be_hidden()
    hers.reload()
    expect(hers.get_by_role("definition").filter(has_text="30 天内")).to_be_visible()
    hers.goto(f"{boss.site}/customers?c_cycle.in=month")
    expect(hers.get_by_role("link", name=NAME, exact=True)).to_be_visible()


def test_what_is_asked_for_follows_what_is_filled_in(visit: Visit, boss: Person) -> None:
    when_won = {"and": [{"field": "stage", "op": "eq", "value": "deal"}]}
    rules = {"visible": when_won, "required": when_won}
    end = {"entity": "customer", "key": "c_end", "label": "合同到期日", "kind": "date", "rules": rules}
    boss.call("POST", "/fields", end)
    page = visit(boss).open("/customers?new=1")
    drawer = page.get_by_role("dialog", name="新建客户")
    drawer.get_by_label("客户名称").fill(NAME)
    expect(drawer.get_by_label("合同到期日")).to_be_hidden()
    choose(drawer, "阶段", "已成交")
    drawer.get_by_role("button", name="保存客户").click()
    expect(drawer.get_by_label("合同到期日")).to_have_accessible_description("填写合同到期日")
    assert boss.call("GET", "/customers")["items"] == []

    drawer.get_by_label("合同到期日").fill("2027-03-18")
    drawer.get_by_role("button", name="保存客户").click()
    told(page, f"已新建“{NAME}”")
    [made] = boss.call("GET", "/customers")["items"]
    assert made["custom"] == {"c_end": "2027-03-18"}


def test_the_keyboard_orders_fields_and_a_layout_is_taken_back(visit: Visit, boss: Person) -> None:
    boss.call("POST", "/fields", CYCLE)
    before = boss.call("GET", "/record-kinds/customer")["sections"]
    page = visit(boss).open("/settings/fields")
    handle = page.get_by_role("button", name="移动“决策周期”")
    handle.press("ArrowUp")
    expect(handle).to_be_focused()
    page.get_by_role("button", name="保存布局").click()
    told(page, "已保存布局")
    [section] = boss.call("GET", "/record-kinds/customer")["sections"]
    assert section["fields"][-2:] == ["c_cycle", "remark"]
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("[data-name]").last).to_contain_text("决策周期")
    assert boss.call("GET", "/record-kinds/customer")["sections"] == before


def test_two_who_lay_out_at_once_do_not_overwrite_each_other_unasked(visit: Visit, boss: Person) -> None:
    boss.call("POST", "/fields", CYCLE)
    visitor = visit(boss)
    visitor.expected.add(412)
    page = visitor.open("/settings/fields")
    page.get_by_role("button", name="添加分段").click()
    page.get_by_label("分段名称").last.fill("我的分段")
    now = boss.call("GET", "/record-kinds/customer")
    theirs = [*now["sections"], {"title": "别人的分段", "fields": []}]
    boss.call("PUT", "/record-kinds/customer/layout", {"sections": theirs}, version=now["layout_version"])
    page.get_by_role("button", name="保存布局").click()
    page.get_by_role("dialog", name="布局刚被别人改过").get_by_role("button", name="载入最新的").click()
    expect(page.get_by_label("分段名称").last).to_have_value("别人的分段")
    assert [title for title, _ in sections(boss)] == [None, "别人的分段"]


def test_a_follow_up_has_own_fields_too(visit: Visit, boss: Person) -> None:
    boss.call(
        "POST", "/fields", {"entity": "activity", "key": "c_doubt", "label": "遇到的阻力", "kind": "text"}
    )
    customer = boss.customer(NAME)
    page = visit(boss).open(f"/customers/{customer['id']}")
    page.get_by_label("跟进内容").fill("现场看了二期车间")
    page.get_by_label("遇到的阻力").fill("价格")
    page.get_by_role("button", name="保存跟进").click()
    told(page, "已记录跟进")
    line = page.get_by_role("listitem").filter(has_text="现场看了二期车间")
    expect(line.get_by_role("definition")).to_have_text("价格")
    expect(page.get_by_label("遇到的阻力")).to_have_value("")
    [noted] = boss.call("GET", f"/customers/{customer['id']}/activities")["items"]
    assert noted["custom"] == {"c_doubt": "价格"}


def test_a_formula_is_tried_while_it_is_written(visit: Visit, boss: Person) -> None:
    boss.call(
        "POST", "/fields", {"entity": "customer", "key": "c_seats", "label": "席位数", "kind": "number"}
    )
    boss.customer(NAME, custom={"c_seats": 120})
    page = visit(boss).open("/settings/fields")
    page.get_by_role("button", name="添加字段").first.click()
    drawer = page.get_by_role("dialog", name="给客户添加字段")
    drawer.get_by_role("button", name="公式").click()
    drawer.get_by_label("字段名称").fill("年费")
    formula = drawer.get_by_label("公式", exact=True)
    formula.fill("{c_seats} * ")
    outcome = drawer.get_by_role("status")
    expect(outcome).to_contain_text("第 12 个字符处看不懂")
    formula.fill("{c_seats} * 365")
    expect(outcome).to_have_text(f"以“{NAME}”为例，结果是 43,800")
    drawer.get_by_role("button", name="添加字段").click()
    told(page, "已添加“年费”")


def test_a_phone_fills_in_own_fields(visit: Visit, boss: Person) -> None:
    boss.call("POST", "/fields", CYCLE)
    budget = {"entity": "customer", "key": "c_budget", "label": "年采购预算", "kind": "money"}
    boss.call("POST", "/fields", budget)
    customer = boss.customer(NAME)
    phone = visit(boss, size=PHONE)
    page = phone.read(f"/customers/{customer['id']}?edit=1")
    drawer = page.get_by_role("dialog", name="编辑客户")
    drawer.get_by_label("年采购预算").fill("35 万")
    phone.settle()
    assert page.evaluate(SIDEWAYS) == []
    drawer.get_by_role("button", name="保存客户").tap()
    told(page, f"已保存“{NAME}”")
    saved = boss.call("GET", f"/customers/{customer['id']}")["custom"]
    assert saved == {"c_budget": {"amount": 35_000_000, "currency": "CNY"}}


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_a_role_stops_seeing_a_field(
    visit: Visit, boss: Person, seller: Person, size: tuple[int, int]
) -> None:
    customer = seller.customer(NAME, remark="内部底价 80 万", industry="机械")
    page = visit(boss, size=size).open("/settings/field-rights")
    choose(page, "角色", "销售")
    choose(page, "“备注”的权限", "隐藏")
    choose(page, "“行业”的权限", "只能查看")
    assert page.evaluate(SIDEWAYS) == []
    page.get_by_role("button", name="保存字段权限").click()
    told(page, "已保存字段权限")
    expect(page.get_by_role("button", name="保存字段权限")).to_have_count(0)
    page.reload()
    choose(page, "角色", "销售 · 限制 2 个字段")

    hers = visit(seller, size=size).open(f"/customers/{customer['id']}")
    expect(hers.get_by_role("heading", name=NAME)).to_be_visible()
    expect(hers.get_by_text("内部底价")).to_have_count(0)
    assert seller.call("GET", f"/customers/{customer['id']}")["remark"] is None
