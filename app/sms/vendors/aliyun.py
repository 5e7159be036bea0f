"""Aliyun's short messages, by its own library, which is loaded when it is first needed."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from app.sms.states import FilingState
from app.sms.vendors.contract import (
    LOST,
    About,
    Credentials,
    Refused,
    Reply,
    Report,
    ShortMessage,
    Taken,
    VendorTrouble,
    Verdict,
)
from app.sms.vendors.refusals import lost, refused
from app.sms.vendors.wording import marked

HOST = "dysmsapi.aliyuncs.com"
CONNECT_MS, READ_MS = 5_000, 15_000
_REFUSED, _TIMED_OUT, _BROKEN = 400, 408, 500
_NO_CODE = {"", "None"}
"""What the library makes of an answer that names none."""
_NOT_A_HEADER = "InvalidHeader"
"""What the library's own library raises before it sends anything."""
_UNSIGNABLE = "InvalidAccessKeyId.Unsignable"
"""Ours, for keys that cannot even stand in a request: nothing was sent."""
_BEIJING = timezone(timedelta(hours=8))
_NOTICE, _MARKETING = 1, 2
_FAILED, _ARRIVED = 2, 3
ABOUT = timedelta(hours=1)
_STATES = {0: FilingState.PENDING, 1: FilingState.APPROVED, 2: FilingState.REJECTED}
_REFUSALS = {
    "isv.MOBILE_NUMBER_ILLEGAL": (About.NUMBER, "number-wrong"),
    "isv.MOBILE_IN_BLACK": (About.NUMBER, "number-refuses"),
    "isv.BLACK_KEY_CONTROL_LIMIT": (About.TEXT, "text-refused"),
    "isv.SMS_TEMPLATE_ILLEGAL": (About.TEXT, "not-approved"),
    "isv.TEMPLATE_MISSING_PARAMETERS": (About.TEXT, "values-refused"),
    "isv.TEMPLATE_PARAMS_ILLEGAL": (About.TEXT, "values-refused"),
    "isv.INVALID_PARAMETERS": (About.TEXT, "values-refused"),
    "isv.INVALID_JSON_PARAM": (About.TEXT, "values-refused"),
    "isv.PARAM_LENGTH_LIMIT": (About.TEXT, "too-long"),
    "isv.BUSINESS_LIMIT_CONTROL": (About.PACE, "too-often"),
    "isv.DAY_LIMIT_CONTROL": (About.ACCOUNT, "account-limit"),
    "isv.MONTH_LIMIT_CONTROL": (About.ACCOUNT, "account-limit"),
    "isv.AMOUNT_NOT_ENOUGH": (About.ACCOUNT, "balance-used-up"),
    "isv.OUT_OF_SERVICE": (About.ACCOUNT, "balance-used-up"),
    "isv.ACCOUNT_": (About.ACCOUNT, "key-refused"),
    "isv.SMS_SIGN": (About.ACCOUNT, "signature-refused"),
    "isv.PRODUCT_UN": (About.ACCOUNT, "key-refused"),
    "isv.DENY_IP_RANGE": (About.ACCOUNT, "key-refused"),
    "isp.RAM_PERMISSION_DENY": (About.ACCOUNT, "key-refused"),
    "InvalidAccessKeyId": (About.ACCOUNT, "key-refused"),
    "SignatureDoesNotMatch": (About.ACCOUNT, "key-refused"),
    "Forbidden": (About.ACCOUNT, "key-refused"),
    "Throttling": (About.PACE, "too-fast"),
    # This very request has come through before.
    "SignatureNonceUsed": (About.UNCLEAR, "no-answer"),
    "isp.": (About.UNCLEAR, "no-answer"),
    "ServiceUnavailable": (About.UNCLEAR, "no-answer"),
    "InternalError": (About.UNCLEAR, "no-answer"),
}


class Aliyun:
    """One account there."""

    def __init__(self, credentials: Credentials, endpoint: str) -> None:
        self._credentials, self._endpoint = credentials, endpoint
        self._made: Any = None

    def send(self, message: ShortMessage) -> Taken | Refused:
        """Hand one message over; every way in which that can fail is an answer."""
        from alibabacloud_dysmsapi20170525 import models

        values = {f"p{place}": value for place, value in enumerate(message.values, 1)}
        asked = models.SendSmsRequest(
            phone_numbers=message.number.removeprefix("+86"),
            sign_name=self._credentials.signature,
            template_code=message.code,
            template_param=json.dumps(values, ensure_ascii=False) if values else None,
            out_id=message.reference,
        )
        try:
            body = self._ask("send_sms_with_options", asked)
        except VendorTrouble as trouble:
            # What is wrong with a message comes with a good answer; this is about whoever calls.
            return refused(trouble.error, _REFUSALS, otherwise=About.ACCOUNT)
        return Taken(body.biz_id) if body.code == "OK" else refused(body.code or "", _REFUSALS)

    def hand_in(self, name: str, text: str, *, advertises: bool) -> str:
        """Hand a text in for approval; returns the vendor's name of it."""
        from alibabacloud_dysmsapi20170525 import models

        asked = models.AddSmsTemplateRequest(
            template_name=name,
            template_content=marked(text, "${{p{}}}".format),
            template_type=_MARKETING if advertises else _NOTICE,
            remark=name,
        )
        body = self._ask("add_sms_template_with_options", asked)
        if body.code != "OK":
            raise VendorTrouble(body.code or "refused")
        return str(body.template_code)

    def look(self, codes: Sequence[str]) -> Mapping[str, Verdict]:
        """What the vendor says of these texts."""
        from alibabacloud_dysmsapi20170525 import models

        found: dict[str, Verdict] = {}
        for code in codes:
            body = self._ask(
                "query_sms_template_with_options", models.QuerySmsTemplateRequest(template_code=code)
            )
            if body.code == "OK":
                state = _STATES.get(body.template_status, FilingState.PENDING)
                found[code] = Verdict(state, body.reason or None)
        return found

    def ask(self, number: str, sent_at: datetime, reference: str) -> Report | None:
        """What has become of a message; None if nothing is known of it."""
        from alibabacloud_dysmsapi20170525 import models

        # Around midnight the vendor may have written down the day before.
        days = {(sent_at + ahead).astimezone(_BEIJING).strftime("%Y%m%d") for ahead in (-ABOUT, ABOUT)}
        for day in sorted(days):
            asked = models.QuerySendDetailsRequest(
                phone_number=number.removeprefix("+86"), send_date=day, page_size=50, current_page=1
            )
            body = self._ask("query_send_details_with_options", asked)
            if body.code != "OK":
                raise VendorTrouble("refused")
            details = body.sms_send_detail_dtos and body.sms_send_detail_dtos.sms_send_detail_dto
            for one in details or []:
                if one.out_id == reference and one.send_status in {_FAILED, _ARRIVED}:
                    return _detailed(one, reference)
        return None

    def _ask(self, action: str, asked: Any) -> Any:
        from alibabacloud_tea_util.models import RuntimeOptions

        # Its own tries would be blind ones.
        runtime = RuntimeOptions(
            autoretry=False, max_attempts=1, connect_timeout=CONNECT_MS, read_timeout=READ_MS
        )
        try:
            return getattr(self._client(), action)(asked, runtime).body
        except Exception as error:  # the library raises what its own libraries do
            raise VendorTrouble(_code_of(error)) from None

    def _client(self) -> Any:
        if self._made is None:
            from alibabacloud_dysmsapi20170525.client import Client
            from alibabacloud_tea_openapi.models import Config

            inside = bool(self._endpoint)
            self._made = Client(
                Config(
                    access_key_id=self._credentials.key_id,
                    access_key_secret=self._credentials.secret,
                    endpoint=self._endpoint or HOST,
                    protocol="HTTP" if inside else "HTTPS",
                )
            )
        return self._made


class AliyunCallback:
    """How Aliyun calls back."""

    thanks: Mapping[str, Any] = {"code": 0, "msg": "成功"}

    def read(self, body: Any) -> tuple[list[Report], list[Reply]]:
        """What a body tells: receipts and replies both come as lists."""
        reports = [_report(one) for one in body if "biz_id" in one]
        return reports, [_reply(one) for one in body if "biz_id" not in one]


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=_BEIJING)


def _report(told: Any) -> Report:
    arrived = told["success"] is True
    return Report(
        serial=str(told["biz_id"]),
        reference=told.get("out_id") or None,
        arrived=arrived,
        error=None if arrived else LOST,
        at=_moment(told["report_time"]),
    )


def _detailed(one: Any, reference: str) -> Report:
    arrived = one.send_status == _ARRIVED
    return Report(
        serial="",
        reference=reference,
        arrived=arrived,
        error=None if arrived else LOST,
        at=_moment(one.receive_date or one.send_date),
    )


def _reply(told: Any) -> Reply:
    number, at = str(told["phone_number"]), _moment(told["send_time"])
    return Reply(
        number=number if number.startswith("+") else f"+86{number}",
        text=str(told["content"]),
        at=at,
        key=str(told["sequence_id"]),
    )


def _code_of(error: Exception) -> str:
    """The vendor's code if it has answered; what has not, or not clearly, may have taken it all the same."""
    code, status = getattr(error, "code", None), getattr(error, "status_code", None)
    answered = isinstance(status, int) and _REFUSED <= status < _BROKEN and status != _TIMED_OUT
    known = isinstance(code, str) and any(code.startswith(begins) for begins in _REFUSALS)
    if isinstance(code, str) and code not in _NO_CODE and (answered or known):
        return code
    # What cannot be read of an answer is another matter: it was sent.
    inner = getattr(error, "inner_exception", None)
    if isinstance(inner, UnicodeEncodeError) or type(inner).__name__ == _NOT_A_HEADER:
        return _UNSIGNABLE
    return lost(f"{type(error).__name__} {error}")
