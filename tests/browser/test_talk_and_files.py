"""Colleagues talk about a record, a manager has a word on a follow-up, and files are at hand."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.activities.people import moment
from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Arrive, Person
from tests.browser.visitor import told
from tests.support.pictures import painted

OTHER = "宁波海岚供应链有限公司"
NAME = "苏州澄江机械有限公司"


@pytest.fixture
def boss(arrive: Arrive) -> Person:
    """The administrator of a company of their own."""
    return arrive().sign_up()


def test_a_colleague_is_mentioned_by_keyboard_and_led_there_by_the_bell(
    visit: Visit, boss: Person, arrive: Arrive
) -> None:
    (reader,) = boss.gather(arrive, 顾青="finance")
    customer = boss.customer(NAME)
    page = visit(boss).open(f"/customers/{customer['id']}?tab=comments")
    box = page.get_by_role("textbox", name="发表评论")
    box.press_sequentially("账期请 @顾")
    expect(page.get_by_role("option", name="顾青")).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value("账期请 @顾青 ")
    box.press_sequentially("核对")
    box.press("Control+Enter")
    told(page, "已发表评论")
    line = page.get_by_role("listitem").filter(has_text="@顾青 核对")
    expect(line.locator("b", has_text="@顾青")).to_be_visible()
    line.get_by_role("button", name="这条评论：更多操作").click()
    page.get_by_role("menuitem", name="删除评论").click()
    told(page, "已删除评论")
    page.get_by_role("button", name="撤销").click()
    told(page, "已恢复评论")
    expect(line).to_be_visible()

    theirs = visit(reader).open("/notifications")
    theirs.get_by_role("link", name=f"秦明远 在“{NAME}”的评论里提到了你").first.click()
    expect(theirs.get_by_role("tabpanel").get_by_text("@顾青 核对")).to_be_visible()


def test_a_manager_annotates_a_follow_up(visit: Visit, boss: Person, arrive: Arrive) -> None:
    (seller,) = boss.gather(arrive, 陈屿="sales")
    customer = seller.customer(NAME)
    note = {"kind": "call", "content": "对方想要 8 折", "customer_id": customer["id"]}
    seller.call("POST", "/activities", note)
    page = visit(boss).open(f"/customers/{customer['id']}")
    page.get_by_role("button", name="写批注").click()
    page.get_by_role("textbox", name="写批注").fill("不要低于 8.5 折")
    page.get_by_role("button", name="写批注").last.click()
    told(page, "已批注，并通知了记录人")
    expect(page.locator(".is-annotation")).to_contain_text("不要低于 8.5 折")

    theirs = visit(seller).open("/notifications")
    theirs.get_by_role("link", name="秦明远 批注了跟进：对方想要 8 折").first.click()
    expect(theirs.locator(".is-annotation")).to_contain_text("不要低于 8.5 折")
    theirs.get_by_role("tab", name="动态").click()
    theirs.get_by_role("button", name="评论", exact=True).click()
    expect(theirs.get_by_role("listitem").filter(has_text="不要低于 8.5 折")).to_be_visible()
    theirs.get_by_role("button", name="待办", exact=True).click()
    expect(theirs.get_by_text("没有符合条件的动态")).to_be_visible()


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_files_are_brought_seen_and_taken_off(
    visit: Visit, boss: Person, tmp_path: Path, size: tuple[int, int]
) -> None:
    picture, page_file = tmp_path / "现场.png", tmp_path / "页面.html"
    picture.write_bytes(painted(size=(640, 480)))
    page_file.write_text("<!DOCTYPE html><html></html>")
    customer = boss.customer(NAME)
    visitor = visit(boss, size=size)
    visitor.expected.add(422)
    page = visitor.open(f"/customers/{customer['id']}?tab=files")
    expect(page.get_by_text("还没有附件")).to_be_visible()
    page.get_by_label("选择文件").last.set_input_files([picture, page_file])
    expect(page.get_by_text("不支持这种文件")).to_be_visible()
    page.get_by_role("button", name="不再显示 页面.html").click()
    page.get_by_role("button", name="查看 现场.png").click()
    viewer = page.get_by_role("dialog")
    expect(viewer.get_by_role("img", name="现场.png")).to_be_visible()
    page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    page.get_by_role("button", name="现场.png：更多操作").click()
    page.get_by_role("menuitem", name="删除附件").click()
    told(page, "已删除“现场.png”")
    page.get_by_role("button", name="撤销").click()
    told(page, "已恢复附件")
    expect(page.get_by_role("button", name="查看 现场.png")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_photos_are_brought_while_a_follow_up_is_written(
    visit: Visit, boss: Person, tmp_path: Path, size: tuple[int, int]
) -> None:
    picture, page_file = tmp_path / "车间.png", tmp_path / "页面.html"
    picture.write_bytes(painted(size=(640, 480)))
    page_file.write_text("<!DOCTYPE html><html></html>")
    customer = boss.customer(NAME)
    visitor = visit(boss, size=size)
    visitor.expected.add(422)
    page = visitor.open(f"/customers/{customer['id']}")
    composer = page.get_by_role("region", name="保存跟进")
    composer.get_by_label("跟进内容").fill("看了二期车间")
    composer.get_by_label("选择文件").set_input_files([picture, page_file])
    expect(composer.get_by_text("不支持这种文件")).to_be_visible()
    composer.get_by_role("button", name="不再显示 页面.html").click()
    expect(composer.get_by_role("button", name="移除 车间.png")).to_be_visible()
    # What was brought is kept with the draft.
    page.reload()
    expect(composer.get_by_role("button", name="移除 车间.png")).to_be_visible()
    composer.get_by_role("button", name="保存跟进").click()
    told(page, "已记录跟进")
    line = page.get_by_role("listitem").filter(has_text="看了二期车间")
    line.get_by_role("button", name="查看 车间.png").click()
    expect(page.get_by_role("dialog").get_by_role("img", name="车间.png")).to_be_visible()
    page.keyboard.press("Escape")
    expect(composer.get_by_role("button", name="移除 车间.png")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    [noted] = boss.call("GET", f"/customers/{customer['id']}/activities")["items"]
    assert [file["name"] for file in noted["attachments"]] == ["车间.png"]


def test_a_field_holds_photos(visit: Visit, boss: Person, tmp_path: Path) -> None:
    photos = {"key": "c_photos", "label": "门头照", "kind": "file", "settings": {"most": 2, "pictures": True}}
    boss.call("POST", "/fields", {"entity": "customer", **photos})
    picture = tmp_path / "门头.png"
    picture.write_bytes(painted(size=(640, 480)))
    page = visit(boss).open("/customers?new=1")
    drawer = page.get_by_role("dialog", name="新建客户")
    drawer.get_by_label("客户名称").fill(OTHER)
    drawer.get_by_role("group", name="门头照").get_by_label("选择文件").set_input_files(picture)
    # The form waits for what is still on its way.
    drawer.get_by_role("button", name="保存客户").click()
    told(page, f"已新建“{OTHER}”")
    [made] = [one for one in boss.call("GET", "/customers")["items"] if one["name"] == OTHER]
    assert [file["name"] for file in made["custom"]["c_photos"]] == ["门头.png"]
    page.goto(f"{boss.site}/customers/{made['id']}?tab=details")
    page.get_by_role("button", name="查看 门头.png").click()
    expect(page.get_by_role("dialog").get_by_role("img", name="门头.png")).to_be_visible()


def test_pictures_come_along_with_a_comment(visit: Visit, boss: Person) -> None:
    customer = boss.customer(NAME)
    page = visit(boss, size=PHONE).open(f"/customers/{customer['id']}?tab=comments")
    picture = {"name": "车间.png", "mimeType": "image/png", "buffer": painted()}
    page.get_by_role("textbox", name="发表评论").fill("二期车间的照片")
    page.get_by_label("选择文件").set_input_files([picture])
    expect(page.get_by_role("button", name="移除 车间.png")).to_be_visible()
    page.get_by_role("button", name="发表评论").click()
    told(page, "已发表评论")
    line = page.get_by_role("listitem").filter(has_text="二期车间的照片")
    line.get_by_role("button", name="查看 车间.png").click()
    expect(page.get_by_role("dialog", name="车间.png").locator("img")).to_be_visible()
    wide, room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= room


def test_a_manager_reads_and_annotates_what_the_team_did(visit: Visit, boss: Person, arrive: Arrive) -> None:
    (seller,) = boss.gather(arrive, 陈屿="sales")
    customer = seller.customer(NAME)
    for hour in range(21):
        note = {"kind": "visit", "content": f"第 {hour:02} 次拜访", "customer_id": customer["id"]}
        seller.call("POST", "/activities", {**note, "happened_at": moment(hours=hour + 1)})
    page = visit(boss).open("/activities")
    page.get_by_role("button", name="每页 50 条").click()
    page.get_by_role("menuitemradio", name="20 条", exact=True).click()
    page.get_by_role("link", name="近 7 天未批注").click()
    page.get_by_role("button", name="第 19 次拜访").click()
    reader = page.get_by_role("dialog", name=NAME)
    expect(reader.get_by_text("第 19 次拜访")).to_be_visible()
    page.keyboard.press("j")
    expect(reader.get_by_text("第 20 次拜访")).to_be_visible()
    expect(reader.get_by_role("button", name="下一条跟进")).to_be_disabled()
    reader.get_by_role("button", name="写批注").click()
    reader.get_by_role("textbox", name="写批注").fill("约技术一起去")
    reader.get_by_role("button", name="写批注").last.click()
    told(page, "已批注，并通知了记录人")
    expect(reader.locator(".is-annotation")).to_contain_text("约技术一起去")
    page.keyboard.press("k")
    expect(reader.get_by_text("第 19 次拜访")).to_be_visible()
    page.keyboard.press("Escape")
    expect(reader).to_be_hidden()

    page.get_by_role("link", name="近 7 天", exact=True).click()
    page.locator("thead .el-checkbox").click()
    page.get_by_role("toolbar", name="批量操作").get_by_role("button", name="删除").click()
    expect(page.get_by_text("批量删除跟进，已处理 20 条")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="次拜访")).to_have_count(1)
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("已恢复 20 条跟进")).to_be_visible()
    page.get_by_role("button", name="导出").click()
    page.get_by_role("dialog").get_by_role("button", name="导出跟进").click()
    expect(page.get_by_role("link", name=".xlsx")).to_be_visible()
