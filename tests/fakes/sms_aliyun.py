"""Aliyun's short messages on the loopback: it checks signatures, and does as it is told."""

import json
import re
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from app.core import clock
from tests.fakes import aliyun_signature
from tests.fakes.aliyun_signature import Fault
from tests.fakes.vendor import Answer, Asked, Script, Step, Trouble, played, serving

VERSION = "2017-05-25"
PENDING, APPROVED, REJECTED = 0, 1, 2
WAITING, FAILED, ARRIVED = 1, 2, 3
_NUMBER = re.compile(r"(?:\+?86|0086)?1[0-9]{10}")
_MARK = re.compile(r"\$\{(\w+)\}")
_BEIJING = timezone(timedelta(hours=8))


@dataclass
class Template:
    """A text that was handed in; kinds are 0 codes, 1 notices, 2 marketing."""

    name: str
    text: str
    kind: int = 1
    state: int = PENDING
    reply: str = ""
    at: datetime = field(default_factory=clock.now)


@dataclass(frozen=True)
class Taken:
    """A message that was taken."""

    number: str
    template: str
    values: dict[str, str]
    signature: str
    reference: str
    serial: str
    text: str
    at: datetime


@dataclass
class FakeAliyun:
    """What was taken, and what is answered next."""

    port: int = 0
    key_id: str = "LTAIfakealiyun0123"
    secret: str = "a-secret-of-the-fake-aliyun-01"
    signatures: set[str] | None = None
    """Those that are approved; all where none are named."""
    templates: dict[str, Template] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    actions: Counter[str] = field(default_factory=Counter)
    """How often each action was asked for with a good signature."""
    refused: list[str] = field(default_factory=list)
    """The codes of requests that were refused as a whole."""
    script: Script = field(default_factory=Script)
    receipts: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By serial: what is answered when somebody asks what became of a message."""
    _nonces: set[str] = field(default_factory=set)
    _count: int = 0

    @property
    def endpoint(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def times(self) -> Counter[str]:
        """How often each message of ours was taken."""
        return Counter(message.reference for message in self.taken)

    def next(self, *steps: Step) -> None:
        """Do this with the next messages; then take them again."""
        self.script.steps.extend(steps)

    def always(self, step: Step) -> None:
        """Do this with every message."""
        self.script.always = step

    def knows(self, code: str, text: str, *, state: int = APPROVED, kind: int = 1) -> str:
        """Have a template there already; returns its code."""
        self.templates[code] = Template(text, text, kind, state)
        return code

    def decide(self, code: str, state: int, reply: str = "") -> None:
        """Approve a template, or refuse it with a reason."""
        self.templates[code].state, self.templates[code].reply = state, reply

    def receipt(
        self, message: Taken | None = None, *, error: str | None = None, at: datetime | None = None
    ) -> dict[str, Any]:
        """What a receipt of a message says (of one that nobody knows, where none is named)."""
        at = at or clock.now()
        serial = message.serial if message else self._serial()
        told = {
            "phone_number": message.number if message else "13800000000",
            "send_time": _local(message.at if message else at),
            "report_time": _local(at),
            "success": error is None,
            "err_code": error or "DELIVERED",
            "err_msg": "用户接收失败" if error else "用户接收成功",
            "sms_size": "1",
            "biz_id": serial,
            "out_id": message.reference if message else uuid.uuid4().hex,
        }
        self.receipts[serial] = told
        return told

    def reply(self, number: str, text: str, *, at: datetime | None = None) -> dict[str, Any]:
        """What is posted, in a list, when somebody answers; the number without a country."""
        self._count += 1
        signature = next((one.signature for one in reversed(self.taken) if one.number == number), "")
        return {
            "phone_number": number,
            "send_time": _local(at or clock.now()),
            "content": text,
            "sign_name": signature,
            "dest_code": "0001",
            "sequence_id": 1_234_567_890 + self._count,
        }

    def answer(self, asked: Asked) -> Answer:
        """What is said to a request."""
        try:
            keys = {self.key_id: self.secret}
            found = aliyun_signature.check(
                keys, self._nonces, asked.method, asked.path, asked.headers, asked.body
            )
            action = asked.headers["x-acs-action"]
            if asked.headers["x-acs-version"] != VERSION or action not in _ACTIONS:
                return self._refuse(Fault("InvalidAction.NotFound", 404))
            self.actions[action] += 1
            return _ACTIONS[action](self, found)
        except Fault as fault:
            return self._refuse(fault)

    def _refuse(self, fault: Fault) -> Answer:
        self.refused.append(fault.code)
        said = {"Code": fault.code, "Message": fault.message, "HostId": self.endpoint}
        return Answer.of({**said, "RequestId": str(uuid.uuid4()).upper()}, fault.status)

    def _serial(self) -> str:
        self._count += 1
        return f"{time.time_ns() // 1_000_000}{self._count:05d}^0"

    def send(self, asked: dict[str, str]) -> Answer:
        """SendSms."""

        def trouble(step: Trouble) -> Answer:
            return self._refuse(Fault(step.code, step.status))

        return played(self.script, trouble, lambda code: self._take(asked, code))

    def _take(self, asked: dict[str, str], refusal: str | None) -> Answer:
        values = {name: str(value) for name, value in json.loads(asked.get("TemplateParam") or "{}").items()}
        template = self.templates.get(asked["TemplateCode"])
        code = refusal or self._what_stands_against(asked, template, values)
        if code or template is None:
            return _said(code or "refused")
        serial, now = self._serial(), clock.now()
        text = _MARK.sub(lambda mark: values[mark[1]], template.text)
        for number in asked["PhoneNumbers"].split(","):
            reference = asked.get("OutId", "")
            self.taken.append(
                Taken(number, asked["TemplateCode"], values, asked["SignName"], reference, serial, text, now)
            )
        return _said("OK", BizId=serial)

    def _what_stands_against(
        self, asked: dict[str, str], template: Template | None, values: dict[str, str]
    ) -> str | None:
        numbers = asked["PhoneNumbers"].split(",")
        if not all(_NUMBER.fullmatch(number) for number in numbers):
            return "isv.MOBILE_NUMBER_ILLEGAL"
        if self.signatures is not None and asked["SignName"] not in self.signatures:
            return "isv.SMS_SIGNATURE_ILLEGAL"
        if template is None or template.state != APPROVED:
            return "isv.SMS_TEMPLATE_ILLEGAL"
        missing = set(_MARK.findall(template.text)) - set(values)
        return "isv.TEMPLATE_MISSING_PARAMETERS" if missing else None

    def add_template(self, asked: dict[str, str]) -> Answer:
        """AddSmsTemplate and CreateSmsTemplate."""
        code = f"SMS_{100_000_001 + len(self.templates)}"
        kind, name = int(asked["TemplateType"]), asked["TemplateName"]
        self.templates[code] = Template(name, asked["TemplateContent"], kind)
        return _said(
            "OK", TemplateCode=code, TemplateName=name, OrderId=str(20_000_000 + len(self.templates))
        )

    def query_template(self, asked: dict[str, str]) -> Answer:
        """QuerySmsTemplate."""
        code = asked["TemplateCode"]
        if (one := self.templates.get(code)) is None:
            return _said("isv.SMS_TEMPLATE_ILLEGAL")
        return _said(
            "OK", **_shown(code, one), Reason=one.reply, TemplateStatus=one.state, TemplateType=one.kind
        )

    def get_template(self, asked: dict[str, str]) -> Answer:
        """GetSmsTemplate, which gives the reason in a place of its own, and text for numbers."""
        code = asked["TemplateCode"]
        if (one := self.templates.get(code)) is None:
            return _said("isv.SMS_TEMPLATE_ILLEGAL")
        audit = {"RejectInfo": one.reply, "AuditDate": _local(one.at)}
        state = str(one.state)
        return _said(
            "OK", **_shown(code, one), AuditInfo=audit, TemplateStatus=state, TemplateType=str(one.kind)
        )

    def query_details(self, asked: dict[str, str]) -> Answer:
        """QuerySendDetails: a day's messages to a number."""
        found = [
            self._detail(message)
            for message in reversed(self.taken)
            if message.number == asked["PhoneNumber"]
            and message.at.astimezone(_BEIJING).strftime("%Y%m%d") == asked["SendDate"]
            and asked.get("BizId", message.serial) == message.serial
        ]
        size, page = int(asked["PageSize"]), int(asked["CurrentPage"])
        shown = found[(page - 1) * size : page * size]
        return _said("OK", TotalCount=str(len(found)), SmsSendDetailDTOs={"SmsSendDetailDTO": shown})

    def _detail(self, message: Taken) -> dict[str, Any]:
        told = self.receipts.get(message.serial)
        state = WAITING if told is None else ARRIVED if told["success"] else FAILED
        return {
            "PhoneNum": message.number,
            "SendStatus": state,
            "ErrCode": told["err_code"] if told else "",
            "TemplateCode": message.template,
            "Content": f"【{message.signature}】{message.text}",
            "SendDate": _local(message.at),
            "ReceiveDate": told["report_time"] if told else "",
            "OutId": message.reference,
        }


def _shown(code: str, one: Template) -> dict[str, Any]:
    return {
        "TemplateCode": code,
        "TemplateName": one.name,
        "TemplateContent": one.text,
        "CreateDate": _local(one.at),
    }


def _local(at: datetime) -> str:
    return at.astimezone(_BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def _said(code: str, **more: Any) -> Answer:
    return Answer.of({"Code": code, "Message": code, "RequestId": str(uuid.uuid4()).upper(), **more})


_ACTIONS: dict[str, Callable[[FakeAliyun, dict[str, str]], Answer]] = {
    "SendSms": FakeAliyun.send,
    "AddSmsTemplate": FakeAliyun.add_template,
    "CreateSmsTemplate": FakeAliyun.add_template,
    "QuerySmsTemplate": FakeAliyun.query_template,
    "GetSmsTemplate": FakeAliyun.get_template,
    "QuerySendDetails": FakeAliyun.query_details,
}


@contextmanager
def running() -> Iterator[FakeAliyun]:
    """A vendor on the loopback, until the block ends."""
    fake = FakeAliyun()
    with serving(fake):
        yield fake
