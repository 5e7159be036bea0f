"""Short messages that the installation caught: shown as on a telephone, and answered as from one."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tencentcloud.common import credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models, sms_client

from app.messaging.short_box import ShortBox
from tests.browser.conftest import DESK, PHONE, Visit
from tests.browser.visitor import told
from tests.embedded.running import Running, await_true
from tests.fakes import receiver
from tests.fakes.receiver import FakeReceiver

FIRST, SECOND = "+8613812345678", "+8613987654321"


@pytest.fixture(scope="module")
def hook(product: Running) -> Iterator[FakeReceiver]:
    """Somebody who is called back, of an account with one text that is approved."""
    box = ShortBox(product.installation.short_messages)
    box.note("templates", {"1000001": {"name": "问候", "text": "{1}，见字如面。退订回R", "at": 0}})
    with receiver.running() as fake:
        box.note("callbacks", {"1400000001": f"http://127.0.0.1:{fake.port}/hook"})
        yield fake


def send(product: Running, number: str, name: str) -> None:
    """Send as the product does, by the vendor's own library."""
    account = ShortBox(product.installation.short_messages).account()
    assert account is not None
    endpoint = product.installation.runtime()["environment"]["GUANXI_SMS_TENCENT_ENDPOINT"]
    http = HttpProfile(endpoint=endpoint, protocol="http", reqTimeout=10)
    keys = credential.Credential(account.key_id, account.secret)
    asked = models.SendSmsRequest()
    asked.PhoneNumberSet, asked.SmsSdkAppId, asked.TemplateId = [number], account.app_id, "1000001"
    asked.SignName, asked.TemplateParamSet = "澄川科技", [name]
    [status] = sms_client.SmsClient(keys, "", ClientProfile(httpProfile=http)).SendSms(asked).SendStatusSet
    assert status.Code == "Ok"


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_are_shown_by_number_and_answered(
    visit: Visit, product: Running, hook: FakeReceiver, size: tuple[int, int]
) -> None:
    page = visit(None, size=size).open("/mailbox?way=sms")
    expect(page.get_by_text("还没有短信")).to_be_visible()
    send(product, FIRST, "林女士")
    send(product, SECOND, "孟先生")
    page.get_by_role("button", name="刷新").click()
    numbers = page.get_by_role("list", name="手机号").get_by_role("button")
    expect(numbers).to_have_count(2)
    expect(numbers.first).to_contain_text("139 8765 4321")

    numbers.last.click()
    talk = page.get_by_role("list", name="和 138 1234 5678 的短信")
    expect(talk.get_by_role("listitem")).to_have_count(1)
    expect(talk).to_contain_text("【澄川科技】林女士，见字如面。退订回R")
    expect(page.get_by_role("button", name="回复")).to_be_disabled()
    page.get_by_label("回复").first.fill("ｒ")
    page.get_by_role("button", name="回复").click()
    expect(talk.get_by_role("listitem")).to_have_count(2)
    expect(talk.get_by_role("listitem").last).to_contain_text("ｒ")
    expect(page.get_by_label("回复").first).to_have_value("")
    await_true("the answer", lambda: any(b'"text"' in one.body for one in hook.heard))
    told_by = [json.loads(one.body) for one in hook.heard if b'"text"' in one.body]
    assert [(one["mobile"], one["text"]) for one in told_by] == [("13812345678", "ｒ")]

    page.get_by_role("button", name="清空短信").click()
    told(page, "已清空短信")
    expect(page.get_by_text("还没有短信")).to_be_visible()
    hook.heard.clear()
    page.get_by_role("tab", name="邮件").click()
    expect(page.get_by_role("tab", name="邮件")).to_have_attribute("aria-selected", "true")
