"""A loopback Tencent that delivers short messages into a directory: `-m app.embedded.sms PORT DIR URL`.

What it takes it keeps, and a moment later it posts a receipt to the address in `callbacks.json`, which stands
for the vendor's console. An address without a host is one of the product's own, which is at URL.
"""

import http.client
import json
import secrets
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread
from types import FrameType
from typing import Any
from urllib.parse import urljoin, urlsplit

from app.embedded import tencent
from app.embedded.tencent import Fault
from app.messaging.short_box import Account, Caught, Due, ShortBox

APP_ID = "1400000001"
FIRST_CODE = 1_000_001
LARGEST_BYTES = 256 * 1024
LOOK_SECONDS = 0.25
RECEIPT_SECONDS = 1.0
APPROVAL_SECONDS = 5.0
MOST_TRIES = 8
ANSWER_SECONDS = 20.0
_APPROVED, _PENDING = 0, 1


def ensure_account(directory: Path) -> Account:
    """The account of this directory, made once."""
    box = ShortBox(directory)
    if (found := box.account()) is None:
        found = Account(
            app_id=APP_ID, key_id=f"AKID{secrets.token_hex(16)}", secret=secrets.token_urlsafe(24)
        )
        box.note("account", {"app_id": found.app_id, "key_id": found.key_id, "secret": found.secret})
    return found


class Desk:
    """What is done with a request that is well signed."""

    def __init__(self, directory: Path) -> None:
        self._account = ensure_account(directory)
        self._box = ShortBox(directory)
        self._lock = Lock()
        self._actions: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
            "SendSms": self._send,
            "AddSmsTemplate": self._add_template,
            "DescribeSmsTemplateList": self._list_templates,
        }

    def answer(self, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
        """The body of the answer; headers in lower case."""
        try:
            tencent.check_signature({self._account.key_id: self._account.secret}, headers, body)
            action = self._actions.get(headers.get("x-tc-action", ""))
            if action is None:
                return tencent.faulted(Fault("InvalidAction", "It is not known here"))
            return tencent.answered(action(json.loads(body)))
        except Fault as fault:
            return tencent.faulted(fault)
        except (KeyError, ValueError, TypeError, AttributeError):
            return tencent.faulted(Fault("InvalidParameter", "The request cannot be read"))

    def _send(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        if asked["SmsSdkAppId"] != self._account.app_id:
            raise Fault("UnauthorizedOperation.SmsSdkAppIdVerifyFail", "The app is not this account's")
        return {"SendStatusSet": [self._take(asked, str(number)) for number in asked["PhoneNumberSet"]]}

    def _take(self, asked: Mapping[str, Any], number: str) -> dict[str, Any]:
        reference, signature = str(asked.get("SessionContext") or ""), str(asked.get("SignName") or "")
        template = self._box.noted("templates").get(str(asked["TemplateId"]))
        values = [str(value) for value in asked.get("TemplateParamSet") or []]
        text = tencent.filled(template["text"], values) if template else None
        if code := _what_stands_against(number, signature, template, text):
            return tencent.status(number, reference, code=code)
        serial, said = tencent.new_serial(), str(text)
        self._box.keep(Caught(number=number, signature=signature, text=said, app_id=self._account.app_id))
        what = {"receipt": {"number": number, "serial": serial}}
        self._box.put_due(Due(app_id=self._account.app_id, what=what, from_=time.time() + RECEIPT_SECONDS))
        return tencent.status(number, reference, serial=serial, fee=tencent.segments(signature, said))

    def _add_template(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            templates = self._box.noted("templates")
            code = str(max((int(known) for known in templates), default=FIRST_CODE - 1) + 1)
            templates[code] = {
                "name": str(asked["TemplateName"]),
                "text": str(asked["TemplateContent"]),
                "at": time.time(),
            }
            self._box.note("templates", templates)
        return {"AddTemplateStatus": {"TemplateId": code}}

    def _list_templates(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        templates = self._box.noted("templates")
        codes = [str(code) for code in asked.get("TemplateIdSet") or templates]
        found = [(code, templates[code]) for code in codes if code in templates]
        return {
            "DescribeTemplateStatusSet": [
                tencent.template_status(int(code), one["name"], one["text"], _state(one), "", int(one["at"]))
                for code, one in found
            ]
        }


def _state(template: Mapping[str, Any]) -> int:
    return _APPROVED if time.time() - template["at"] >= APPROVAL_SECONDS else _PENDING


def _what_stands_against(
    number: str, signature: str, template: Mapping[str, Any] | None, text: str | None
) -> str | None:
    if not tencent.is_mobile(number):
        return "InvalidParameterValue.IncorrectPhoneNumber"
    if not signature:
        return "FailedOperation.MissingSignature"
    if template is None or _state(template) != _APPROVED:
        return "FailedOperation.TemplateUnapprovedOrNotExist"
    return None if text is not None else "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"


class Postman:
    """Posts what is due, and tries again for a while where nobody takes it."""

    def __init__(self, directory: Path, product: str) -> None:
        self._box, self._product = ShortBox(directory), product

    def round(self) -> None:
        """Post all that is due now."""
        for due in self._box.due():
            if due.tries >= MOST_TRIES or self._is_taken(due):
                self._box.done(due)
            else:
                later = time.time() + 2**due.tries
                self._box.put_due(replace(due, tries=due.tries + 1, from_=later))

    def _is_taken(self, due: Due) -> bool:
        address = self._box.noted("callbacks").get(due.app_id)
        return address is not None and _post(urljoin(self._product, address), _body(due))


def _body(due: Due) -> Any:
    if told := due.what.get("receipt"):
        return [tencent.receipt(told["number"], told["serial"], at=datetime.fromtimestamp(due.from_, UTC))]
    said = due.what["answer"]
    at = datetime.fromtimestamp(int(due.id.partition("-")[0]) / 1e9, UTC)
    return tencent.reply(said["number"], said["text"], signature=said["signature"], at=at)


def _post(url: str, body: Any) -> bool:
    """Whether it was taken."""
    to = urlsplit(url)
    connection = http.client.HTTPConnection(to.hostname or "127.0.0.1", to.port, timeout=ANSWER_SECONDS)
    try:
        connection.request(
            "POST",
            to.path,
            json.dumps(body, ensure_ascii=False).encode(),
            {"Content-Type": "application/json"},
        )
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def serve(port: int, directory: Path, product: str) -> None:
    """Take short messages, and post what is due, until told to end."""
    desk, postman, ended = Desk(directory), Postman(directory, product), Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body go out apart: with Nagle's algorithm the second waits for 40 ms.
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            self.close_connection = True
            length = int(self.headers.get("Content-Length") or 0)
            if length > LARGEST_BYTES:
                self.send_error(http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                return
            named = {name.lower(): value for name, value in self.headers.items()}
            answer = json.dumps(desk.answer(named, self.rfile.read(length)), ensure_ascii=False).encode()
            self.send_response(http.HTTPStatus.OK)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_facts: Any) -> None:
            """Say nothing: numbers are nobody's business."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, end)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    while not ended.wait(LOOK_SECONDS):
        postman.round()
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    serve(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
