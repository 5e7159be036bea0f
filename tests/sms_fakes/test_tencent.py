"""The loopback Tencent against Tencent's own library."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import urllib3
from tencentcloud.common import credential
from tencentcloud.common.exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models, sms_client

from tests.fakes import receiver, sms_tencent
from tests.fakes.sms_tencent import APPROVED, PENDING, REJECTED, FakeTencent
from tests.fakes.vendor import BAD_GATEWAY, DROP, HANG, LOSE, Refusal, Slow, Step, Trouble, push

NUMBER = "+8613812345678"


@pytest.fixture
def tencent() -> Iterator[FakeTencent]:
    with sms_tencent.running() as fake:
        fake.knows("1110001", "{1}，{2}生日快乐")
        yield fake


def client(
    fake: FakeTencent, *, secret: str = "", key_id: str = "", seconds: float = 10
) -> sms_client.SmsClient:
    http = HttpProfile(endpoint=fake.endpoint, protocol="http", reqTimeout=seconds)
    keys = credential.Credential(key_id or fake.key_id, secret or fake.secret)
    return sms_client.SmsClient(keys, "ap-guangzhou", ClientProfile(httpProfile=http))


def request(reference: str = "m1", **more: Any) -> models.SendSmsRequest:
    asked = models.SendSmsRequest()
    asked.PhoneNumberSet, asked.SmsSdkAppId = more.get("numbers", [NUMBER]), more.get("app", "1400000001")
    asked.SignName, asked.TemplateId = more.get("signature", "澄川科技"), more.get("template", "1110001")
    asked.TemplateParamSet, asked.SessionContext = more.get("values", ["林女士", "祝您"]), reference
    return asked


def test_takes_a_message_and_says_what_it_is_called(tencent: FakeTencent) -> None:
    answer = client(tencent).SendSms(request())

    [status], [taken] = answer.SendStatusSet, tencent.taken
    assert (status.Code, status.Message, status.Fee) == ("Ok", "send success", 1)
    assert (status.PhoneNumber, status.SessionContext, status.IsoCode) == (NUMBER, "m1", "CN")
    assert status.SerialNo == taken.serial
    assert (taken.number, taken.signature, taken.values) == (NUMBER, "澄川科技", ("林女士", "祝您"))
    assert taken.text == "林女士，祝您生日快乐"
    assert (tencent.times, tencent.actions) == ({"m1": 1}, {"SendSms": 1})


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"secret": "another-secret"}, "AuthFailure.SignatureFailure"),
        ({"key_id": "AKIDnobody"}, "AuthFailure.SecretIdNotFound"),
    ],
)
def test_refuses_whoever_signs_with_another_key(
    tencent: FakeTencent, wrong: dict[str, str], code: str
) -> None:
    with pytest.raises(TencentCloudSDKException) as refused:
        client(tencent, **wrong).SendSms(request())
    assert refused.value.get_code() == code
    assert (tencent.taken, tencent.actions, tencent.refused) == ([], {}, [code])


def test_refuses_what_was_signed_long_ago(tencent: FakeTencent, monkeypatch: pytest.MonkeyPatch) -> None:
    late = SimpleNamespace(time=lambda: time.time() - 301, sleep=time.sleep)
    monkeypatch.setattr("tencentcloud.common.abstract_client.time", late)
    with pytest.raises(TencentCloudSDKException) as refused:
        client(tencent).SendSms(request())
    assert refused.value.get_code() == "AuthFailure.SignatureExpire"
    assert tencent.taken == []


def test_refuses_a_body_that_was_changed_on_the_way(tencent: FakeTencent) -> None:
    with receiver.running() as spy:
        http = HttpProfile(endpoint=f"127.0.0.1:{spy.port}", protocol="http", reqTimeout=5)
        keys = credential.Credential(tencent.key_id, tencent.secret)
        with pytest.raises(TencentCloudSDKException):  # it does not speak their language
            sms_client.SmsClient(keys, "", ClientProfile(httpProfile=http)).SendSms(request())
        [heard] = spy.heard
    changed = heard.body.replace(b"13812345678", b"13912345678")
    for body, code in ((changed, "AuthFailure.SignatureFailure"), (heard.body, None)):
        signed = {**heard.headers, "content-length": str(len(body)), "connection": "close"}
        answer = urllib3.request(
            "POST", f"http://{tencent.endpoint}/", body=body, headers=signed, retries=False
        )
        said = answer.json()["Response"]
        assert said.get("Error", {}).get("Code") == code
    assert [taken.number for taken in tencent.taken] == [NUMBER]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"numbers": ["+8612"]}, "InvalidParameterValue.IncorrectPhoneNumber"),
        ({"numbers": ["+4915123456789"]}, "InvalidParameterValue.IncorrectPhoneNumber"),
        ({"signature": "别家"}, "FailedOperation.SignatureIncorrectOrUnapproved"),
        ({"template": "9"}, "FailedOperation.TemplateUnapprovedOrNotExist"),
        ({"template": "1110002"}, "FailedOperation.TemplateUnapprovedOrNotExist"),
        ({"values": ["一个"]}, "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"),
    ],
)
def test_refuses_a_message_without_refusing_the_request(
    tencent: FakeTencent, wrong: dict[str, Any], code: str
) -> None:
    tencent.signatures = {"澄川科技"}
    tencent.knows("1110002", "您好", state=PENDING)
    [status] = client(tencent).SendSms(request(**wrong)).SendStatusSet
    assert (status.Code, status.SerialNo, status.Fee, status.SessionContext) == (code, "", 0, "m1")
    assert tencent.taken == []


def test_refuses_another_account_s_app(tencent: FakeTencent) -> None:
    with pytest.raises(TencentCloudSDKException) as refused:
        client(tencent).SendSms(request(app="1400000002"))
    assert refused.value.get_code() == "UnauthorizedOperation.SmsSdkAppIdVerifyFail"


def test_refuses_as_it_is_told_and_then_no_more(tencent: FakeTencent) -> None:
    short = "FailedOperation.InsufficientBalanceInSmsPackage"
    tencent.next(Refusal(short), Trouble("RequestLimitExceeded"))
    [status] = client(tencent).SendSms(request("m1")).SendStatusSet
    assert (status.Code, tencent.taken) == (short, [])
    with pytest.raises(TencentCloudSDKException) as refused:
        client(tencent).SendSms(request("m2"))
    assert (refused.value.get_code(), tencent.taken) == ("RequestLimitExceeded", [])
    [status] = client(tencent).SendSms(request("m3")).SendStatusSet
    assert (status.Code, tencent.times) == ("Ok", {"m3": 1})


@pytest.mark.parametrize(
    ("step", "taken"), [(DROP, 1), (LOSE, 0), (BAD_GATEWAY, 0), (HANG, 1), (Slow(1.5), 1)]
)
def test_leaves_whoever_asks_without_an_answer(tencent: FakeTencent, step: Step, taken: int) -> None:
    tencent.next(step)
    with pytest.raises(TencentCloudSDKException):
        client(tencent, seconds=1).SendSms(request())
    assert len(tencent.taken) == taken
    [status] = client(tencent).SendSms(request("m2")).SendStatusSet
    assert (status.Code, len(tencent.taken)) == ("Ok", taken + 1)


def test_reads_texts_that_are_handed_in(tencent: FakeTencent) -> None:
    asked = models.AddSmsTemplateRequest()
    asked.TemplateName, asked.TemplateContent, asked.SmsType = "生日", "祝{1}生日快乐", 2
    asked.International, asked.Remark = 0, "客户关怀"
    code = client(tencent).AddSmsTemplate(asked).AddTemplateStatus.TemplateId

    def state() -> tuple[int, str]:
        query = models.DescribeSmsTemplateListRequest()
        query.International, query.TemplateIdSet = 0, [int(code), 4]
        [found] = client(tencent).DescribeSmsTemplateList(query).DescribeTemplateStatusSet
        assert (str(found.TemplateId), found.TemplateContent) == (code, "祝{1}生日快乐")
        return found.StatusCode, found.ReviewReply

    assert state() == (PENDING, "")
    tencent.decide(code, REJECTED, "缺少退订方式")
    assert state() == (REJECTED, "缺少退订方式")
    tencent.decide(code, APPROVED)
    assert state() == (APPROVED, "")
    asked.SmsType = 7
    with pytest.raises(TencentCloudSDKException):
        client(tencent).AddSmsTemplate(asked)


def test_says_later_what_became_of_a_message(tencent: FakeTencent) -> None:
    client(tencent).SendSms(request("m1"))
    client(tencent).SendSms(request("m2"))
    query = models.PullSmsSendStatusByPhoneNumberRequest()
    query.BeginTime, query.Offset, query.Limit = int(time.time()) - 60, 0, 10
    query.PhoneNumber, query.SmsSdkAppId = NUMBER, tencent.app_id
    assert client(tencent).PullSmsSendStatusByPhoneNumber(query).PullSmsSendStatusSet == []
    tencent.receipt(tencent.taken[1], error="MK:0001")
    [found] = client(tencent).PullSmsSendStatusByPhoneNumber(query).PullSmsSendStatusSet
    assert (found.SessionContext, found.ReportStatus) == ("m2", "FAIL")
    assert found.SerialNo == tencent.taken[1].serial


def test_posts_receipts_and_replies_in_their_form(tencent: FakeTencent) -> None:
    client(tencent).SendSms(request())
    [taken] = tencent.taken
    at = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
    arrived = tencent.receipt(taken, at=at)
    unknown = tencent.receipt(error="MI:0013", at=at)
    with receiver.running() as hook:
        hook.body = json.dumps({"result": 0, "errmsg": "OK"}).encode()
        pushed = push(hook.url, [arrived, unknown])
        push(hook.url, tencent.reply(NUMBER, "Ｔ", at=at))
    assert (pushed.status, pushed.said) == (200, {"result": 0, "errmsg": "OK"})
    receipts, reply = (json.loads(heard.body) for heard in hook.heard)
    assert receipts == [arrived, unknown]
    assert arrived == {
        "user_receive_time": "2026-11-23 09:02:03",
        "nationcode": "86",
        "mobile": "13812345678",
        "report_status": "SUCCESS",
        "errmsg": "DELIVRD",
        "description": "用户短信送达成功",
        "sid": taken.serial,
    }
    assert (unknown["report_status"], unknown["errmsg"]) == ("FAIL", "MI:0013")
    assert unknown["sid"] != taken.serial
    assert reply == {
        "extend": "",
        "mobile": "13812345678",
        "nationcode": "86",
        "sign": "澄川科技",
        "text": "Ｔ",
        "time": int(at.timestamp()),
    }
