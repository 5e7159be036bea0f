"""Templates for tests, made through the front door."""

from typing import Any

from werkzeug.test import TestResponse

from tests.support.client import Browser

Json = dict[str, Any]
SMS = {"name": "到期提醒", "way": "sms", "purpose": "service", "body": "{{contact.salutation}}您好"}
MAIL = {
    "name": "问候",
    "way": "mail",
    "purpose": "care",
    "subject": "{{contact.salutation}}，您好",
    "body": "<p>来自{{company.name}}</p>",
}


def try_template(browser: Browser, **facts: Any) -> TestResponse:
    """The answer to a template; a text message unless told otherwise."""
    base = MAIL if facts.get("way") == "mail" else SMS
    return browser.post("/message-templates", {**base, **facts})


def template(browser: Browser, **facts: Any) -> Json:
    """A template."""
    answer = try_template(browser, **facts)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def put(browser: Browser, made: Json, **changes: Any) -> TestResponse:
    """The answer to a change."""
    return browser.patch(f"/message-templates/{made['id']}", changes, version=made["version"])


def active(browser: Browser, **facts: Any) -> Json:
    """A template in use."""
    answer = put(browser, template(browser, **facts), state="active")
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def preview(browser: Browser, **facts: Any) -> TestResponse:
    """The answer to a preview."""
    base = dict(MAIL if facts.get("way") == "mail" else SMS)
    base.pop("name")
    return browser.post("/message-previews", {**base, **facts})
