"""Advances: asked for, granted, paid out, returned in part; all of it fits a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import told


@pytest.fixture(scope="module")
def people(boss: Person, arrive: Arrive) -> list[Person]:
    """One who sells and one who pays; what is borrowed is asked of the administrator."""
    gathered = boss.gather(arrive, 林知夏="sales", 杜若="finance")
    flow = boss.call("POST", "/approval-flows", {"kind": "advance", "name": "借款审批"})
    lead = {
        "id": "lead",
        "type": "approve",
        "name": "总经理审批",
        "who": [{"by": "people", "ids": [boss.me]}],
    }
    path, drawn = f"/approval-flows/{flow['id']}", {"definition": {"nodes": [lead]}}
    drawing = boss.call("PUT", f"{path}/draft", drawn, version=flow["version"])
    boss.call("POST", f"{path}/publication", version=drawing["version"])
    return gathered


def test_is_borrowed_paid_out_and_returned_in_part(visit: Visit, boss: Person, people: list[Person]) -> None:
    seller, finance = people
    page = visit(seller).open("/advances")
    page.get_by_role("button", name="申请借款").first.click()
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_text("填写借款事由")).to_be_visible()
    page.get_by_label("借款事由").fill("广州展会备用金")
    page.get_by_role("textbox", name="借款金额").fill("3000")
    page.get_by_role("button", name="提交审批").click()
    told(page, "已提交 JK-")
    expect(page.get_by_text("等 秦明远 处理")).to_be_visible()

    desk = visit(boss).open("/approvals")
    desk.get_by_role("main").get_by_role("button", name=re.compile("JK-.*广州展会备用金")).click()
    expect(desk.get_by_text("¥3,000.00").first).to_be_visible()
    desk.get_by_role("button", name="同意").click()
    told(desk, "已同意")

    till = visit(finance).open("/advances?state=approved")
    till.get_by_role("row", name=re.compile("广州展会备用金")).get_by_role("checkbox").press("Space")
    till.get_by_role("button", name="登记 1 笔付款").click()
    till.get_by_role("dialog").get_by_role("button", name="登记付款").click()
    told(till, "已登记付款")
    till.goto(till.url.split("?")[0])
    till.get_by_role("link", name="广州展会备用金").first.click()
    till.get_by_role("button", name="登记还款").click()
    dialog = till.get_by_role("dialog")
    amount = dialog.get_by_role("textbox", name="还款金额")
    amount.fill("3000.01")
    dialog.get_by_role("button", name="登记还款").click()
    expect(dialog.get_by_text("最多还 ¥3,000.00")).to_be_visible()
    amount.fill("1200")
    dialog.get_by_role("button", name="登记还款").click()
    told(till, "还剩 ¥1,800.00")
    expect(till.get_by_text("未还 ¥1,800.00")).to_be_visible()
    [made] = seller.call("GET", "/advances")["items"]
    assert (made["state"], made["outstanding"]["amount"]) == ("outstanding", 180_000)


def test_a_paid_claim_is_written_off(visit: Visit, people: list[Person]) -> None:
    seller, finance = people
    [advance] = seller.call("GET", "/advances")["items"]
    kinds = {one["name"]: one["id"] for one in seller.call("GET", "/expense-kinds")["items"]}
    spent = {"kind_id": kinds["差旅补贴"], "spent_on": "2026-03-18", "amount": 250_000}
    claim = seller.call("POST", "/expense-claims", {"title": "广州展会", "lines": [spent]})
    seller.call("POST", f"/expense-claims/{claim['id']}/submission", {}, version=claim["version"])

    till = visit(finance).open(f"/expenses/{claim['id']}")
    till.get_by_role("button", name="登记付款").click()
    dialog = till.get_by_role("dialog")
    whose = dialog.get_by_role("region", name="林知夏")
    figures = ["报销金额¥2,500.00", "未还借款¥1,800.00", "核销¥1,800.00", "实付¥700.00"]
    expect(whose.locator("dl > div")).to_have_text(figures)
    whose.get_by_text("全部核销").click()
    till.get_by_role("option", name="核销一部分").click()
    part = whose.get_by_role("textbox")
    part.fill("1900")
    part.press("Tab")
    expect(whose.get_by_text("最多核销 ¥1,800.00")).to_be_visible()
    expect(dialog.get_by_role("button", name="登记付款")).to_be_disabled()
    part.fill("1000")
    part.press("Tab")
    expect(dialog.get_by_role("status")).to_contain_text("¥1,500.00")
    dialog.get_by_role("button", name="登记付款").click()
    told(till, "已登记付款")
    expect(till.get_by_text("实付 ¥1,500.00，核销借款 ¥1,000.00")).to_be_visible()
    till.get_by_role("list", name="核销的借款").get_by_role("link").click()
    expect(till.get_by_text("未还 ¥800.00")).to_be_visible()
    assert seller.call("GET", f"/advances/{advance['id']}")["outstanding"]["amount"] == 80_000


def test_who_borrows_sees_what_is_owed_on_a_phone(visit: Visit, people: list[Person]) -> None:
    page = visit(people[0], size=PHONE).open("/advances")
    expect(page.get_by_role("status").get_by_text("¥800.00")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("link", name=re.compile("广州展会备用金")).click()
    expect(page.get_by_role("list", name="往来明细").get_by_role("listitem")).to_have_count(3)
    expect(page.get_by_role("button", name="登记还款")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.goto(page.url.split("/advances")[0] + "/advances/new")
    expect(page.get_by_text("你还有借款 ¥800.00 未还")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
