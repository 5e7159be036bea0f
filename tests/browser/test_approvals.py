"""Approvals: a customer is asked for, sent back, corrected, granted by whoever is asked, and has moved."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import Visitor, told

NAME = "杭州云岫智能装备有限公司"
BOX = "/approvals"


@pytest.fixture(scope="module")
def office(boss: Person, arrive: Arrive) -> list[Person]:
    """A manager and two who sell, and a flow in force by which the manager says who gets whose customer."""
    people = boss.gather(arrive, 周思远="manager", 林知夏="sales", 顾辰="sales")
    _put_in_force(boss, people[0])
    return people


def _put_in_force(boss: Person, manager: Person, **more: Any) -> None:
    flow = boss.call("POST", "/approval-flows", {"kind": "customer-transfer", "name": "客户转移审批"})
    asked = {"by": "people", "ids": [manager.me]}
    lead = {
        "id": "lead",
        "type": "approve",
        "name": "主管审批",
        "who": [asked],
        "own": {"then": "ask"},
        **more,
    }
    path, drawn = f"/approval-flows/{flow['id']}", {"definition": {"nodes": [lead]}}
    drawing = boss.call("PUT", f"{path}/draft", drawn, version=flow["version"])
    boss.call("POST", f"{path}/publication", version=drawing["version"])


def _ask(page: Page, to: str, reason: str) -> None:
    page.get_by_role("button", name="申请转移").click()
    dialog = page.get_by_role("dialog", name="申请转移客户")
    dialog.get_by_role("button", name="提交申请").click()
    expect(dialog.get_by_text("写明申请理由")).to_be_visible()
    dialog.get_by_role("combobox", name="新负责人").fill(to)
    page.get_by_role("option", name=to).click()
    dialog.get_by_label("申请理由").fill(reason)
    dialog.get_by_role("button", name="提交申请").click()
    told(page, "已提交转移申请")


def _owner(boss: Person, customer: Any) -> str:
    return str(boss.call("GET", f"/customers/{customer['id']}")["owner"]["name"])


def _asked_for(seller: Person, names: list[str], to: Person) -> None:
    for name in names:
        customer = seller.customer(name)
        path = f"/customers/{customer['id']}/handover-requests"
        seller.call("POST", path, {"to_id": to.me, "reason": "客户搬到了深圳"})


def _row(page: Page, title: str) -> Any:
    return page.get_by_role("list", name="审批").get_by_role("button", name=title)


def _nobody_scrolls_sideways(visitor: Visitor) -> None:
    assert visitor.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]


def test_a_customer_is_asked_for_sent_back_corrected_and_moves(
    visit: Visit, boss: Person, office: list[Person]
) -> None:
    manager, seller, _ = office
    customer = seller.customer(NAME)
    hers = visit(seller).open(f"/customers/{customer['id']}")
    expect(hers.get_by_role("button", name="转移", exact=True)).to_have_count(0)
    _ask(hers, "顾辰", "顾辰更熟")
    expect(hers.get_by_role("heading", name=f"{NAME} → 顾辰")).to_be_visible()
    expect(hers.get_by_role("complementary", name="审批流程")).to_contain_text("周思远")

    visitor = visit(manager)
    page = visitor.open(BOX)
    expect(page.get_by_role("link", name="审批 1")).to_be_visible()
    card = page.get_by_role("article", name=f"{NAME} → 顾辰")
    expect(card).to_contain_text("顾辰更熟")
    card.get_by_role("button", name="驳回").click()
    expect(card.get_by_text("写明原因，提交人会看到")).to_be_visible()
    card.get_by_role("button", name="退回").click()
    dialog = page.get_by_role("dialog", name="退回修改")
    dialog.get_by_label("原因").fill("写清楚项目进展")
    dialog.get_by_role("button", name="退回").dblclick()
    told(page, f"已退回“{NAME} → 顾辰”")
    expect(page.get_by_role("heading", name="没有等你审批的事")).to_be_visible()
    assert _owner(boss, customer) == "林知夏"

    hers.reload()
    expect(hers.get_by_text("周思远退回：写清楚项目进展")).to_be_visible()
    hers.get_by_role("button", name="修改并重新提交").click()
    form = hers.get_by_role("dialog", name="修改转移申请")
    expect(form.get_by_label("申请理由")).to_have_value("顾辰更熟")
    form.get_by_label("申请理由").fill("二期项目在深圳，顾辰负责过一期")
    form.get_by_role("button", name="重新提交").click()
    told(hers, f"已重新提交“{NAME} → 顾辰”")
    expect(hers.get_by_role("button", name="催办")).to_be_visible()

    visitor.open(BOX)
    expect(card).to_contain_text("二期项目在深圳")
    expect(card.get_by_role("complementary", name="审批流程")).to_contain_text("退回")
    page.keyboard.press("a")
    page.get_by_role("dialog", name=f"同意“{NAME} → 顾辰”？").get_by_role("button", name="同意").click()
    told(page, f"已同意“{NAME} → 顾辰”")
    expect(page.get_by_role("heading", name="没有等你审批的事")).to_be_visible()
    assert _owner(boss, customer) == "顾辰"
    page.get_by_role("tab", name="我已审批").click()
    expect(_row(page, NAME).first).to_contain_text("已同意")


def test_whoever_is_overtaken_is_told_and_several_are_decided_at_once(
    visit: Visit, boss: Person, office: list[Person]
) -> None:
    manager, seller, other = office
    _asked_for(seller, ["苏州汇澜精密", "宁波海岚供应链", "深圳启衡电子"], other)
    visitor = visit(manager)
    visitor.expected |= {409, 412}
    page = visitor.open(BOX)
    _row(page, "苏州汇澜精密").click()
    card = page.get_by_role("article", name="苏州汇澜精密 → 顾辰")
    expect(card).to_be_visible()
    mine = seller.call("GET", "/approvals/mine")["items"]
    [first] = [one for one in mine if one["title"] == "苏州汇澜精密 → 顾辰"]
    seller.call("POST", f"/approvals/{first['id']}/withdrawal", {})
    card.get_by_role("button", name="同意").click()
    expect(page.get_by_role("alert")).to_contain_text("已经重新加载")
    expect(card).to_contain_text("已撤回")

    for name in ("宁波海岚供应链 → 顾辰", "深圳启衡电子 → 顾辰"):
        page.get_by_role("checkbox", name=f"选择 {name}").press("Space")
    page.get_by_role("toolbar").get_by_role("button", name="同意").click()
    dialog = page.get_by_role("dialog", name="同意 2 件审批")
    dialog.get_by_label("意见").fill("同意交接")
    dialog.get_by_role("button", name="同意 2 件").click()
    told(page, "已同意 2 件审批")
    expect(page.get_by_role("heading", name="没有等你审批的事")).to_be_visible()
    left = boss.call("GET", "/approvals")["items"]
    states = {one["title"].partition(" ")[0]: one["state"] for one in left}
    assert states["苏州汇澜精密"] == "withdrawn"
    assert (states["宁波海岚供应链"], states["深圳启衡电子"]) == ("granted", "granted")


def test_it_is_decided_on_a_phone_and_an_administrator_says_who_decides(
    visit: Visit, boss: Person, office: list[Person]
) -> None:
    _, seller, other = office
    _asked_for(seller, ["无锡云帆材料"], other)
    page = visit(boss).open("/approvals/all")
    _row(page, "无锡云帆材料").click()
    card = page.get_by_role("article", name="无锡云帆材料 → 顾辰")
    card.get_by_role("button", name="这件审批：更多操作").click()
    page.get_by_role("menuitem", name="改派审批人").click()
    dialog = page.get_by_role("dialog", name="改派审批人")
    dialog.get_by_role("combobox", name="由谁审批").fill("顾辰")
    page.get_by_role("option", name="顾辰").click()
    page.keyboard.press("Escape")
    dialog.get_by_label("原因").fill("主管出差")
    dialog.get_by_role("button", name="改派审批人").click()
    told(page, "已改派“无锡云帆材料 → 顾辰”")
    expect(card.get_by_role("complementary", name="审批流程")).to_contain_text("管理员改派")

    visitor = visit(other, size=PHONE)
    small = visitor.open(BOX)
    _nobody_scrolls_sideways(visitor)
    _row(small, "无锡云帆材料").click()
    expect(small.get_by_role("heading", name="无锡云帆材料 → 顾辰")).to_be_visible()
    _nobody_scrolls_sideways(visitor)
    small.get_by_role("textbox", name="意见").fill("我来跟")
    small.get_by_role("button", name="同意").click()
    told(small, "已同意“无锡云帆材料 → 顾辰”")
    expect(small.get_by_role("complementary", name="审批流程")).to_contain_text("我来跟")


def _sign(page: Page) -> None:
    """Write something with the mouse."""
    box = page.get_by_role("img", name="手写签名区").bounding_box()
    assert box is not None
    for start in (0.2, 0.5):
        page.mouse.move(box["x"] + box["width"] * start, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * (start + 0.25), box["y"] + 130, steps=8)
        page.mouse.up()


def test_it_is_talked_about_and_signed_by_hand(visit: Visit, arrive: Arrive) -> None:
    chief = arrive().sign_up()
    manager, seller, other = chief.gather(arrive, 周思远="manager", 林知夏="sales", 顾辰="sales")
    _put_in_force(chief, manager, signature=True)
    _asked_for(seller, ["嘉兴启程包装", "绍兴越华纺织"], other)
    page = visit(manager).open(BOX)
    _row(page, "嘉兴启程包装").click()
    card = page.get_by_role("article", name="嘉兴启程包装 → 顾辰")
    talk = card.get_by_role("region", name="评论")
    talk.get_by_role("textbox").fill("客户同意换人了吗？")
    talk.get_by_role("button", name="发表").click()
    expect(talk.get_by_text("客户同意换人了吗？")).to_be_visible()

    card.get_by_role("button", name="同意").click()
    dialog = page.get_by_role("dialog", name="手写签名")
    dialog.get_by_role("button", name="签名并同意").click()
    expect(dialog.get_by_role("alert")).to_contain_text("还没有签名")
    _sign(page)
    dialog.get_by_role("button", name="签名并同意").click()
    told(page, "已同意“嘉兴启程包装 → 顾辰”")
    page.get_by_role("checkbox", name="选择 绍兴越华纺织 → 顾辰").press("Space")
    page.get_by_role("toolbar").get_by_role("button", name="同意").click()
    several = page.get_by_role("dialog", name="同意 1 件审批")
    several.get_by_role("button", name="同意 1 件").click()
    expect(several.get_by_text("其中 1 件需要手写签名")).to_be_visible()
    _sign(page)
    several.get_by_role("button", name="签名并同意（1 件）").click()
    told(page, "已同意 1 件审批")

    hers = visit(seller).open("/approvals/mine")
    _row(hers, "嘉兴启程包装").click()
    signed = hers.get_by_role("img", name="周思远的签名")
    expect(signed).to_be_visible()
    assert signed.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 20
    expect(hers.get_by_text("客户同意换人了吗？")).to_be_visible()


def test_without_a_flow_one_is_told_so(visit: Visit, arrive: Arrive) -> None:
    chief = arrive().sign_up()
    [seller] = chief.gather(arrive, 林知夏="sales")
    customer = seller.customer(NAME)
    visitor = visit(seller)
    visitor.expected.add(409)
    page = visitor.open(f"/customers/{customer['id']}")
    page.get_by_role("button", name="申请转移").click()
    dialog = page.get_by_role("dialog", name="申请转移客户")
    dialog.get_by_role("combobox", name="新负责人").fill("秦明远")
    page.get_by_role("option", name="秦明远").click()
    dialog.get_by_label("申请理由").fill("换人跟进")
    dialog.get_by_role("button", name="提交申请").click()
    expect(dialog.get_by_role("alert")).to_contain_text("还没有启用这类审批的流程")
    expect(dialog.get_by_label("申请理由")).to_have_value("换人跟进")
