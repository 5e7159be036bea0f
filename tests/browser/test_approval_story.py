"""A flow is drawn and put in force; what goes through it is sent back, corrected, asked again and granted."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.drawing import add, ask, begin, call, card, demand, publish
from tests.browser.person import Arrive, Person
from tests.browser.visitor import choose, told

TITLE = "轴承年度采购"


@pytest.fixture
def office(boss: Person, arrive: Arrive) -> list[Person]:
    """Two who are asked, and one who sells."""
    return boss.gather(arrive, 周思远="manager", 许曼="manager", 林知夏="sales")


@pytest.fixture
def quote(boss: Person, office: list[Person]) -> Any:
    """A draft of the seller's with a discount below the floor price."""
    amounts = {"list_price": 10_000, "cost": 6_000, "floor_price": 8_000}
    money = {name: {"amount": amount, "currency": "CNY"} for name, amount in amounts.items()}
    facts = {"name": "深沟球轴承", "unit": "套", "tax_rate": 1_300, **money}
    product = boss.call("POST", "/products", facts)
    seller = office[-1]
    customer = seller.customer("杭州云岫智能装备有限公司")
    line = {"product_id": product["id"], "quantity": "30", "discount": {"rate": 3_000}}
    drafted = {"customer_id": customer["id"], "title": TITLE, "lines": [line]}
    return seller.call("POST", "/quotes", drafted)


def draw(page: Page) -> None:
    """Whatever is below the floor price is looked at from two sides at once."""
    begin(page, "报价", "报价审批")
    add(page, "条件分支", after="提交")
    card(page, "条件 1").click()
    call(page, "低价报价")
    demand(page, "低于底价", "是")
    add(page, "并行分支", after="低价报价")
    for lane, name, colleague in (("并行 1", "价格复核", "周思远"), ("并行 2", "交付评估", "许曼")):
        add(page, "审批", after=lane)
        call(page, name)
        ask(page, colleague)
    add(page, "结束", after="其他情况")
    expect(page.get_by_text("检查通过")).to_be_visible()


def simulate(page: Page) -> None:
    """Both are asked for what is below the floor, nobody for the rest."""
    page.get_by_role("button", name="试运行").click()
    trial = page.get_by_role("complementary", name="试运行")
    choose(trial, "低于底价", "是")
    trial.get_by_role("button", name="开始试运行").click()
    path = page.get_by_role("region", name="经过的节点")
    expect(path.get_by_role("listitem").filter(has_text="价格复核")).to_contain_text("周思远")
    expect(path.get_by_role("listitem").filter(has_text="交付评估")).to_contain_text("许曼")
    choose(trial, "低于底价", "否")
    trial.get_by_role("button", name="开始试运行").click()
    expect(path.get_by_role("listitem").filter(has_text="条件分支")).to_contain_text("其他情况")
    expect(path.get_by_text("价格复核")).to_have_count(0)


def approve(page: Page, title: str) -> None:
    """Say yes to what is in sight."""
    expect(page.get_by_role("article", name=title)).to_be_visible()
    page.keyboard.press("a")
    page.get_by_role("dialog", name="同意").get_by_role("button", name="同意").click()
    told(page, "已同意")


def test_a_quote_goes_through_a_flow_that_was_just_drawn(
    visit: Visit, boss: Person, office: list[Person], quote: Any
) -> None:
    price, delivery, seller = office
    desk = visit(boss).open("/settings/flows")
    draw(desk)
    simulate(desk)
    publish(desk)
    told(desk, "“报价审批”第 1 版已生效")

    hers = visit(seller).open(f"/quotes/{quote['id']}")
    hers.get_by_role("button", name="提交审批").click()
    told(hers, f"已提交 {quote['number']}")

    title = f"{quote['number']} {TITLE}"
    first, second = visit(price).open("/approvals"), visit(delivery).open("/approvals")
    for page in (first, second):
        expect(page.get_by_role("article", name=title)).to_contain_text("低于底价")
    first.get_by_role("article", name=title).get_by_role("button", name="退回").click()
    back = first.get_by_role("dialog", name="退回修改")
    back.get_by_label("原因").fill("折扣说明写进条款")
    back.get_by_role("button", name="退回").click()
    told(first, "已退回")
    # Nobody is asked any more, on the other way neither.
    assert delivery.call("GET", "/approvals/to-decide")["items"] == []

    hers.goto(f"{hers.url.partition('/quotes')[0]}/quotes/{quote['id']}/edit")
    hers.get_by_label("条款").fill("年度框架价，季度对账")
    hers.get_by_role("button", name="保存报价").click()
    told(hers, "已保存报价")
    hers.get_by_role("button", name="提交审批").click()
    told(hers, f"已提交 {quote['number']}")

    first.reload()
    approve(first, title)
    assert seller.call("GET", f"/quotes/{quote['id']}")["state"] == "submitted"
    second.reload()
    approve(second, title)
    assert seller.call("GET", f"/quotes/{quote['id']}")["state"] == "approved"

    hers.goto(f"{hers.url.partition('/quotes')[0]}/approvals/mine")
    trail = hers.get_by_role("complementary", name="审批流程")
    for said in ("折扣说明写进条款", "价格复核", "交付评估", "周思远", "许曼"):
        expect(trail).to_contain_text(said)
    expect(trail.get_by_text("同意", exact=True)).to_have_count(2)
