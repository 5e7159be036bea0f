"""A quote goes out: mailed by a salesperson, opened and accepted by a customer without an account."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person
from tests.browser.visitor import told
from tests.embedded.running import await_true


def test_a_quote_is_mailed_opened_and_accepted(visit: Visit, boss: Person) -> None:
    customer = boss.customer("宁波东阳精密机械有限公司")
    buyer = {"name": "周清", "email": "zhou@example.com", "customer_id": customer["id"]}
    boss.call("POST", "/contacts", buyer)
    lines = [{"name": "安装调试", "quantity": "2", "unit_price": 50_000, "note": "含差旅"}]
    made = boss.call("POST", "/quotes", {"customer_id": customer["id"], "title": "二期改造", "lines": lines})
    boss.call("POST", f"/quotes/{made['id']}/submission", version=1)
    visitor = visit(boss)
    page = visitor.open(f"/quotes/{made['id']}")
    page.get_by_role("button", name="发给客户").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_label("主题")).to_have_value(re.compile("二期改造 报价单"))
    drawer.get_by_role("combobox", name="收件人").press("Enter")
    page.get_by_role("option", name="周清").click()
    drawer.get_by_label("主题").fill(f"二期改造 {made['id']}")
    drawer.get_by_role("button", name="发送邮件").click()
    told(page, "已发送给 zhou@example.com")
    links = page.get_by_role("list", name="发给客户的链接")
    expect(links).to_contain_text("还没有打开")

    mailbox = f"{visitor.site}/dev/mailbox"
    await_true("the mail", lambda: made["id"] in visitor.context.request.get(mailbox).text())
    mails = visitor.context.request.get(mailbox).json()["items"]
    [address] = [mail["links"][0] for mail in mails if made["id"] in mail["subject"]]
    theirs = visit(size=PHONE)
    read = theirs.open(address[len(theirs.site) :])
    expect(read.get_by_role("heading", name="二期改造")).to_be_visible()
    expect(read.get_by_text("含差旅")).to_be_visible()
    assert read.evaluate("document.documentElement.scrollWidth") == 390
    read.get_by_role("button", name="接受报价").click()
    read.get_by_role("button", name="确认接受").click()
    expect(read.get_by_text("填写姓名")).to_be_visible()
    read.get_by_label("你的姓名").fill("周清")
    read.get_by_role("button", name="确认接受").click()
    expect(read.get_by_text("已接受", exact=False).first).to_be_visible()
    expect(read.get_by_role("button", name="接受报价")).to_have_count(0)

    page.reload()
    expect(links).to_contain_text("周清 接受了报价")
    expect(links).to_contain_text("打开")
    told_by = [one["kind"] for one in boss.call("GET", "/notifications")["items"]]
    assert told_by == ["quote-accepted", "quote-opened"]


def test_an_administrator_shapes_the_paper(visit: Visit, boss: Person) -> None:
    page = visit(boss).open("/settings/papers")
    expect(page.get_by_alt_text("报价单第一页的样子")).to_be_visible()
    page.get_by_label("标题", exact=True).fill("估价单")
    page.get_by_label("收款账户").fill("招商银行 6225")
    page.get_by_role("button", name="保存样式").click()
    told(page, "已保存样式")
    [kept] = boss.call("GET", "/paper-layouts")["items"]
    whole = boss.call("GET", f"/paper-layouts/{kept['id']}")
    assert (whole["heading"], whole["bank"], whole["is_default"]) == ("估价单", "招商银行 6225", True)
