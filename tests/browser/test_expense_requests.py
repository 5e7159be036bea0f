"""Expense requests: asked for, with people chosen; granted; claimed from, above what is left; closed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import told


@pytest.fixture(scope="module")
def people(boss: Person, arrive: Arrive) -> list[Person]:
    """One who sells and one who decides, whom the first one chooses."""
    gathered = boss.gather(arrive, 林知夏="sales", 许曼="manager")
    flow = boss.call("POST", "/approval-flows", {"kind": "expense-request", "name": "费用申请审批"})
    lead = {"id": "lead", "type": "approve", "name": "主管审批", "who": [{"by": "choice", "most": 1}]}
    path, drawn = f"/approval-flows/{flow['id']}", {"definition": {"nodes": [lead]}}
    drawing = boss.call("PUT", f"{path}/draft", drawn, version=flow["version"])
    boss.call("POST", f"{path}/publication", version=drawing["version"])
    return gathered


def test_is_asked_for_granted_claimed_from_and_closed(visit: Visit, people: list[Person]) -> None:
    seller, lead = people
    page = visit(seller).open("/expense-requests")
    page.get_by_role("button", name="新建费用申请").first.click()
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_text("填写申请事由")).to_be_visible()
    page.get_by_label("申请事由").fill("广州展会")
    page.get_by_label("城市").fill("广州")
    page.get_by_role("combobox", name="费用类型").click()
    page.get_by_role("option", name="差旅补贴").click()
    page.get_by_role("textbox", name="金额").fill("600")
    page.get_by_role("button", name="提交审批").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("为“主管审批”选择审批人").press("ArrowDown")
    page.get_by_role("option", name=re.compile("许曼")).click()
    dialog.get_by_text("提交 SQ-").click()
    dialog.get_by_role("button", name="提交审批").click()
    told(page, "已提交 SQ-")
    expect(page.get_by_text("等 许曼 处理")).to_be_visible()

    desk = visit(lead).open("/approvals")
    desk.get_by_role("main").get_by_role("button", name=re.compile("SQ-.*广州展会")).click()
    expect(desk.get_by_role("heading", name="预计费用")).to_be_visible()
    expect(desk.get_by_text("¥600.00").first).to_be_visible()
    desk.get_by_role("button", name="同意").click()
    told(desk, "已同意")

    page.reload()
    page.get_by_role("button", name="生成报销单").click()
    expect(page.get_by_label("报销事由")).to_have_value("广州展会")
    expect(page.get_by_role("textbox", name="金额")).to_have_value("600")
    page.get_by_role("textbox", name="金额").fill("650")
    expect(page.get_by_text("申请还剩 ¥600.00，这份报销多出 ¥50.00")).to_be_visible()
    page.get_by_role("button", name="提交审批").click()
    told(page, "不需要审批，等财务付款")
    expect(page.get_by_text("比申请剩余的金额多 ¥50.00")).to_be_visible()
    [claim] = seller.call("GET", "/expense-claims")["items"]
    assert (claim["state"], claim["amount"]["amount"]) == ("approved", 65_000)

    page.get_by_role("link", name=re.compile("SQ-.*广州展会")).click()
    expect(page.get_by_role("region", name="报销单").get_by_text("待付款")).to_be_visible()
    page.get_by_role("button", name="关闭申请").click()
    page.get_by_role("dialog").get_by_role("button", name="关闭申请").click()
    told(page, "已关闭 SQ-")
    [request] = seller.call("GET", "/expense-requests")["items"]
    assert (request["state"], request["drawn"]["amount"]) == ("closed", 65_000)


def test_is_written_on_a_narrow_screen(visit: Visit, people: list[Person]) -> None:
    page = visit(people[0], size=PHONE).open("/expense-requests/new")
    page.get_by_label("申请事由").fill("客户拜访")
    page.get_by_role("combobox", name="费用类型").click()
    page.get_by_role("option", name="交通").click()
    page.get_by_role("textbox", name="金额").fill("99.5")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="保存草稿").click()
    told(page, "已新建 SQ-")
    expect(page.get_by_role("heading", name="客户拜访")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("link", name="返回费用申请列表").click()
    expect(page.get_by_text("客户拜访").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_whoever_submits_a_claim_on_the_phone_chooses_too(
    visit: Visit, boss: Person, people: list[Person]
) -> None:
    seller, lead = people
    flow = boss.call("POST", "/approval-flows", {"kind": "expense-claim", "name": "报销审批"})
    node = {"id": "lead", "type": "approve", "name": "主管审批", "who": [{"by": "choice", "most": 1}]}
    path, drawn = f"/approval-flows/{flow['id']}", {"definition": {"nodes": [node]}}
    drawing = boss.call("PUT", f"{path}/draft", drawn, version=flow["version"])
    boss.call("POST", f"{path}/publication", version=drawing["version"])
    kind = next(one for one in seller.call("GET", "/expense-kinds")["items"] if one["name"] == "差旅补贴")
    line = {"kind_id": kind["id"], "spent_on": "2026-03-18", "amount": 5_000}
    made = seller.call("POST", "/expense-claims", {"title": "手机报销", "lines": [line]})
    page = visit(seller, size=PHONE).open(f"/m/expenses/{made['id']}")
    page.get_by_role("button", name="提交审批").click()
    sheet = page.get_by_role("dialog", name=re.compile("提交 BX-"))
    sheet.get_by_role("button", name="提交审批").click()
    expect(sheet.get_by_text("至少选一位")).to_be_visible()
    sheet.get_by_role("button", name=re.compile("为“主管审批”选择审批人")).click()
    page.get_by_role("button", name=re.compile("许曼")).click()
    sheet.get_by_role("button", name="提交审批").click()
    expect(page.get_by_text("审批中").first).to_be_visible()
    asked = lead.call("GET", "/approvals/to-decide?kind=expense-claim")["items"]
    assert [one["title"] for one in asked] == [f"{made['number']} 手机报销"]
