"""The short messages of a development installation, on the page that shows them."""

import json

import pytest
from flask import Flask

from app.messaging.short_box import Caught, ShortBox
from tests.support.servers import SECRET

NUMBER = "+8613812345678"
ANSWERS = "/dev/short-messages/answers"


@pytest.fixture
def box(app: Flask) -> ShortBox:
    directory = app.config["SETTINGS"].sms_box
    for path in (*directory.glob("*.sms"), *directory.glob("due/*")):
        path.unlink()
    box = ShortBox(directory)
    box.keep(Caught(number=NUMBER, signature="澄川科技", text="您好，林女士", app_id="1400000001"))
    return box


def shown(app: Flask) -> list[dict[str, object]]:
    answer = app.test_client().get("/dev/short-messages")
    assert answer.status_code == 200
    return answer.json["items"]


def test_shows_what_was_sent_and_answered_the_newest_first(app: Flask, box: ShortBox) -> None:
    answer = app.test_client().post(ANSWERS, json={"number": NUMBER, "text": "退订"})
    assert answer.status_code == 204
    said, sent = shown(app)
    assert (said["text"], said["answers"], said["number"]) == ("退订", True, NUMBER)
    assert (sent["text"], sent["answers"], sent["signature"]) == ("您好，林女士", False, "澄川科技")
    assert set(sent) == {"id", "number", "signature", "text", "at", "answers"}
    [due] = box.due()
    assert (due.app_id, due.what["answer"]["text"]) == ("1400000001", "退订")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"number": "+8613900000000", "text": "R"}, 404),
        ({"number": NUMBER, "text": ""}, 422),
        ({"number": NUMBER}, 422),
    ],
)
def test_answers_only_what_was_sent(app: Flask, box: ShortBox, sent: dict[str, str], status: int) -> None:
    assert app.test_client().post(ANSWERS, json=sent).status_code == status
    assert (len(shown(app)), box.due()) == (1, [])


def test_can_be_emptied(app: Flask, box: ShortBox) -> None:
    assert app.test_client().delete("/dev/short-messages").status_code == 204
    assert shown(app) == []


def test_only_this_machine_may_look(app: Flask, box: ShortBox) -> None:
    client, away = app.test_client(), {"REMOTE_ADDR": "192.0.2.7"}
    asked = [("GET", "/dev/short-messages"), ("DELETE", "/dev/short-messages"), ("POST", ANSWERS)]
    for method, path in asked:
        said = {"number": NUMBER, "text": "R"} if method == "POST" else None
        answer = client.open(path, method=method, json=said, environ_overrides=away)
        assert answer.status_code == 404
    assert (len(shown(app)), box.due()) == (1, [])


def test_shows_nothing_of_the_account(app: Flask, box: ShortBox) -> None:
    box.note("account", {"app_id": "1400000001", "key_id": "AKID", "secret": SECRET})
    assert SECRET not in json.dumps(shown(app))
