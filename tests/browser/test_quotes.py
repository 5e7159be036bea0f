"""Quotes: written like a sheet, worked out meanwhile, submitted, sent, declined, begun anew and compared."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person
from tests.browser.visitor import told


@pytest.fixture
def sold(boss: Person) -> Any:
    """A product for 100.00 yuan that costs 60.00 and should bring 80.00."""
    amounts = {"list_price": 10_000, "cost": 6_000, "floor_price": 8_000}
    money = {name: {"amount": amount, "currency": "CNY"} for name, amount in amounts.items()}
    return boss.call("POST", "/products", {"name": "深沟球轴承", "unit": "套", "tax_rate": 1_300, **money})


def test_a_quote_is_written_and_goes_its_way(visit: Visit, boss: Person, sold: Any) -> None:
    customer = boss.customer("杭州云岫智能装备有限公司")
    page = visit(boss).open(f"/customers/{customer['id']}?tab=quotes")
    page.get_by_role("button", name="新建报价").click()
    expect(page.get_by_text("杭州云岫智能装备有限公司").first).to_be_visible()
    page.get_by_role("button", name="保存报价").click()
    expect(page.get_by_text("填写报价名称")).to_be_visible()
    page.get_by_label("报价名称").fill("轴承年度采购")
    page.get_by_role("combobox", name="添加产品").click()
    page.get_by_role("option", name="深沟球轴承").click()
    page.get_by_label("深沟球轴承的数量").fill("3")
    page.get_by_label("深沟球轴承的折扣").fill("x")
    expect(page.get_by_text("填 5（减 5%）或 ¥10（减 10 元）")).to_be_visible()
    page.get_by_label("深沟球轴承的折扣").fill("25")
    expect(page.get_by_text("低于底价")).to_be_visible()
    page.get_by_role("button", name="添加自定义行").click()
    page.get_by_label("第 2 行的名称").fill("安装调试")
    page.get_by_label("安装调试的单价").fill("500")
    expect(page.get_by_text("含税金额 ¥725.00")).to_be_visible()
    page.get_by_role("button", name="保存报价").click()
    told(page, "已新建报价")

    expect(page.get_by_role("heading", name="轴承年度采购")).to_be_visible()
    expect(page.get_by_role("row", name="深沟球轴承")).to_contain_text("¥225.00")
    page.get_by_role("button", name="提交审批").click()
    told(page, "不需要审批，可以发给客户了")
    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="标为已用其他方式发送").click()
    told(page, "已标为发送")
    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="客户谢绝").click()
    page.get_by_label("原因").fill("预算推迟")
    page.get_by_role("button", name="记下谢绝").click()
    told(page, "已记下客户谢绝")
    expect(page.get_by_text("预算推迟", exact=True)).to_be_visible()
    page.get_by_role("button", name="更多操作").click()
    page.get_by_role("menuitem", name="新建版本").click()
    told(page, "现在是第 2 版，可以修改")
    page.get_by_role("button", name="编辑").click()
    page.get_by_label("深沟球轴承的折扣").fill("10")
    page.get_by_role("button", name="移除安装调试").click()
    page.get_by_role("button", name="保存报价").click()
    told(page, "已保存报价")
    page.get_by_role("tab", name="版本").click()
    page.get_by_role("button", name="与第 1 版比较").click()
    expect(page.get_by_text("移除 安装调试 ×1")).to_be_visible()
    [made] = boss.call("GET", "/quotes")["items"]
    assert (made["state"], made["revision"], made["gross"]["amount"], made["below_floor"]) == (
        "draft", 2, 27_000, False,
    )  # fmt: skip


def test_a_quote_fits_a_phone_and_whoever_is_overtaken_is_asked(
    visit: Visit, boss: Person, sold: Any
) -> None:
    customer = boss.customer("深圳启衡电子技术有限公司")
    lines = [{"product_id": sold["id"], "quantity": "120"}]
    facts = {"customer_id": customer["id"], "title": "备件" * 20, "lines": lines}
    made = boss.call("POST", "/quotes", facts)
    visitor = visit(boss, size=PHONE)
    visitor.expected.add(412)
    page = visitor.open(f"/quotes/{made['id']}")
    expect(page.get_by_role("cell", name="¥12,000.00")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="编辑").click()
    page.get_by_label("深沟球轴承的数量").fill("100")
    boss.call("PATCH", f"/quotes/{made['id']}", {"title": "别的名称"}, version=1)
    page.get_by_role("button", name="保存报价").click()
    page.get_by_role("button", name="保存我的内容").click()
    told(page, "已保存报价")
    expect(page.get_by_role("cell", name="¥10,000.00")).to_be_visible()
