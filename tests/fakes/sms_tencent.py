"""Tencent Cloud's short messages on the loopback: it checks signatures, and does as it is told."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.core import clock
from app.embedded import tencent
from app.embedded.tencent import Fault
from tests.fakes.vendor import Answer, Asked, Script, Step, Trouble, played, serving

APPROVED, PENDING, REJECTED = 0, 1, -1
_KINDS = {1, 2, 3}


@dataclass
class Template:
    """A text that was handed in."""

    name: str
    text: str
    kind: int = 2
    state: int = PENDING
    reply: str = ""
    at: int = field(default_factory=lambda: int(time.time()))


@dataclass(frozen=True)
class Taken:
    """A message that was taken."""

    number: str
    app_id: str
    template: str
    values: tuple[str, ...]
    signature: str
    reference: str
    serial: str
    text: str
    at: float


@dataclass
class FakeTencent:
    """What was taken, and what is answered next."""

    port: int = 0
    app_id: str = "1400000001"
    key_id: str = "AKIDfaketencent0123456789"
    secret: str = "a-secret-of-the-fake-tencent-0123"
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

    def knows(self, code: str, text: str, *, state: int = APPROVED, kind: int = 2) -> str:
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
        number, serial = (
            (message.number, message.serial) if message else ("+8613800000000", tencent.new_serial())
        )
        told = tencent.receipt(number, serial, at=at or clock.now(), error=error)
        self.receipts[serial] = told
        return told

    def reply(self, number: str, text: str, *, at: datetime | None = None) -> dict[str, Any]:
        """What is posted when somebody answers."""
        signature = next((one.signature for one in reversed(self.taken) if one.number == number), "")
        return tencent.reply(number, text, signature=signature, at=at or clock.now())

    def answer(self, asked: Asked) -> Answer:
        """What is said to a request."""
        try:
            tencent.check_signature({self.key_id: self.secret}, asked.headers, asked.body)
            action = _action(asked.headers)
            self.actions[action] += 1
            return _ACTIONS[action](self, json.loads(asked.body))
        except Fault as fault:
            self.refused.append(fault.code)
            return Answer.of(tencent.faulted(fault))

    def send(self, asked: dict[str, Any]) -> Answer:
        """SendSms."""
        if asked["SmsSdkAppId"] != self.app_id:
            raise Fault("UnauthorizedOperation.SmsSdkAppIdVerifyFail", "The app is not this account's")

        def trouble(step: Trouble) -> Answer:
            self.refused.append(step.code)
            return Answer.of(tencent.faulted(Fault(step.code)), step.status)

        return played(self.script, trouble, lambda code: self._take(asked, code))

    def _take(self, asked: dict[str, Any], refusal: str | None) -> Answer:
        found = [self._one(asked, number, refusal) for number in asked["PhoneNumberSet"]]
        return Answer.of(tencent.answered({"SendStatusSet": found}))

    def _one(self, asked: dict[str, Any], number: str, refusal: str | None) -> dict[str, Any]:
        values, signature = tuple(asked.get("TemplateParamSet") or ()), asked.get("SignName") or ""
        reference = asked.get("SessionContext") or ""
        template = self.templates.get(asked["TemplateId"])
        text = tencent.filled(template.text, values) if template else None
        code = refusal or self._what_stands_against(number, signature, template, text)
        if code:
            return tencent.status(number, reference, code=code)
        serial = tencent.new_serial()
        self.taken.append(
            Taken(
                number,
                self.app_id,
                asked["TemplateId"],
                values,
                signature,
                reference,
                serial,
                text or "",
                time.time(),
            )
        )
        fee = tencent.segments(signature, text or "")
        return tencent.status(number, reference, serial=serial, fee=fee)

    def _what_stands_against(
        self, number: str, signature: str, template: Template | None, text: str | None
    ) -> str | None:
        if not tencent.is_mobile(number):
            return "InvalidParameterValue.IncorrectPhoneNumber"
        if not signature or (self.signatures is not None and signature not in self.signatures):
            return "FailedOperation.SignatureIncorrectOrUnapproved"
        if template is None or template.state != APPROVED:
            return "FailedOperation.TemplateUnapprovedOrNotExist"
        return None if text is not None else "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"

    def add_template(self, asked: dict[str, Any]) -> Answer:
        """AddSmsTemplate."""
        if asked.get("SmsType") not in _KINDS:
            raise Fault("InvalidParameterValue", "SmsType is 1 (marketing), 2 (notice) or 3 (code)")
        code = str(1_000_001 + len(self.templates))
        self.templates[code] = Template(asked["TemplateName"], asked["TemplateContent"], asked["SmsType"])
        return Answer.of(tencent.answered({"AddTemplateStatus": {"TemplateId": code}}))

    def list_templates(self, asked: dict[str, Any]) -> Answer:
        """DescribeSmsTemplateList."""
        codes = [str(code) for code in asked.get("TemplateIdSet") or self.templates]
        found = [
            tencent.template_status(int(code), one.name, one.text, one.state, one.reply, one.at)
            for code in codes
            if (one := self.templates.get(code)) is not None
        ]
        return Answer.of(tencent.answered({"DescribeTemplateStatusSet": found}))

    def pull_statuses(self, asked: dict[str, Any]) -> Answer:
        """PullSmsSendStatusByPhoneNumber."""
        found = [
            {
                "UserReceiveTime": int(message.at),
                "CountryCode": "86",
                "SubscriberNumber": message.number.removeprefix("+86"),
                "PhoneNumber": message.number,
                "SerialNo": message.serial,
                "ReportStatus": told["report_status"],
                "Description": told["description"],
                "SessionContext": message.reference,
            }
            for message in self.taken
            if message.number == asked["PhoneNumber"]
            and message.at >= asked["BeginTime"]
            and (told := self.receipts.get(message.serial)) is not None
        ]
        start = asked.get("Offset", 0)
        return Answer.of(tencent.answered({"PullSmsSendStatusSet": found[start : start + asked["Limit"]]}))


_ACTIONS: dict[str, Callable[[FakeTencent, dict[str, Any]], Answer]] = {
    "SendSms": FakeTencent.send,
    "AddSmsTemplate": FakeTencent.add_template,
    "DescribeSmsTemplateList": FakeTencent.list_templates,
    "PullSmsSendStatusByPhoneNumber": FakeTencent.pull_statuses,
}


def _action(headers: Mapping[str, str]) -> str:
    if headers.get("x-tc-version") != tencent.VERSION:
        raise Fault("NoSuchVersion", "There is no such version")
    if headers.get("x-tc-action") not in _ACTIONS:
        raise Fault("InvalidAction", "There is no such action")
    return headers["x-tc-action"]


@contextmanager
def running() -> Iterator[FakeTencent]:
    """A vendor on the loopback, until the block ends."""
    fake = FakeTencent()
    with serving(fake):
        yield fake
