"""A form is designed, put in force, filled in, approved, and read."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import choose, told


@pytest.fixture(scope="module")
def office(boss: Person, arrive: Arrive) -> list[Person]:
    """Two who sell, in a company that its administrator leads."""
    people = boss.gather(arrive, 林知夏="sales", 顾辰="sales")
    root = next(one for one in boss.call("GET", "/departments")["items"] if one["parent_id"] is None)
    boss.call("PATCH", f"/departments/{root['id']}", {"head_ids": [boss.me]}, version=root["version"])
    return people


def _put(page: Page, kind: str, label: str) -> None:
    """Put a field on the form, below the one that is chosen."""
    page.get_by_role("toolbar", name="可以添加的字段").get_by_role("button", name=kind, exact=True).click()
    panel = page.get_by_role("complementary")
    panel.get_by_label("名称", exact=True).fill(label)
    expect(page.get_by_role("list", name="表单字段")).to_contain_text(label)


def _design(page: Page) -> None:
    page.get_by_role("button", name="新建表单").first.click()
    making = page.get_by_role("dialog", name="新建表单")
    making.get_by_role("button", name="创建并设计").click()
    expect(making.get_by_text("填写表单名称")).to_be_visible()
    making.get_by_label("表单名称").fill("接待申请")
    making.get_by_role("button", name="创建并设计").click()
    expect(page.get_by_text("从左边点选字段")).to_be_visible()
    panel = page.get_by_role("complementary")
    _put(page, "单选", "接待标准")
    panel.get_by_label("选项 1", exact=True).fill("普通")
    panel.get_by_label("选项 2", exact=True).fill("重要")
    panel.get_by_role("switch", name="必填").press("Space")
    _put(page, "单行文本", "重要客人")
    panel.get_by_role("switch", name="必填").press("Space")
    panel.get_by_role("button", name="添加条件").click()
    choose(page, "第 1 个条件的字段", "接待标准")
    choose(page, "第 1 个条件的值", "重要")
    page.keyboard.press("Escape")
    _put(page, "明细表", "预计花费")
    # What is moved by keys stays under the finger.
    handle = page.get_by_role("button", name="移动“预计花费”")
    handle.press("ArrowUp")
    expect(page.get_by_role("list", name="表单字段").get_by_role("listitem").nth(1)).to_contain_text(
        "预计花费"
    )
    handle.press("ArrowDown")
    expect(page.get_by_text("可以发布")).to_be_visible()


def test_a_form_is_designed_filled_in_approved_and_read(
    visit: Visit, boss: Person, office: list[Person]
) -> None:
    seller, _ = office
    page = visit(boss).open("/settings/forms")
    _design(page)
    page.get_by_role("button", name="发布表单").click()
    told(page, "已发布“接待申请”，先由部门主管审批")

    visitor = visit(seller)
    hers = visitor.open("/forms")
    hers.get_by_role("link", name="接待申请").click()
    hers.get_by_role("button", name="提交申请").click()
    expect(hers.get_by_text("填写接待标准")).to_be_visible()
    expect(hers.get_by_label("重要客人")).to_have_count(0)
    choose(hers, "接待标准", "重要")
    hers.get_by_label("重要客人").fill("云岫总经理")
    row = hers.get_by_role("group", name="第 1 行")
    row.get_by_label("单行文本").fill("晚餐")
    row.get_by_label("数字").fill("4")
    hers.get_by_role("button", name="添加一行").click()
    hers.get_by_role("group", name="第 2 行").get_by_label("单行文本").fill("用车")
    hers.get_by_role("group", name="第 2 行").get_by_label("数字").fill("2")
    expect(hers.get_by_text("数字合计 6")).to_be_visible()
    # What was typed outlives the page.
    hers.on("dialog", lambda dialog: dialog.accept())
    hers.reload()
    expect(hers.get_by_label("重要客人")).to_have_value("云岫总经理")
    hers.get_by_role("button", name="提交申请").dblclick()
    told(hers, "已提交“接待申请 · 重要 · 云岫总经理”")
    expect(hers.get_by_role("heading", name="接待申请 · 重要 · 云岫总经理")).to_be_visible()
    assert len(seller.call("GET", "/form-entries")["items"]) == 1

    page = visit(boss).open("/approvals")
    card = page.get_by_role("article", name="接待申请 · 重要 · 云岫总经理")
    expect(card).to_contain_text("用车")
    card.get_by_role("button", name="同意").click()
    told(page, "已同意“接待申请 · 重要 · 云岫总经理”")

    hers = visitor.open("/form-entries")
    entry = hers.get_by_role("link", name="接待申请 · 重要 · 云岫总经理")
    expect(hers.get_by_role("table")).to_contain_text("已同意")
    entry.click()
    expect(hers.get_by_role("article").get_by_role("table")).to_contain_text("晚餐")
    expect(hers.get_by_role("complementary", name="审批流程")).to_contain_text("部门主管审批")


def test_what_came_back_is_corrected_on_a_phone(visit: Visit, boss: Person, office: list[Person]) -> None:
    seller = office[1]
    fields = [{"key": "f_why", "kind": "text", "label": "事由", "required": True}]
    form = boss.call("POST", "/forms", {"name": "外出", "definition": {"fields": fields}})
    boss.call("POST", f"/forms/{form['id']}/publication", version=form["version"])
    sent = seller.call(
        "POST", f"/request-forms/{form['id']}/entries", {"number": 1, "values": {"f_why": "拜访"}}
    )
    seat = boss.call("GET", f"/approvals/{sent['id']}")["seat"]
    said = {"decision": "send-back", "comment": "拜访谁"}
    boss.call("POST", f"/approval-seats/{seat['id']}/decision", said, version=seat["version"])

    page = visit(seller, size=PHONE).open(f"/form-entries/{sent['subject_id']}")
    page.get_by_role("button", name="修改并重新提交").click()
    page.get_by_label("事由").fill("拜访云岫")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    page.get_by_role("button", name="重新提交").click()
    told(page, "已提交“外出")
    expect(page.get_by_role("heading", name="外出 · 拜访云岫")).to_be_visible()
    assert seller.call("GET", f"/approvals/{sent['id']}")["state"] == "running"


def test_whoever_decides_corrects_what_the_step_lets_them(
    visit: Visit, boss: Person, office: list[Person]
) -> None:
    fields = [
        {"key": "f_days", "kind": "number", "label": "天数", "required": True, "settings": {"unit": "天"}}
    ]
    form = boss.call("POST", "/forms", {"name": "调休", "definition": {"fields": fields}})
    boss.call("POST", f"/forms/{form['id']}/publication", version=form["version"])
    [flow] = [one for one in boss.call("GET", "/approval-flows")["items"] if one["name"].startswith("调休")]
    whole = boss.call("GET", f"/approval-flows/{flow['id']}")
    whole["definition"]["nodes"][0]["fields"] = {"f_days": "edit"}
    drawn = {"definition": whole["definition"]}
    drawing = boss.call("PUT", f"/approval-flows/{flow['id']}/draft", drawn, version=whole["version"])
    boss.call("POST", f"/approval-flows/{flow['id']}/publication", version=drawing["version"])
    sent = office[0].call(
        "POST", f"/request-forms/{form['id']}/entries", {"number": 1, "values": {"f_days": 12}}
    )

    page = visit(boss).open(f"/approvals/{sent['id']}")
    page.get_by_role("button", name="修正内容").click()
    dialog = page.get_by_role("dialog", name="修正内容")
    dialog.get_by_label("天数").fill("")
    dialog.get_by_role("button", name="保存修正").click()
    expect(dialog.get_by_text("填写天数")).to_be_visible()
    dialog.get_by_label("天数").fill("2")
    dialog.get_by_role("button", name="保存修正").click()
    expect(page.get_by_text("已修正天数，同意时一起提交")).to_be_visible()
    page.get_by_role("button", name="同意").click()
    told(page, "已同意")
    found = boss.call("GET", f"/approvals/{sent['id']}")
    assert (found["state"], found["facts"]["f_days"]) == ("granted", 2)
    page.goto(f"{page.url.partition('/approvals')[0]}/approvals/{sent['id']}")
    expect(page.get_by_role("article")).to_contain_text("天数：12 天 → 2 天")
