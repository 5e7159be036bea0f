"""Care rules for tests, made through the front door."""

from datetime import date
from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from tests.support.client import Browser

Json = dict[str, Any]
TEMPLATE = str(uuid4())


def message(*, amount: int = 0, **facts: Any) -> Json:
    """A step that is a message."""
    choices = [{"way": "mail", "template_id": TEMPLATE}]
    return {"amount": amount, "unit": "day", "at": "09:00", "choices": choices, **facts}


def task(text: str = "给{{contact.name}}打电话", **facts: Any) -> Json:
    """A step that is something to do."""
    return message(choices=[], task=text, **facts)


def birthday(**facts: Any) -> Json:
    """A rule for birthdays."""
    return {"name": "生日祝福", "trigger": {"kind": "birthday"}, "steps": [message()], **facts}


def after_service(*steps: Json, **facts: Any) -> Json:
    """A plan that begins with a service."""
    trigger = {"kind": "event", "happening": "service-done"}
    return {"name": "服务回访", "purpose": "service", "trigger": trigger, "steps": list(steps), **facts}


def try_rule(browser: Browser, rule: Json) -> TestResponse:
    """The answer to a rule."""
    return browser.post("/care-rules", rule)


def rule(browser: Browser, wanted: Json) -> Json:
    """A rule."""
    answer = try_rule(browser, wanted)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def contact(browser: Browser, name: str, born: date | None = None, **facts: Any) -> Json:
    """Somebody, with their solar birthday."""
    day = born and {"calendar": "solar", "month": born.month, "day": born.day}
    answer = browser.post("/contacts", {"name": name, "birthday": day, **facts})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)
