"""What contacts want to hear: noted by a colleague, chosen by themselves; and whom nothing is sent to."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visit
from tests.browser.person import Person
from tests.browser.visitor import told


@pytest.fixture(scope="module")
def contact(boss: Person) -> dict[str, str]:
    made: dict[str, str] = boss.call(
        "POST",
        "/contacts",
        {"name": "孟听澜", "phones": [{"number": "13800138000"}], "email": "meng@example.com"},
    )
    return made


def test_is_noted_and_then_chosen_by_the_contact(visit: Visit, boss: Person, contact: dict[str, str]) -> None:
    page = visit(boss).open(f"/contacts/{contact['id']}")
    consents = page.get_by_role("region", name="消息许可")
    expect(consents.get_by_role("img", name="短信·营销：还没有同意")).to_be_visible()
    consents.get_by_role("button", name="登记孟听澜的许可").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="保存登记").click()
    expect(dialog.get_by_text("至少选一种内容")).to_be_visible()
    dialog.get_by_text("优惠、活动和新品").click()
    dialog.get_by_label("说明").fill("展会上当面同意")
    dialog.get_by_role("button", name="保存登记").click()
    told(page, "已登记孟听澜的许可")
    expect(consents.get_by_role("img", name=re.compile("^短信·营销：可以发送"))).to_be_visible()

    consents.get_by_role("button", name="更多消息许可操作").click()
    page.get_by_role("menuitem", name="偏好链接").click()
    link = page.get_by_role("dialog").locator("pre").inner_text()
    theirs = visit(None, size=PHONE).open(link[link.index("/p#") :])
    expect(theirs.get_by_text("138****8000")).to_be_visible()
    assert theirs.evaluate("document.documentElement.scrollWidth") == 390
    theirs.get_by_role("group", name=re.compile("短信")).get_by_text("优惠、活动和新品").click()
    theirs.get_by_role("button", name="保存").click()
    expect(theirs.get_by_text("已保存，立即生效。")).to_be_visible()

    page.reload()
    expect(consents.get_by_role("img", name=re.compile("^短信·营销：已拒绝"))).to_be_visible()
    expect(consents.get_by_role("img", name=re.compile("^邮件·营销：可以发送"))).to_be_visible()
    theirs.get_by_role("button", name="不再接收任何消息").click()
    expect(theirs.get_by_text("你已选择不接收任何消息。")).to_be_visible()
    page.reload()
    expect(consents.get_by_text("对方要求勿扰")).to_be_visible()
    consents.get_by_role("button", name="更多消息许可操作").click()
    page.get_by_role("menuitem", name="登记记录").click()
    expect(page.get_by_role("dialog").get_by_text("本人 · 本人在偏好页")).to_have_count(2)


def test_a_link_that_is_no_good_says_so(visit: Visit) -> None:
    visitor = visit(None)
    visitor.expected.add(410)
    page = visitor.open("/p#token=nobody.00000000000000000000000000000000.x")
    expect(page.get_by_role("heading", name="这个链接已经失效")).to_be_visible()


def test_numbers_are_suppressed_and_lifted(visit: Visit, boss: Person) -> None:
    visitor = visit(boss)
    visitor.expected.add(422)
    page = visitor.open("/settings/suppressions")
    expect(page.get_by_text("名单是空的")).to_be_visible()
    page.get_by_role("button", name="添加").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("手机号").fill("13900139000\n12")
    drawer.get_by_role("button", name="加入名单").click()
    expect(drawer.get_by_text("第 2 行：12")).to_be_visible()
    drawer.get_by_label("手机号").fill("13900139000")
    drawer.get_by_role("button", name="加入名单").click()
    told(page, "已加入 1 个")
    page.get_by_role("button", name=re.compile("把139 0013 9000移出名单")).click()
    page.get_by_role("dialog").get_by_label("原因").fill("号码换人了")
    page.get_by_role("dialog").get_by_role("button", name="移出名单").click()
    told(page, "已把139 0013 9000移出名单")
    page.get_by_role("link", name="已移出").click()
    expect(page.get_by_text("号码换人了")).to_be_visible()


def test_rules_of_sending_are_changed(visit: Visit, boss: Person) -> None:
    page = visit(boss, size=PHONE).open("/settings/message-rules")
    first = page.get_by_label("每人每天最多").first
    first.fill("0")
    page.get_by_role("button", name="保存规则").click()
    expect(page.get_by_text("填 1 到 100 的整数")).to_be_visible()
    first.fill("2")
    page.get_by_role("button", name="保存规则").click()
    told(page, "已保存发送规则")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    rules = {rule["purpose"]: rule for rule in boss.call("GET", "/calm-policy")["rules"]}
    assert rules["marketing"]["per_day"] == 2
