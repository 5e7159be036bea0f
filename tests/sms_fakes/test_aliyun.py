"""The loopback Aliyun, asked as their documentation has it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alibabacloud_dysmsapi20170525 import models
from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_tea_openapi.models import Config
from alibabacloud_tea_util.models import RuntimeOptions
from urllib3.exceptions import HTTPError

from app.core import clock
from tests.fakes import receiver, sms_aliyun
from tests.fakes.sms_aliyun import APPROVED, ARRIVED, FAILED, PENDING, REJECTED, WAITING, FakeAliyun
from tests.fakes.vendor import BAD_GATEWAY, DROP, HANG, LOSE, Refusal, Slow, Step, Trouble, push
from tests.sms_fakes import aliyun_client

NUMBER = "13812345678"


@pytest.fixture
def aliyun() -> Iterator[FakeAliyun]:
    with sms_aliyun.running() as fake:
        fake.knows("SMS_1", "${p1}，${p2}生日快乐")
        yield fake


def ask(fake: FakeAliyun, action: str, asked: dict[str, Any], **more: Any) -> tuple[int, Any]:
    key = more.pop("key", (fake.key_id, fake.secret))
    return aliyun_client.ask(fake.endpoint, action, asked, key=key, **more)


def send(fake: FakeAliyun, reference: str = "m1", **more: Any) -> tuple[int, Any]:
    values = json.dumps(more.pop("values", {"p1": "林女士", "p2": "祝您"}), ensure_ascii=False)
    asked = {
        "PhoneNumbers": more.pop("number", NUMBER),
        "SignName": more.pop("signature", "澄川科技"),
        "TemplateCode": more.pop("template", "SMS_1"),
        "TemplateParam": values,
        "OutId": reference,
    }
    return ask(fake, "SendSms", asked, **more)


def test_takes_a_message_and_says_what_it_is_called(aliyun: FakeAliyun) -> None:
    status, said = send(aliyun)

    [taken] = aliyun.taken
    assert (status, said["Code"], said["Message"], said["BizId"]) == (200, "OK", "OK", taken.serial)
    assert (taken.number, taken.signature, taken.reference) == (NUMBER, "澄川科技", "m1")
    assert taken.values == {"p1": "林女士", "p2": "祝您"}
    assert taken.text == "林女士，祝您生日快乐"
    assert (aliyun.times, aliyun.actions) == ({"m1": 1}, {"SendSms": 1})


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"key": ("LTAIfakealiyun0123", "another")}, 400, "SignatureDoesNotMatch"),
        ({"key": ("LTAInobody", "another")}, 404, "InvalidAccessKeyId.NotFound"),
        ({"x-acs-action": "QuerySendDetails"}, 400, "SignatureDoesNotMatch"),
        ({"x-acs-content-sha256": "0" * 64}, 400, "SignatureDoesNotMatch"),
        ({"authorization": "ACS3-HMAC-SHA256 nonsense"}, 400, "IncompleteSignature"),
        ({"at": datetime(2020, 1, 1, tzinfo=UTC)}, 400, "InvalidTimeStamp.Expired"),
    ],
)
def test_refuses_what_is_not_signed_as_it_should_be(
    aliyun: FakeAliyun, wrong: dict[str, Any], status: int, code: str
) -> None:
    found, said = send(aliyun, **wrong)
    assert (found, said["Code"]) == (status, code)
    assert (aliyun.taken, aliyun.actions, aliyun.refused) == ([], {}, [code])


def test_refuses_the_same_request_again(aliyun: FakeAliyun) -> None:
    assert send(aliyun, nonce="one")[1]["Code"] == "OK"
    assert send(aliyun, nonce="one")[1]["Code"] == "SignatureNonceUsed"
    assert aliyun.times == {"m1": 1}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"number": "+4915123456789"}, "isv.MOBILE_NUMBER_ILLEGAL"),
        ({"signature": "别家"}, "isv.SMS_SIGNATURE_ILLEGAL"),
        ({"template": "SMS_9"}, "isv.SMS_TEMPLATE_ILLEGAL"),
        ({"template": "SMS_2"}, "isv.SMS_TEMPLATE_ILLEGAL"),
        ({"values": {"p1": "林女士"}}, "isv.TEMPLATE_MISSING_PARAMETERS"),
    ],
)
def test_refuses_a_message_in_a_good_answer(aliyun: FakeAliyun, wrong: dict[str, Any], code: str) -> None:
    aliyun.signatures = {"澄川科技"}
    aliyun.knows("SMS_2", "您好", state=PENDING)
    status, said = send(aliyun, **wrong)
    assert (status, said["Code"], aliyun.taken) == (200, code, [])
    assert "BizId" not in said


def test_refuses_as_it_is_told_and_then_no_more(aliyun: FakeAliyun) -> None:
    aliyun.next(Refusal("isv.BUSINESS_LIMIT_CONTROL"), Trouble("Throttling.User", 400))
    assert send(aliyun, "m1")[1]["Code"] == "isv.BUSINESS_LIMIT_CONTROL"
    status, said = send(aliyun, "m2")
    assert (status, said["Code"], aliyun.taken) == (400, "Throttling.User", [])
    assert send(aliyun, "m3")[1]["Code"] == "OK"
    assert aliyun.times == {"m3": 1}


@pytest.mark.parametrize(("step", "taken"), [(DROP, 1), (LOSE, 0), (HANG, 1), (Slow(1.5), 1)])
def test_leaves_whoever_asks_without_an_answer(aliyun: FakeAliyun, step: Step, taken: int) -> None:
    aliyun.next(step)
    with pytest.raises(HTTPError):
        send(aliyun, seconds=1)
    assert len(aliyun.taken) == taken
    assert send(aliyun, "m2")[1]["Code"] == "OK"


def test_stands_behind_something_that_answers_with_a_page(aliyun: FakeAliyun) -> None:
    aliyun.always(BAD_GATEWAY)
    status, said = send(aliyun)
    assert (status, said[:6], aliyun.taken) == (502, b"<html>", [])


def test_reads_texts_that_are_handed_in(aliyun: FakeAliyun) -> None:
    asked = {
        "TemplateName": "生日",
        "TemplateContent": "祝${p1}生日快乐",
        "TemplateType": 1,
        "Remark": "关怀",
    }
    code = ask(aliyun, "CreateSmsTemplate", asked)[1]["TemplateCode"]
    again = ask(aliyun, "AddSmsTemplate", asked)[1]["TemplateCode"]
    assert code != again

    def states() -> tuple[int, str, str, str]:
        old = ask(aliyun, "QuerySmsTemplate", {"TemplateCode": code})[1]
        new = ask(aliyun, "GetSmsTemplate", {"TemplateCode": code})[1]
        assert old["TemplateContent"] == new["TemplateContent"] == "祝${p1}生日快乐"
        return old["TemplateStatus"], old["Reason"], new["TemplateStatus"], new["AuditInfo"]["RejectInfo"]

    assert states() == (PENDING, "", "0", "")
    aliyun.decide(code, REJECTED, "缺少退订方式")
    assert states() == (REJECTED, "缺少退订方式", "2", "缺少退订方式")
    aliyun.decide(code, APPROVED)
    assert states() == (APPROVED, "", "1", "")
    assert ask(aliyun, "GetSmsTemplate", {"TemplateCode": "SMS_9"})[1]["Code"] == "isv.SMS_TEMPLATE_ILLEGAL"


def test_says_later_what_became_of_messages(aliyun: FakeAliyun) -> None:
    for reference in ("m1", "m2", "m3"):
        send(aliyun, reference)
    aliyun.receipt(aliyun.taken[0])
    aliyun.receipt(aliyun.taken[1], error="MK:0001")
    today = (clock.now() + timedelta(hours=8)).strftime("%Y%m%d")
    asked = {"PhoneNumber": NUMBER, "SendDate": today, "PageSize": 2, "CurrentPage": 1}
    first = ask(aliyun, "QuerySendDetails", asked)[1]
    second = ask(aliyun, "QuerySendDetails", {**asked, "CurrentPage": 2})[1]
    found = first["SmsSendDetailDTOs"]["SmsSendDetailDTO"] + second["SmsSendDetailDTOs"]["SmsSendDetailDTO"]
    assert first["TotalCount"] == "3"
    assert [(one["OutId"], one["SendStatus"], one["ErrCode"]) for one in found] == [
        ("m3", WAITING, ""),
        ("m2", FAILED, "MK:0001"),
        ("m1", ARRIVED, "DELIVERED"),
    ]
    [one] = ask(aliyun, "QuerySendDetails", {**asked, "BizId": aliyun.taken[0].serial})[1][
        "SmsSendDetailDTOs"
    ]["SmsSendDetailDTO"]
    assert (one["OutId"], one["Content"]) == ("m1", "【澄川科技】林女士，祝您生日快乐")


def test_posts_receipts_and_replies_in_their_form(aliyun: FakeAliyun) -> None:
    send(aliyun)
    [taken] = aliyun.taken
    at = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
    arrived, unknown = aliyun.receipt(taken, at=at), aliyun.receipt(error="MI:0013", at=at)
    reply = aliyun.reply(NUMBER, "td", at=at)
    with receiver.running() as hook:
        hook.body = json.dumps({"code": 0, "msg": "成功"}).encode()
        pushed = push(hook.url, [arrived, unknown])
        push(hook.url, [reply])
    assert (pushed.status, pushed.said) == (200, {"code": 0, "msg": "成功"})
    assert [json.loads(heard.body) for heard in hook.heard] == [[arrived, unknown], [reply]]
    assert (arrived["biz_id"], arrived["out_id"], arrived["success"]) == (taken.serial, "m1", True)
    assert (arrived["report_time"], arrived["err_code"]) == ("2026-11-23 09:02:03", "DELIVERED")
    assert (unknown["success"], unknown["err_code"]) == (False, "MI:0013")
    assert (reply["content"], reply["phone_number"], reply["sign_name"]) == ("td", NUMBER, "澄川科技")
    assert reply["sequence_id"] != aliyun.reply(NUMBER, "td")["sequence_id"]


def official(fake: FakeAliyun, secret: str = "") -> Any:
    config = Config(
        access_key_id=fake.key_id,
        access_key_secret=secret or fake.secret,
        endpoint=fake.endpoint,
        protocol="HTTP",
    )
    return Client(config)


ONCE = RuntimeOptions(autoretry=False, max_attempts=1, connect_timeout=2000, read_timeout=2000)


def test_understands_their_own_library(aliyun: FakeAliyun) -> None:
    asked = models.SendSmsRequest(
        phone_numbers=NUMBER,
        sign_name="澄川 科技+~*",
        template_code="SMS_1",
        template_param=json.dumps({"p1": "林 & 王", "p2": "祝=您"}, ensure_ascii=False),
        out_id="m1",
    )
    body = official(aliyun).send_sms_with_options(asked, ONCE).body
    [taken] = aliyun.taken
    assert (body.code, body.biz_id, taken.reference) == ("OK", taken.serial, "m1")
    assert (taken.signature, taken.text) == ("澄川 科技+~*", "林 & 王，祝=您生日快乐")
    with pytest.raises(Exception, match="SignatureDoesNotMatch"):
        official(aliyun, "another").send_sms_with_options(asked, ONCE)
    assert aliyun.times == {"m1": 1}
