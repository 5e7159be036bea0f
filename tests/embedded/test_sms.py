"""The loopback server of short messages, spoken to by the vendor's own library."""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tencentcloud.common import credential
from tencentcloud.common.exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models, sms_client

from app.embedded import sms
from app.embedded.installation import ROOT
from app.embedded.processes import free_port
from app.messaging.short_box import Account, Caught, Due, ShortBox
from tests.embedded.running import await_true
from tests.fakes import receiver
from tests.fakes.receiver import FakeReceiver

NUMBER = "+8613812345678"
APPROVED_LONG_AGO = {"1000001": {"name": "生日", "text": "祝{1}生日快乐", "at": 0}}
Start = Callable[[], "Running"]


class Running:
    """A server on a directory."""

    def __init__(self, directory: Path, product: str) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "app.embedded.sms", str(self.port), str(directory), product]
        self.process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)})
        await_true("the server", self._answers)

    def client(self, account: Account, *, secret: str = "") -> sms_client.SmsClient:
        http_profile = HttpProfile(endpoint=f"127.0.0.1:{self.port}", protocol="http", reqTimeout=10)
        keys = credential.Credential(account.key_id, secret or account.secret)
        return sms_client.SmsClient(keys, "ap-guangzhou", ClientProfile(httpProfile=http_profile))

    def end(self) -> int:
        self.process.terminate()
        return self.process.wait(10)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("POST", "/", b"{}")
            return b"AuthFailure" in connection.getresponse().read()
        except OSError:
            return False
        finally:
            connection.close()


@contextmanager
def running(directory: Path, product: str = "http://127.0.0.1:9") -> Iterator[Running]:
    server = Running(directory, product)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait()


@pytest.fixture
def box(tmp_path: Path) -> ShortBox:
    """A box that knows a text which is approved."""
    found = ShortBox(tmp_path)
    found.note("templates", APPROVED_LONG_AGO)
    return found


def account_of(directory: Path) -> Account:
    return sms.ensure_account(directory)


def send(client: sms_client.SmsClient, **more: str) -> models.SendStatus:
    asked = models.SendSmsRequest()
    asked.PhoneNumberSet, asked.SmsSdkAppId = [more.get("number", NUMBER)], more.get("app", sms.APP_ID)
    asked.SignName, asked.SessionContext = more.get("signature", "澄川科技"), "m1"
    asked.TemplateId, asked.TemplateParamSet = more.get("template", "1000001"), ["林女士"]
    [status] = client.SendSms(asked).SendStatusSet
    return status


def heard(hook: FakeReceiver) -> list[object]:
    return [json.loads(one.body) for one in hook.heard]


def test_keeps_what_is_sent_and_posts_that_it_has_arrived(tmp_path: Path, box: ShortBox) -> None:
    account = account_of(tmp_path)
    with receiver.running() as hook, running(tmp_path, f"http://127.0.0.1:{hook.port}") as server:
        box.note("callbacks", {sms.APP_ID: "/callbacks/sms/x.y.z"})
        status = send(server.client(account))
        await_true("the receipt", lambda: bool(hook.heard))
        await_true("its being done", lambda: not list((tmp_path / "due").glob("*.due")))
        assert server.end() == 0

    assert (status.Code, status.SessionContext, status.Fee) == ("Ok", "m1", 1)
    [kept] = box.newest()
    assert (kept.number, kept.signature, kept.text) == (NUMBER, "澄川科技", "祝林女士生日快乐")
    [[told]] = heard(hook)
    assert (told["sid"], told["mobile"], told["errmsg"]) == (status.SerialNo, "13812345678", "DELIVRD")
    assert [one.path for one in hook.heard] == ["/callbacks/sms/x.y.z"]


def test_posts_again_after_a_restart_what_nobody_took(tmp_path: Path, box: ShortBox) -> None:
    with receiver.running() as hook:
        hook.always = 503
        box.note("callbacks", {sms.APP_ID: f"http://127.0.0.1:{hook.port}/hook"})
        with running(tmp_path) as first:
            status = send(first.client(account_of(tmp_path)))
            await_true("a first try", lambda: bool(hook.heard))
        hook.always = 200
        with running(tmp_path) as second:
            await_true("another", lambda: not list((tmp_path / "due").glob("*.due")))
            assert send(second.client(account_of(tmp_path))).Code == "Ok"
    assert len(box.newest()) == 2
    assert {told["sid"] for [told] in heard(hook)[:2]} == {status.SerialNo}


def test_lets_nobody_in_who_signs_with_another_key(tmp_path: Path, box: ShortBox) -> None:
    account = account_of(tmp_path)
    with running(tmp_path) as server:
        for wrong in ({"secret": "another"}, {"app": "1400000002"}):
            with pytest.raises(TencentCloudSDKException) as refused:
                send(server.client(account, secret=wrong.pop("secret", "")), **wrong)
            assert refused.value.get_code() in {
                "AuthFailure.SignatureFailure",
                "UnauthorizedOperation.SmsSdkAppIdVerifyFail",
            }
    assert (box.newest(), box.due()) == ([], [])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"number": "+4915123456789"}, "InvalidParameterValue.IncorrectPhoneNumber"),
        ({"signature": ""}, "FailedOperation.MissingSignature"),
        ({"template": "7"}, "FailedOperation.TemplateUnapprovedOrNotExist"),
        ({"template": "1000002"}, "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"),
    ],
)
def test_refuses_as_the_vendor_does(tmp_path: Path, box: ShortBox, wrong: dict[str, str], code: str) -> None:
    box.note("templates", {"1000002": {"name": "两个", "text": "{1}{2}", "at": 0}, **APPROVED_LONG_AGO})
    with running(tmp_path) as server:
        assert send(server.client(account_of(tmp_path)), **wrong).Code == code
    assert (box.newest(), box.due()) == ([], [])


def test_approves_texts_after_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, box = sms.Desk(tmp_path), ShortBox(tmp_path)
    monkeypatch.setattr("app.embedded.tencent.check_signature", lambda *_facts: None)

    def ask(action: str, asked: object) -> dict[str, object]:
        found = desk.answer({"x-tc-action": action}, json.dumps(asked).encode())["Response"]
        assert isinstance(found, dict)
        return found

    said = ask("AddSmsTemplate", {"TemplateName": "生日", "TemplateContent": "祝{1}快乐"})
    assert said["AddTemplateStatus"] == {"TemplateId": "1000001"}
    [found] = ask("DescribeSmsTemplateList", {"TemplateIdSet": [1000001, 5]})["DescribeTemplateStatusSet"]
    assert (found["StatusCode"], found["TemplateContent"]) == (1, "祝{1}快乐")
    known = box.noted("templates")
    known["1000001"]["at"] -= sms.APPROVAL_SECONDS
    box.note("templates", known)
    [found] = ask("DescribeSmsTemplateList", {"TemplateIdSet": [1000001]})["DescribeTemplateStatusSet"]
    assert found["StatusCode"] == 0
    assert ask("Nonsense", {})["Error"]["Code"] == "InvalidAction"
    assert ask("SendSms", [])["Error"]["Code"] == "InvalidParameter"


def test_posts_answers_one_by_one(tmp_path: Path, box: ShortBox) -> None:
    box.keep(Caught(number=NUMBER, signature="澄川科技", text="您好", app_id=sms.APP_ID))
    assert box.answer("+8613900000000", "R") is False
    assert box.answer(NUMBER, "Ｒ") is True
    with receiver.running() as hook:
        box.note("callbacks", {sms.APP_ID: f"http://127.0.0.1:{hook.port}/hook"})
        postman = sms.Postman(tmp_path, "http://127.0.0.1:9")
        postman.round()
        postman.round()
    [told] = heard(hook)
    assert (told["mobile"], told["text"], told["sign"]) == ("13812345678", "Ｒ", "澄川科技")
    assert [(one.text, one.answers) for one in box.newest()] == [("Ｒ", True), ("您好", False)]


def test_gives_up_after_many_tries(tmp_path: Path) -> None:
    box, postman = ShortBox(tmp_path), sms.Postman(tmp_path, "http://127.0.0.1:9")
    what = {"receipt": {"number": NUMBER, "serial": "s1"}}
    box.put_due(Due(app_id=sms.APP_ID, what=what, from_=0))
    for tries in range(sms.MOST_TRIES):
        [due] = box.due()
        assert due.tries == tries
        postman.round()
        assert box.due() == []
        [path] = (tmp_path / "due").iterdir()
        path.write_text(json.dumps({**json.loads(path.read_text()), "from_": 0}))
    postman.round()
    assert list((tmp_path / "due").iterdir()) == []


def test_keeps_only_the_newest(tmp_path: Path) -> None:
    box = ShortBox(tmp_path, kept=2)
    for text in ("一", "二", "三"):
        box.keep(Caught(number=NUMBER, signature="澄川", text=text, app_id=sms.APP_ID))
    assert [one.text for one in box.newest()] == ["三", "二"]
    box.clear()
    assert box.newest() == []


def test_has_one_account_that_only_its_owner_reads(tmp_path: Path) -> None:
    account = account_of(tmp_path)
    assert account_of(tmp_path) == account == ShortBox(tmp_path).account()
    assert (tmp_path / "account.json").stat().st_mode & 0o777 == 0o600
