"""Activities and tasks for tests, made through the front door."""

from datetime import timedelta
from typing import Any

from app.core import clock
from tests.support.client import Browser


def moment(**ago: float) -> str:
    """A moment on the wire, so long ago; in the future if negative."""
    # Lists leave out the zeros at the end of a fraction.
    at = (clock.now() - timedelta(**ago)).replace(microsecond=123456)
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def activity(browser: Browser, customer_id: str | None = None, **facts: Any) -> dict[str, Any]:
    """A new activity."""
    answer = note(browser, customer_id=customer_id, **facts)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def note(browser: Browser, **facts: Any) -> Any:
    """The answer to noting an activity."""
    return browser.post("/activities", {"kind": "call", "content": "报价已收到，周五答复", **facts})


def task(browser: Browser, title: str = "寄样品", **facts: Any) -> dict[str, Any]:
    """A new task."""
    answer = browser.post("/tasks", {"title": title, "due_at": moment(hours=-2), **facts})
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def contents(browser: Browser, path: str = "/activities") -> list[str]:
    """What the activities of a list say, in its order."""
    answer = browser.get(path)
    assert answer.status_code == 200, answer.json
    return [item["content"] for item in answer.json["items"]]


def titles(browser: Browser, path: str = "/tasks") -> list[str]:
    """The titles of a list of tasks, in its order."""
    answer = browser.get(path)
    assert answer.status_code == 200, answer.json
    return [item["title"] for item in answer.json["items"]]
