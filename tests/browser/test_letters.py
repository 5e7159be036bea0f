"""Letters: written beside how they will look, printed for those who have an address, fetched as one file."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import Person

PICTURE = re.compile(r"^data:image/png;base64,")


def test_a_letter_is_written_looked_at_and_printed(visit: Visit, boss: Person) -> None:
    works = boss.call("POST", "/customers", {"name": "宏远机械", "address": "苏州市人民路 1 号 215000"})
    boss.call("POST", "/contacts", {"name": "张建国", "customer_id": works["id"]})
    boss.call("POST", "/contacts", {"name": "独行"})
    page = visit(boss).open("/letters")
    page.get_by_role("button", name="新建信函").first.click()
    page.get_by_role("button", name="保存信函").click()
    expect(page.get_by_text("请填写信函名称")).to_be_visible()
    expect(page.get_by_text("请填写正文")).to_be_visible()
    page.get_by_label("信函名称").fill("新年贺信")
    body = page.get_by_role("textbox", name="正文")
    body.fill("恭贺新禧，{{contact.nobody}}")
    body.blur()
    expect(page.get_by_text("没有“contact.nobody”这个变量")).to_be_visible()
    body.fill("恭贺新禧")
    shown = page.get_by_role("img", name="信函第一页")
    expect(shown).to_have_attribute("src", PICTURE)
    page.get_by_role("complementary", name="预览").get_by_text("信封", exact=True).click()
    expect(shown).to_have_attribute("src", PICTURE)

    page.get_by_role("button", name="打印").click()
    dialog = page.get_by_role("dialog", name="打印“新年贺信”")
    expect(dialog.get_by_text("客户没有填地址").first).to_be_visible()
    dialog.get_by_text("标签", exact=True).click()
    dialog.get_by_label("从第几格开始").fill("7")
    dialog.get_by_role("button", name="生成 1 份 PDF").click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载").first.click()
    assert fetched.value.suggested_filename.startswith("新年贺信 标签")
    assert fetched.value.path().read_bytes().startswith(b"%PDF-")
