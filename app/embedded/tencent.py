"""Tencent Cloud's short messages as the one speaks who answers: signatures, answers and call-backs."""

import hashlib
import hmac
import re
import time
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

SERVICE, VERSION = "sms", "2021-01-11"
EARLY_SECONDS = 300
SEGMENT, LONG_SEGMENT = 70, 67
_AUTHORIZATION = re.compile(
    r"TC3-HMAC-SHA256 Credential=(?P<id>[^/]+)/(?P<date>[0-9-]{10})/(?P<service>[a-z]+)/tc3_request, ?"
    r"SignedHeaders=(?P<headers>[a-z0-9;-]+), ?Signature=(?P<signature>[0-9a-f]{64})"
)
_MOBILE = re.compile(r"\+861[0-9]{10}")
_MARK = re.compile(r"\{(\d+)\}")
_BEIJING = timezone(timedelta(hours=8))
_WHAT_IS_WRONG = {
    "UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber": "The numbers are of several countries",
    "FailedOperation.PhoneNumberInBlacklist": "The number has asked to be left alone",
    "FailedOperation.InsufficientBalanceInSmsPackage": "The packages of short messages are used up",
}


class Fault(Exception):
    """A request that is refused as a whole, with the vendor's code."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message or _WHAT_IS_WRONG.get(code, code)


def check_signature(
    keys: Mapping[str, str], headers: Mapping[str, str], body: bytes, *, method: str = "POST", path: str = "/"
) -> None:
    """Let a request pass that one of the keys has signed by TC3-HMAC-SHA256; headers in lower case.

    :raises Fault: with the vendor's code for what is wrong
    """
    found = _AUTHORIZATION.fullmatch(headers.get("authorization", ""))
    if found is None or not {"content-type", "host"} <= set(found["headers"].split(";")):
        raise Fault("AuthFailure.InvalidAuthorization", "The authorization header cannot be read")
    if found["id"] not in keys:
        raise Fault("AuthFailure.SecretIdNotFound", "There is no such SecretId")
    at = headers.get("x-tc-timestamp", "")
    if not at.isdecimal() or abs(time.time() - int(at)) > EARLY_SECONDS:
        raise Fault("AuthFailure.SignatureExpire", "The time of the signature is too far off")
    if (
        datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%d") != found["date"]
        or found["service"] != SERVICE
    ):
        raise Fault("AuthFailure.SignatureFailure", "The signature is for another day or another service")
    signed = "".join(f"{name}:{headers.get(name, '').strip()}\n" for name in found["headers"].split(";"))
    asked = "\n".join((method, path, "", signed, found["headers"], hashlib.sha256(body).hexdigest()))
    scope = f"{found['date']}/{SERVICE}/tc3_request"
    text = "\n".join(("TC3-HMAC-SHA256", at, scope, hashlib.sha256(asked.encode()).hexdigest()))
    if not hmac.compare_digest(_signature(keys[found["id"]], scope, text), found["signature"]):
        raise Fault("AuthFailure.SignatureFailure", "The signature does not match")


def _signature(secret: str, scope: str, text: str) -> str:
    key = f"TC3{secret}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def answered(found: Mapping[str, Any]) -> dict[str, Any]:
    """The body of an answer."""
    return {"Response": {**found, "RequestId": str(uuid.uuid4())}}


def faulted(fault: Fault) -> dict[str, Any]:
    """The body of an answer that refuses."""
    return answered({"Error": {"Code": fault.code, "Message": fault.message}})


def status(
    number: str, reference: str, *, serial: str = "", code: str = "Ok", fee: int = 0
) -> dict[str, Any]:
    """What is answered of one number."""
    return {
        "SerialNo": serial,
        "PhoneNumber": number,
        "Fee": fee,
        "SessionContext": reference,
        "Code": code,
        "Message": "send success" if code == "Ok" else _WHAT_IS_WRONG.get(code, code),
        "IsoCode": "CN" if number.startswith("+86") else "DEF",
    }


def template_status(code: int, name: str, text: str, state: int, reply: str, at: int) -> dict[str, Any]:
    """What is answered of one text that was handed in: 0 approved, 1 being read, -1 refused."""
    return {
        "TemplateId": code,
        "International": 0,
        "StatusCode": state,
        "ReviewReply": reply,
        "TemplateName": name,
        "CreateTime": at,
        "TemplateContent": text,
    }


def is_mobile(number: str) -> bool:
    """Whether it is a mobile number in China, as E.164."""
    return _MOBILE.fullmatch(number) is not None


def filled(text: str, values: Sequence[str]) -> str | None:
    """A template's text with its values, or nothing where their number is not that of its marks."""
    marks = [int(number) for number in _MARK.findall(text)]
    if set(marks) != set(range(1, len(values) + 1)):
        return None
    return _MARK.sub(lambda mark: values[int(mark[1]) - 1], text)


def segments(signature: str, text: str) -> int:
    """How many short messages it is charged as."""
    length = len(f"【{signature}】{text}")
    return 1 if length <= SEGMENT else -(-length // LONG_SEGMENT)


def new_serial() -> str:
    """A name of a message that was taken, in the form of theirs."""
    return f"2645:{uuid.uuid4().int % 10**12:012d}:{time.time_ns():020d}"


def receipt(number: str, serial: str, *, at: datetime, error: str | None = None) -> dict[str, Any]:
    """What is posted of a message: it has arrived, unless an error of the carrier's is named."""
    return {
        "user_receive_time": at.astimezone(_BEIJING).strftime("%Y-%m-%d %H:%M:%S"),
        "nationcode": "86",
        "mobile": number.removeprefix("+86"),
        "report_status": "FAIL" if error else "SUCCESS",
        "errmsg": error or "DELIVRD",
        "description": "用户短信接收失败" if error else "用户短信送达成功",
        "sid": serial,
    }


def reply(number: str, text: str, *, signature: str, at: datetime) -> dict[str, Any]:
    """What is posted when somebody answers; theirs comes alone, not in a list."""
    return {
        "extend": "",
        "mobile": number.removeprefix("+86"),
        "nationcode": "86",
        "sign": signature,
        "text": text,
        "time": int(at.timestamp()),
    }
