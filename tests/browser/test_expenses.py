"""Expenses: claimed with a receipt, granted, paid; the same receipt is refused; all of it fits a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import told
from tests.support.pictures import painted

RECEIPT = {"name": "车票.png", "mimeType": "image/png", "buffer": painted()}


@pytest.fixture(scope="module")
def people(boss: Person, arrive: Arrive) -> list[Person]:
    """One who sells and one who pays; what is claimed is asked of the administrator."""
    gathered = boss.gather(arrive, 林知夏="sales", 杜若="finance")
    flow = boss.call("POST", "/approval-flows", {"kind": "expense-claim", "name": "报销审批"})
    asked = {"by": "people", "ids": [boss.me]}
    lead = {"id": "lead", "type": "approve", "name": "总经理审批", "who": [asked]}
    path, drawn = f"/approval-flows/{flow['id']}", {"definition": {"nodes": [lead]}}
    drawing = boss.call("PUT", f"{path}/draft", drawn, version=flow["version"])
    boss.call("POST", f"{path}/publication", version=drawing["version"])
    return gathered


def _write(page: Page, title: str, amount: str) -> None:
    page.get_by_label("报销事由").fill(title)
    page.get_by_role("combobox", name="费用类型").click()
    page.get_by_role("option", name="交通").click()
    page.get_by_role("textbox", name="金额").fill(amount)
    page.locator("input[type=file]").first.set_input_files(RECEIPT)
    expect(
        page.get_by_role("button", name="移除 车票.png").or_(page.get_by_text("车票.png").first).first
    ).to_be_visible()


def test_a_claim_is_written_granted_and_paid(visit: Visit, boss: Person, people: list[Person]) -> None:
    seller, finance = people
    page = visit(seller).open("/expenses")
    page.get_by_role("button", name="新建报销单").first.click()
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_text("填写报销事由")).to_be_visible()
    _write(page, "上海出差", "236")
    page.get_by_role("button", name="提交审批").click()
    told(page, "已提交 BX-")
    expect(page.get_by_text("审批中").first).to_be_visible()
    expect(page.get_by_text("等 秦明远 处理")).to_be_visible()

    desk = visit(boss).open("/approvals")
    desk.get_by_role("main").get_by_role("button", name=re.compile("BX-.*上海出差")).click()
    expect(desk.get_by_role("button", name=re.compile("车票.png"))).to_be_visible()
    expect(desk.get_by_text("¥236.00").first).to_be_visible()
    desk.get_by_role("button", name="同意").click()
    told(desk, "已同意")

    till = visit(finance).open("/expenses?state=approved")
    till.get_by_role("row", name=re.compile("上海出差")).get_by_role("checkbox").press("Space")
    till.get_by_role("button", name="登记 1 份付款").click()
    dialog = till.get_by_role("dialog")
    dialog.get_by_label("付款凭证号").fill("工行 0325-01")
    dialog.get_by_role("button", name="登记付款").click()
    told(till, "已登记付款")
    [made] = seller.call("GET", "/expense-claims")["items"]
    assert (made["state"], made["amount"]["amount"], made["receipt_count"]) == ("paid", 23_600, 1)


def test_the_same_receipt_is_refused_on_a_phone(visit: Visit, people: list[Person]) -> None:
    visitor = visit(people[0], size=PHONE)
    visitor.expected.add(409)
    page = visitor.open("/expenses/new")
    _write(page, "再报一次", "99")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_text("同一张票据不能报销两次")).to_be_visible()
    page.get_by_role("button", name="关闭").last.click()
    expect(page.get_by_text("已经报销过").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="编辑").click()
    expect(page.get_by_label("报销事由")).to_have_value("再报一次")
    page.get_by_label("车票.png的发票号码").fill("88770001")
    page.get_by_role("button", name="保存草稿").click()
    told(page, "已保存 BX-")
    expect(page.get_by_text("发票号码 88770001")).to_be_visible()
