"""Care rules for tests, made through the front door."""

from datetime import date
from typing import Any
from uuid import uuid4

from werkzeug.test import TestResponse

from tests.message_templates.desk import active
from tests.support.client import Browser, Company

Json = dict[str, Any]
NO_TEMPLATE = str(uuid4())


def message(*, amount: int = 0, **facts: Any) -> Json:
    """A step that is a mail; `switch` finds a template for it."""
    choices = [{"way": "mail", "template_id": NO_TEMPLATE}]
    return {"amount": amount, "unit": "day", "at": "09:00", "choices": choices, **facts}


def switch(company: Company, made: Json, *, on: bool = True) -> Json:
    """A rule put to work, with templates in use for its messages; or at rest."""
    browser = company.admin
    answer = browser.post(f"/care-rules/{made['id']}/switch", {"on": on})
    if answer.status_code == 422 and answer.json["errors"][0]["code"] == "care-template-off":
        words = active(browser, way="mail", purpose=made["purpose"], name=f"问候 {made['name']}")
        choices = [{"way": "mail", "template_id": words["id"]}]
        steps = [{**step, "choices": step["choices"] and choices} for step in made["steps"]]
        browser.patch(f"/care-rules/{made['id']}", {"steps": steps}, version=made["version"])
        answer = browser.post(f"/care-rules/{made['id']}/switch", {"on": on})
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


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
