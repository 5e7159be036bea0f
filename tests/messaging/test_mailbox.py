"""The local mailbox of a development installation."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask

from app.embedded.mail import Mailbox as Catcher
from tests.fakes.smtp import FakeSmtp
from tests.messaging.outbox import Outbox


@pytest.fixture
def catcher(app: Flask) -> Catcher:
    directory: Path = app.config["SETTINGS"].mailbox_dir
    for path in directory.iterdir():
        path.unlink()
    return Catcher(directory)


def shown(app: Flask) -> list[dict[str, object]]:
    answer = app.test_client().get("/dev/mailbox")
    assert answer.status_code == 200
    return answer.json["items"]


def test_shows_what_we_send(app: Flask, catcher: Catcher, outbox: Outbox, smtp: FakeSmtp) -> None:
    outbox.mail(kind="invitation", link="/accept-invitation#token=abc.def")
    outbox.send_due()
    catcher.store(smtp.received[0].as_bytes())
    [mail] = shown(app)
    assert mail["from"] == "Guanxi 关系 <no-reply@guanxi.local>"
    assert mail["to"] == ["lin@example.com"]
    assert mail["subject"] == "秦明远 邀请你加入 澄川科技"
    assert mail["links"] == ["http://localhost/accept-invitation#token=abc.def"]
    assert "链接 7 天内有效" in mail["text"]
    assert "接受邀请" in mail["html"]
    assert set(mail) == {"id", "from", "to", "subject", "at", "links", "text", "html"}


def test_shows_the_newest_first_and_can_be_emptied(app: Flask, catcher: Catcher) -> None:
    for subject in ("first", "second"):
        message = EmailMessage()
        message["Subject"] = subject
        message.set_content("See https://example.com/a?b=1.")
        catcher.store(message.as_bytes())
    assert [mail["subject"] for mail in shown(app)] == ["second", "first"]
    assert shown(app)[0]["links"] == ["https://example.com/a?b=1"]
    assert app.test_client().delete("/dev/mailbox").status_code == 204
    assert shown(app) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe garbage",
        b"Subject: =?utf-8?q?=ff=fe?=\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe",
        b"From: \xff\xfe\r\nTo: ,,,<<>>\r\nSubject: \xe4\xbd\r\n\r\nhi",
        b"Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<a",
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"Content-Type: image/png\r\n\r\nx",
    ],
)
def test_survives_whatever_is_in_a_mail(app: Flask, catcher: Catcher, content: bytes) -> None:
    catcher.store(content)
    assert len(shown(app)) == 1


def test_only_this_machine_may_look(app: Flask, catcher: Catcher) -> None:
    catcher.store(b"Subject: secret\r\n\r\nx")
    client = app.test_client()
    for method in ("GET", "DELETE"):
        answer = client.open("/dev/mailbox", method=method, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
        assert answer.status_code == 404
    assert len(shown(app)) == 1


def test_is_not_there_without_a_mailbox() -> None:
    from api.v1 import BLUEPRINTS, DEVELOPMENT_BLUEPRINTS

    assert [blueprint.name for blueprint in DEVELOPMENT_BLUEPRINTS] == ["dev-mailbox"]
    assert "dev-mailbox" not in {blueprint.name for blueprint in BLUEPRINTS}
