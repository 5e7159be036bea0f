"""Comments for tests, made through the front door."""

from typing import Any

from tests.support.client import Browser


def say(browser: Browser, record: dict[str, Any], text: str, kind: str = "customer") -> Any:
    """The answer to commenting on a record."""
    return browser.post(f"/records/{kind}/{record['id']}/comments", {"text": text})


def said(browser: Browser, record: dict[str, Any], kind: str = "customer") -> list[str]:
    """What is said about a record, the latest first."""
    answer = browser.get(f"/records/{kind}/{record['id']}/comments")
    assert answer.status_code == 200, answer.json
    return [item["text"] for item in answer.json["items"]]


def bells(browser: Browser) -> list[tuple[str, str, str]]:
    """What stands under somebody's bell: title, body and where it leads, the latest first."""
    answer = browser.get("/notifications")
    assert answer.status_code == 200, answer.json
    return [(item["title"], item["body"], item["link"]) for item in answer.json["items"]]


def faults(answer: Any) -> list[tuple[str, str]]:
    """The fields that are refused, with why."""
    assert answer.status_code == 422, answer.json
    return [(error["field"], error["code"]) for error in answer.json["errors"]]
