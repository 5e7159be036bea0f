"""Messages to people outside: written by hand, planned by a rule, and the accounts they go through."""

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
        {
            "name": "沈听雨",
            "gender": "female",
            "phones": [{"number": "13800138111"}],
            "email": "shen@example.com",
            "birthday": {"calendar": "solar", "month": 6, "day": 18},
        },
    )
    return made


def test_a_message_is_written_by_hand_and_followed(
    visit: Visit, boss: Person, contact: dict[str, str]
) -> None:
    page = visit(boss).open(f"/contacts/{contact['id']}")
    panel = page.get_by_role("region", name="发过的消息")
    expect(panel.get_by_text("还没给对方发过消息")).to_be_visible()
    panel.get_by_role("button", name="给沈听雨发消息").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="发送").click()
    expect(dialog.get_by_text("请选择模板")).to_be_visible()
    dialog.get_by_label("模板").click()
    page.get_by_role("option", name="生日祝福（邮件）").click()
    expect(dialog.get_by_text("沈女士，祝您生日快乐")).to_be_visible()
    dialog.get_by_role("button", name="发送").click()
    told(page, "已交给系统发送")
    panel.get_by_role("link", name="生日祝福").click()
    expect(page).to_have_url(re.compile("/outreach/"))
    expect(page.get_by_role("heading", name="沈听雨", exact=True)).to_be_visible()
    expect(page.get_by_text("手工发送")).to_be_visible()
    expect(page.get_by_text("邮件：生日祝福")).to_be_visible()


def test_an_account_is_entered_and_a_text_handed_in(visit: Visit, boss: Person) -> None:
    page = visit(boss, size=PHONE).open("/settings/sms")
    page.get_by_role("button", name="添加账号").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("button", name="保存账号").click()
    expect(drawer.get_by_text("请填写腾讯云的应用 ID")).to_be_visible()
    for label, value in (
        ("名称", "主账号"), ("应用 ID", "1400000009"), ("SecretId", "AKID"), ("SecretKey", "s3cret"),
        ("签名", "澄川"), ("每条价格", "0.045"),
    ):  # fmt: skip
        drawer.get_by_label(label).fill(value)
    drawer.get_by_role("button", name="保存账号").click()
    told(page, "已保存主账号")
    account = page.get_by_role("article", name="主账号")
    expect(account.get_by_text("签名【澄川】")).to_be_visible()
    expect(account.get_by_text("每条 ¥0.045")).to_be_visible()
    expect(account.get_by_text("s3cret")).to_have_count(0)
    account.get_by_role("button", name="提交模板").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("模板", exact=True).click()
    page.get_by_role("option", name="生日祝福").click()
    dialog.get_by_label("服务商的模板编号").fill("1000777")
    dialog.get_by_role("button", name="提交").click()
    told(page, "已提交，审核结果会自动更新")
    expect(account.get_by_text("编号 1000777")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_rule_says_whom_it_meets_before_it_works(
    visit: Visit, boss: Person, contact: dict[str, str]
) -> None:
    templates = boss.call("GET", "/message-templates")["items"]
    mail = next(one for one in templates if (one["name"], one["way"]) == ("生日祝福", "mail"))
    rule = boss.call(
        "POST",
        "/care-rules",
        {
            "name": "生日关怀", "purpose": "care", "trigger": {"kind": "birthday"},
            "audience": {"whom": "own"}, "stops": [],
            "steps": [{"amount": 0, "unit": "day", "choices": [{"way": "mail", "template_id": mail["id"]}]}],
        },
    )  # fmt: skip
    page = visit(boss).open("/care")
    page.get_by_role("link", name="生日关怀").click()
    expect(page.get_by_role("heading", name="生日关怀")).to_be_visible()
    expect(page.get_by_text(re.compile("当天 09:00"))).not_to_have_count(0)
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_role("button", name="停用")).to_be_visible()
    assert boss.call("GET", f"/care-rules/{rule['id']}")["state"] == "on"
