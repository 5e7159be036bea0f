"""Pictures in mails: put into the text, seen in the preview, and there when the page is opened again."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import Person
from tests.support.pictures import painted

CARD = {"name": "贺卡.png", "mimeType": "image/png", "buffer": painted(size=(120, 60))}
PAPER = {"name": "手册.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
DATA = re.compile(r"^data:image/png;base64,")


def test_a_picture_is_put_into_a_mail(visit: Visit, boss: Person) -> None:
    visitor = visit(boss)
    visitor.expected.add(409)
    page = visitor.open("/message-templates/new?way=mail")
    page.get_by_label("名称").first.fill("新春贺卡")
    page.get_by_label("邮件标题").first.fill("新春快乐")
    page.get_by_role("textbox", name="内容").fill("恭贺新禧")
    expect(page.get_by_role("button", name="插入图片").first).to_be_disabled()
    page.get_by_role("button", name="保存模板").click()
    expect(page.get_by_role("heading", name="新春贺卡")).to_be_visible()

    chooser = page.get_by_label("插入图片").last
    chooser.set_input_files(PAPER)
    expect(page.get_by_role("alert")).to_contain_text("只能放 PNG、JPG 和 GIF")
    chooser.set_input_files(CARD)
    editor = page.get_by_role("textbox", name="内容")
    expect(editor.get_by_role("img", name="贺卡")).to_have_attribute("src", DATA)
    files = page.get_by_role("region", name="附件")
    expect(files.get_by_text("贺卡.png")).to_be_visible()
    shown = page.frame_locator("iframe[title=预览]")
    expect(shown.get_by_role("img", name="贺卡")).to_have_attribute("src", DATA)
    files.get_by_label("选择文件").set_input_files(PAPER)
    expect(files.get_by_text("手册.pdf")).to_be_visible()
    page.get_by_role("button", name="保存模板").click()
    expect(page.get_by_role("status").filter(has_text="已保存模板")).to_be_visible()

    page.reload()
    picture = editor.get_by_role("img", name="贺卡")
    expect(picture).to_have_attribute("src", DATA)
    expect(picture).to_have_attribute("width", "120")
    files.get_by_role("button", name="贺卡.png：更多操作").click()
    page.get_by_role("menuitem", name="删除附件").click()
    expect(page.get_by_text("正文里还在用这张图片")).to_be_visible()
