"""The phone's edition: whoever signs in by a link says yes in two taps, and decides several at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import PASSWORD, Arrive, Person
from tests.browser.test_accessible import faults
from tests.browser.test_phone import SIDEWAYS, too_small
from tests.support.pictures import painted

GOOD, STALE = "云岫智能装备", "汇澜精密制造"


@pytest.fixture(scope="module")
def office(boss: Person, arrive: Arrive) -> list[Person]:
    """A manager and somebody who sells; the manager says yes to quotes and to handing customers over."""
    people = boss.gather(arrive, 周思远="manager", 林知夏="sales", 顾辰="sales")
    who = [{"by": "people", "ids": [people[0].me]}]
    for kind in ("quote", "customer-transfer"):
        flow = boss.call("POST", "/approval-flows", {"kind": kind, "name": f"{kind}审批"})
        node = {"id": "lead", "type": "approve", "name": "主管审批", "who": who, "own": {"then": "ask"}}
        path = f"/approval-flows/{flow['id']}"
        drawn = boss.call("PUT", f"{path}/draft", {"definition": {"nodes": [node]}}, version=flow["version"])
        boss.call("POST", f"{path}/publication", version=drawn["version"])
    return people


def _product(boss: Person) -> str:
    money = {name: {"amount": amount, "currency": "CNY"} for name, amount in
             {"list_price": 1_200_000, "cost": 700_000, "floor_price": 900_000}.items()}  # fmt: skip
    made = boss.call("POST", "/products", {"name": "在线检测仪", "unit": "台", "tax_rate": 1_300, **money})
    return str(made["id"])


def _quote(boss: Person, seller: Person, customer: str) -> str:
    """A quote below the floor that waits for the manager."""
    lines = [{"product_id": _product(boss), "quantity": "3", "discount": {"rate": 3_000}}]
    facts = {"customer_id": seller.customer(customer)["id"], "title": "检测线一期", "lines": lines}
    quote = str(seller.call("POST", "/quotes", facts)["id"])
    seller.call("POST", f"/quotes/{quote}/submission", version=1)
    return quote


def _asked_for(seller: Person, to: Person, name: str) -> None:
    customer = seller.customer(name)
    asked = {"to_id": to.me, "reason": "客户搬到了深圳"}
    seller.call("POST", f"/customers/{customer['id']}/handover-requests", asked)


def _sign_in(page: Page, login: str) -> None:
    page.get_by_label("手机号或邮箱").fill(login)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").tap()


def _nothing_sideways(page: Page) -> None:
    assert page.evaluate(SIDEWAYS) == []


def test_a_link_leads_through_signing_in_to_a_yes_in_two_taps(
    visit: Visit, boss: Person, office: list[Person]
) -> None:
    manager, seller, _ = office
    quote = _quote(boss, seller, GOOD)
    approval = manager.call("GET", "/approvals/to-decide?kind=quote")["items"][0]["id"]
    visitor = visit(size=PHONE)
    page = visitor.open(f"/m/approvals/{approval}")
    _sign_in(page, manager.login)
    expect(page.get_by_role("heading", name=re.compile(GOOD))).to_be_visible()
    expect(page.get_by_role("list", name="报价明细")).to_contain_text("在线检测仪")
    expect(page.get_by_role("list", name="审批流程")).to_contain_text("周思远")
    visitor.settle()
    _nothing_sideways(page)
    found = faults(visitor)

    yes = page.get_by_role("button", name="同意", exact=True)
    assert too_small(yes) == []
    yes.tap()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("意见").fill("仅限首单")
    visitor.settle()
    found += faults(visitor)
    sheet.get_by_role("button", name="确认同意").tap()
    expect(page.get_by_text("已同意“")).to_be_visible()
    expect(page.get_by_role("list", name="审批流程")).to_contain_text("仅限首单")
    expect(yes).to_have_count(0)
    assert seller.call("GET", f"/quotes/{quote}")["state"] == "approved"

    page.get_by_role("button", name="返回").tap()
    expect(page.get_by_role("heading", name="没有等你审批的事")).to_be_visible()
    visitor.settle()
    found += faults(visitor)
    visitor.read(f"/m/quotes/{quote}")
    found += faults(visitor)
    visitor.read("/m/me")
    found += faults(visitor)
    assert "\n".join(found) == ""


def test_whoever_is_overtaken_keeps_what_was_typed_and_several_are_decided_at_once(
    visit: Visit, boss: Person, office: list[Person]
) -> None:
    manager, seller, other = office
    for name in ("宁波海岚供应链", "深圳启衡电子", STALE):
        _asked_for(seller, other, name)
    visitor = visit(manager, size=PHONE)
    visitor.expected |= {409, 412}
    page = visitor.open("/m/")
    page.get_by_role("group", name="类型").get_by_role("button", name="客户转移").tap()
    rows = page.get_by_role("list", name="待我审批").get_by_role("button")
    expect(rows).to_have_count(3)
    page.get_by_role("searchbox").fill("海岚")
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="清空查找").tap()
    expect(rows).to_have_count(3)
    visitor.settle()
    _nothing_sideways(page)
    assert "\n".join(faults(visitor)) == ""

    rows.filter(has_text=STALE).tap()
    page.get_by_role("button", name="驳回", exact=True).tap()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="确认驳回").tap()
    expect(sheet.get_by_role("alert")).to_have_text("写明原因，提交人会看到")
    sheet.get_by_label("意见").fill("先把账期谈清楚")
    [mine] = [one for one in seller.call("GET", "/approvals/mine")["items"] if STALE in one["title"]]
    seller.call("POST", f"/approvals/{mine['id']}/withdrawal", {})
    sheet.get_by_role("button", name="确认驳回").tap()
    expect(page.get_by_role("alert")).to_contain_text("已经重新加载")
    expect(page.get_by_text("已撤回").first).to_be_visible()
    page.get_by_role("button", name="返回").tap()

    expect(rows).to_have_count(2)
    page.get_by_role("button", name="批量处理").tap()
    page.get_by_role("button", name="全选").tap()
    expect(page.get_by_text("已选 2 件")).to_be_visible()
    page.get_by_role("group", name="批量操作").get_by_role("button", name="同意").tap()
    sheet = page.get_by_role("dialog", name="同意 2 件审批")
    sheet.get_by_label("意见").fill("同意交接")
    sheet.get_by_role("button", name="同意 2 件").tap()
    expect(page.get_by_text("已同意 2 件审批")).to_be_visible()
    expect(page.get_by_role("heading", name="没有这一类的审批")).to_be_visible()
    states = [one["state"] for one in seller.call("GET", "/approvals/mine?kind=customer-transfer")["items"]]
    assert sorted(states) == ["granted", "granted", "withdrawn"]


def test_nothing_is_lost_without_a_network(visit: Visit, boss: Person, office: list[Person]) -> None:
    manager, seller, other = office
    _asked_for(seller, other, "无锡云帆材料")
    visitor = visit(manager, size=PHONE)
    page = visitor.open("/m/")
    row = page.get_by_role("list", name="待我审批").get_by_role("button", name="无锡云帆材料")
    row.tap()
    page.get_by_role("button", name="同意", exact=True).tap()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("意见").fill("同意交接")
    visitor.settle()
    visitor.context.set_offline(True)
    sheet.get_by_role("button", name="确认同意").tap()
    expect(sheet.get_by_role("alert")).to_contain_text("连不上服务器")
    expect(page.get_by_text("没有网络，已填的内容都还在")).to_be_attached()
    visitor.context.set_offline(False)
    expect(sheet.get_by_label("意见")).to_have_value("同意交接")
    sheet.get_by_role("button", name="确认同意").tap()
    expect(page.get_by_text("已同意“")).to_be_visible()
    visitor.faults[:] = [fault for fault in visitor.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_a_claim_with_photographed_receipts_is_submitted(
    visit: Visit, boss: Person, office: list[Person]
) -> None:
    _, seller, _ = office
    kinds = [one["name"] for one in boss.call("GET", "/expense-kinds")["items"] if not one["needs_customer"]]
    visitor = visit(seller, size=PHONE)
    page = visitor.open("/m/")
    page.get_by_role("link", name="报销").tap()
    page.get_by_role("button", name="新建报销单").tap()
    page.get_by_role("button", name="提交审批").tap()
    expect(page.get_by_text("填写报销事由")).to_be_visible()
    page.get_by_label("报销事由").fill("上海出差拜访客户")
    page.get_by_label("金额", exact=True).fill("128.5")
    page.get_by_role("group", name="费用类型").get_by_role("button", name=kinds[0], exact=True).tap()
    page.get_by_label("拍票据或选照片").set_input_files(
        [
            {"name": f"{name}.png", "mimeType": "image/png", "buffer": painted(colour=colour)}
            for name, colour in (("去程", "red"), ("回程", "green"))
        ]
    )
    expect(page.get_by_role("button", name="移除票据")).to_have_count(2)
    visitor.settle()
    _nothing_sideways(page)
    found = faults(visitor)
    page.get_by_role("button", name="提交审批").tap()
    expect(page.get_by_role("heading", name="上海出差拜访客户")).to_be_visible()
    expect(page.get_by_role("list", name="费用明细").get_by_role("button", name="查看")).to_have_count(2)
    [claim] = seller.call("GET", "/expense-claims")["items"]
    assert (claim["amount"]["amount"], claim["receipt_count"]) == (12_850, 2)
    assert claim["state"] in {"submitted", "approved"}
    visitor.settle()
    found += faults(visitor)
    visitor.read("/m/expenses")
    expect(page.get_by_text("¥128.50")).to_be_visible()
    found += faults(visitor)
    assert "\n".join(found) == ""
