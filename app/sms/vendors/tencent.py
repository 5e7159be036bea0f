"""Tencent Cloud's short messages, by its own library, which is loaded when it is first needed."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
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

REGION = "ap-guangzhou"
SECONDS = 15
ABOUT, ASKED_FOR = timedelta(hours=1), timedelta(days=2)
_BEIJING = timezone(timedelta(hours=8))
_MARKETING, _NOTICE, _DOMESTIC = 1, 2, 0
_STATES = {0: FilingState.APPROVED, 1: FilingState.PENDING, -1: FilingState.REJECTED}
# By the beginning of the vendor's code: the longest that fits says what a refusal is about.
_REFUSALS = {
    "FailedOperation.PhoneNumberInBlacklist": (About.NUMBER, "number-refuses"),
    "InvalidParameterValue.IncorrectPhoneNumber": (About.NUMBER, "number-wrong"),
    "UnsupportedOperation.": (About.NUMBER, "number-wrong"),
    "FailedOperation.ContainSensitiveWord": (About.TEXT, "text-refused"),
    "FailedOperation.TemplateIncorrectOrUnapproved": (About.TEXT, "not-approved"),
    "FailedOperation.TemplateParamSetNotMatchApprovedTemplate": (About.TEXT, "values-refused"),
    "FailedOperation.TemplateUnapprovedOrNotExist": (About.TEXT, "not-approved"),
    "InvalidParameterValue.TemplateParameter": (About.TEXT, "values-refused"),
    "InvalidParameterValue.ContentLengthLimit": (About.TEXT, "too-long"),
    "LimitExceeded.PhoneNumber": (About.PACE, "too-often"),
    "LimitExceeded.DeliveryFrequencyLimit": (About.PACE, "too-fast"),
    "LimitExceeded": (About.ACCOUNT, "account-limit"),
    "RequestLimitExceeded": (About.PACE, "too-fast"),
    "FailedOperation.InsufficientBalance": (About.ACCOUNT, "balance-used-up"),
    "FailedOperation.Signature": (About.ACCOUNT, "signature-refused"),
    "FailedOperation.MissingSignature": (About.ACCOUNT, "signature-refused"),
    "AuthFailure": (About.ACCOUNT, "key-refused"),
    "UnauthorizedOperation": (About.ACCOUNT, "key-refused"),
    "InternalError": (About.UNCLEAR, "no-answer"),
    "ServerNetworkError": (About.UNCLEAR, "no-answer"),
}


def is_code(text: str) -> bool:
    """Whether something can be the vendor's name of a text."""
    return re.fullmatch("[0-9]{1,18}", text) is not None


class Tencent:
    """One account there."""

    def __init__(self, credentials: Credentials, endpoint: str) -> None:
        self._credentials, self._endpoint = credentials, endpoint
        self._made: Any = None

    def send(self, message: ShortMessage) -> Taken | Refused:
        """Hand one message over; every way in which that can fail is an answer."""
        from tencentcloud.sms.v20210111 import models

        asked = models.SendSmsRequest()
        asked.PhoneNumberSet = [message.number]
        asked.SmsSdkAppId = self._credentials.app_id
        asked.SignName = self._credentials.signature
        asked.TemplateId = message.code
        asked.TemplateParamSet = list(message.values)
        asked.SessionContext = message.reference
        try:
            answer = self._ask("SendSms", asked)
        except VendorTrouble as trouble:
            return refused(trouble.error, _REFUSALS)
        [status] = answer.SendStatusSet
        if status.Code == "Ok":
            return Taken(status.SerialNo)
        return refused(status.Code, _REFUSALS)

    def hand_in(self, name: str, text: str, *, advertises: bool) -> str:
        """Hand a text in for approval; returns the vendor's name of it."""
        from tencentcloud.sms.v20210111 import models

        asked = models.AddSmsTemplateRequest()
        asked.TemplateName, asked.TemplateContent = name, marked(text, "{{{}}}".format)
        asked.SmsType = _MARKETING if advertises else _NOTICE
        asked.International, asked.Remark = _DOMESTIC, name
        return str(self._ask("AddSmsTemplate", asked).AddTemplateStatus.TemplateId)

    def look(self, codes: Sequence[str]) -> Mapping[str, Verdict]:
        """What the vendor says of these texts."""
        from tencentcloud.sms.v20210111 import models

        asked = models.DescribeSmsTemplateListRequest()
        asked.International, asked.TemplateIdSet = _DOMESTIC, [int(code) for code in codes if is_code(code)]
        if not asked.TemplateIdSet:
            return {}
        found = self._ask("DescribeSmsTemplateList", asked).DescribeTemplateStatusSet or []
        return {
            str(one.TemplateId): Verdict(
                _STATES.get(one.StatusCode, FilingState.PENDING), one.ReviewReply or None
            )
            for one in found
        }

    def ask(self, number: str, sent_at: datetime, reference: str) -> Report | None:
        """What has become of a message; None if nothing is known of it."""
        from tencentcloud.sms.v20210111 import models

        asked = models.PullSmsSendStatusByPhoneNumberRequest()
        asked.SmsSdkAppId, asked.PhoneNumber = self._credentials.app_id, number
        asked.BeginTime = int((sent_at - ABOUT).timestamp())
        asked.EndTime = int((sent_at + ASKED_FOR).timestamp())
        asked.Offset, asked.Limit = 0, 100
        found = self._ask("PullSmsSendStatusByPhoneNumber", asked).PullSmsSendStatusSet or []
        for one in found:
            if one.SessionContext == reference:
                arrived = one.ReportStatus == "SUCCESS"
                at = datetime.fromtimestamp(int(one.UserReceiveTime), UTC)
                return Report(
                    serial=one.SerialNo,
                    reference=reference,
                    arrived=arrived,
                    error=None if arrived else LOST,
                    at=at,
                )
        return None

    def _ask(self, action: str, asked: Any) -> Any:
        from tencentcloud.common.exception import TencentCloudSDKException

        try:
            return getattr(self._client(), action)(asked)
        except TencentCloudSDKException as error:
            raise VendorTrouble(_code_of(error.get_code() or "", error.get_message() or "")) from None

    def _client(self) -> Any:
        if self._made is None:
            from tencentcloud.common import credential
            from tencentcloud.common.profile.client_profile import ClientProfile
            from tencentcloud.common.profile.http_profile import HttpProfile
            from tencentcloud.sms.v20210111 import sms_client

            http = HttpProfile(reqTimeout=SECONDS)
            if self._endpoint:
                http = HttpProfile(endpoint=self._endpoint, protocol="http", reqTimeout=SECONDS)
            keys = credential.Credential(self._credentials.key_id, self._credentials.secret)
            self._made = sms_client.SmsClient(keys, REGION, ClientProfile(httpProfile=http))
        return self._made


class TencentCallback:
    """How Tencent calls back."""

    thanks: Mapping[str, Any] = {"result": 0, "errmsg": "OK"}

    def read(self, body: Any) -> tuple[list[Report], list[Reply]]:
        """What a body tells: receipts come as a list, a reply alone."""
        if isinstance(body, list):
            return [_report(one) for one in body], []
        return [], [_reply(body)]


def _report(told: Any) -> Report:
    arrived = told["report_status"] == "SUCCESS"
    return Report(
        serial=str(told["sid"]),
        reference=None,
        arrived=arrived,
        error=None if arrived else LOST,
        at=datetime.fromisoformat(told["user_receive_time"]).replace(tzinfo=_BEIJING),
    )


def _reply(told: Any) -> Reply:
    number = f"+{told.get('nationcode') or '86'}{told['mobile']}"
    at = datetime.fromtimestamp(int(told["time"]), UTC)
    text = str(told["text"])
    return Reply(number=number, text=text, at=at, key=f"{number} {at.isoformat()} {text}")


def _code_of(code: str, message: str) -> str:
    if code == "ClientNetworkError":
        return lost(message)
    return code
