"""A template gets a version in English, which those get who read English."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.person import Person
from tests.browser.visitor import choose, told

ENGLISH = "Thank you for coming"


def test_a_version_in_english_reaches_who_reads_it(visit: Visit, boss: Person) -> None:
    mail = {"subject": "感谢光临", "body": "<p>期待再会</p>"}
    words = {**mail, "name": "展会致谢", "way": "mail", "purpose": "care", "locale": "zh-CN", "links": False}
    made = boss.call("POST", "/message-templates", words)
    boss.call("PATCH", f"/message-templates/{made['id']}", {"state": "active"}, version=made["version"])
    reader = boss.call("POST", "/contacts", {"name": "Noah Reed", "email": "noah@example.com"})

    page = visit(boss).open(f"/message-templates/{made['id']}")
    page.get_by_role("button", name="添加英文版本").click()
    told(page, "已建好，把内容改成这种语言再启用")
    expect(page.get_by_role("heading", name="展会致谢 (English)")).to_be_visible()
    page.get_by_label("邮件标题").first.fill(ENGLISH)
    page.get_by_role("button", name="保存模板").click()
    told(page, "已保存模板")
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_role("button", name="停用")).to_be_visible()
    page.get_by_role("link", name="查看原模板").click()
    expect(page.get_by_role("link", name="英文版本")).to_contain_text("已启用")

    page.goto(f"{boss.site}/contacts/{reader['id']}")
    page.get_by_role("button", name="编辑").first.click()
    drawer = page.get_by_role("dialog")
    choose(drawer, "语言", "英文")
    drawer.get_by_role("button", name="保存").click()
    told(page, "已保存")
    asked = {"contact_id": reader["id"], "template_ids": [made["id"]]}
    assert boss.call("POST", "/outreach-previews", asked)["subject"] == ENGLISH
