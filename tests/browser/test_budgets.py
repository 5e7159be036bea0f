"""Budgets: made, gone over, told to whoever writes and decides; seen by few; copied; on a narrow screen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import told


@pytest.fixture(scope="module")
def people(boss: Person, arrive: Arrive) -> list[Person]:
    """One who sells and one who decides about every claim."""
    gathered = boss.gather(arrive, 林知夏="sales", 许曼="manager")
    flow = boss.call("POST", "/approval-flows", {"kind": "expense-claim", "name": "报销审批"})
    [lead] = [one for one in boss.call("GET", "/users")["items"] if one["name"] == "许曼"]
    node = {
        "id": "lead",
        "type": "approve",
        "name": "主管审批",
        "who": [{"by": "people", "ids": [lead["id"]]}],
    }
    path, drawn = f"/approval-flows/{flow['id']}", {"definition": {"nodes": [node]}}
    drawing = boss.call("PUT", f"{path}/draft", drawn, version=flow["version"])
    boss.call("POST", f"{path}/publication", version=drawing["version"])
    return gathered


def test_is_made_gone_over_and_told(visit: Visit, boss: Person, people: list[Person]) -> None:
    seller, lead = people
    page = visit(boss).open("/budgets")
    expect(page.get_by_role("heading", name="还没有预算")).to_be_visible()
    page.get_by_role("button", name="新建预算").first.click()
    drawer = page.get_by_role("dialog", name="新建预算")
    drawer.get_by_role("button", name="保存预算").click()
    expect(drawer.get_by_text("给预算起个名字")).to_be_visible()
    expect(drawer.get_by_text("金额应大于 0，例如 50000")).to_be_visible()
    drawer.get_by_label("名称").fill("公司差旅")
    drawer.get_by_role("button", name="今年").click()
    drawer.get_by_label("预算金额").fill("100")
    drawer.get_by_role("button", name="保存预算").click()
    told(page, "已保存公司差旅")
    expect(page.get_by_role("link", name="公司差旅")).to_be_visible()

    sells = visit(seller)
    desk = sells.open("/expenses/new")
    desk.get_by_label("报销事由").fill("上海出差")
    desk.get_by_role("combobox", name="费用类型").click()
    desk.get_by_role("option", name="差旅补贴").click()
    desk.get_by_role("textbox", name="金额").fill("80")
    expect(desk.get_by_text("预算“公司差旅”还剩 ¥100.00")).to_be_visible()
    desk.get_by_role("textbox", name="金额").fill("130")
    expect(desk.get_by_text("超出预算“公司差旅” ¥30.00（还剩 ¥100.00）")).to_be_visible()
    desk.get_by_role("button", name="提交审批").click()
    told(desk, "已提交 BX-")
    sells.open("/budgets")
    expect(desk.get_by_text("只看自己费用的同事看不到预算", exact=False)).to_be_visible()

    inbox = visit(lead).open("/approvals")
    inbox.get_by_role("main").get_by_role("button", name=re.compile("BX-.*上海出差")).click()
    expect(inbox.get_by_text("公司差旅（超 ¥30.00）")).to_be_visible()

    page.reload()
    expect(page.get_by_text("1 个超预算")).to_be_visible()
    page.get_by_role("link", name="公司差旅").click()
    expect(page.get_by_text("超 ¥30.00").first).to_be_visible()
    page.get_by_role("tab", name="费用明细").click()
    expect(page.get_by_role("link", name=re.compile("BX-.*上海出差"))).to_be_visible()
    page.get_by_role("tab", name="历史").click()
    expect(page.get_by_text("公司差旅").last).to_be_visible()


def test_a_stop_cannot_be_submitted_and_a_period_is_copied(
    visit: Visit, boss: Person, people: list[Person]
) -> None:
    [budget] = boss.call("GET", "/budgets")["items"]
    boss.call("PATCH", f"/budgets/{budget['id']}", {"mode": "stop"}, version=budget["version"])
    sells = visit(people[0])
    sells.expected.add(409)
    desk = sells.open("/expenses/new")
    desk.get_by_label("报销事由").fill("再去一次")
    desk.get_by_role("combobox", name="费用类型").click()
    desk.get_by_role("option", name="差旅补贴").click()
    desk.get_by_role("textbox", name="金额").fill("1")
    expect(desk.get_by_text("不能提交")).to_be_visible()
    desk.get_by_role("button", name="提交审批").click()
    expect(desk.get_by_text(re.compile("“公司差旅”预算不够"))).to_be_visible()
    [draft] = [one for one in people[0].call("GET", "/expense-claims")["items"] if one["title"] == "再去一次"]
    assert draft["state"] == "draft"

    page = visit(boss, size=PHONE).open("/budgets")
    expect(page.get_by_text("公司差旅")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="复制到下一期").click()
    dialog = page.get_by_role("dialog", name="复制到下一期")
    dialog.get_by_label("金额调整为原来的（%）").fill("110")
    dialog.get_by_role("button", name="复制预算").click()
    told(page, "已复制 1 个预算")
    amounts = {one["amount"]["amount"] for one in boss.call("GET", "/budgets")["items"]}
    assert amounts == {10_000, 11_000}
    page.get_by_role("link", name=re.compile("公司差旅")).first.click()
    expect(page.get_by_role("heading", name="公司差旅")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
