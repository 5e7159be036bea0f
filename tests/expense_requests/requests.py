"""Expense requests for tests, made through the front door."""

from typing import Any

from werkzeug.test import TestResponse

from tests.expenses.claims import kind
from tests.support.client import Browser, Company

Json = dict[str, Any]


def line(browser: Browser, amount: int = 120_000, of: str = "交通", **facts: Any) -> Json:
    """A line."""
    return {"kind_id": kind(browser, of)["id"], "amount": amount, **facts}


def try_request(browser: Browser, *lines: Json, **facts: Any) -> TestResponse:
    """The answer to a request."""
    return browser.post("/expense-requests", {"title": "广州展会", "lines": list(lines), **facts})


def request(browser: Browser, *lines: Json, **facts: Any) -> Json:
    """A request; without lines of 1,200.00 yuan."""
    answer = try_request(browser, *(lines or [line(browser)]), **facts)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def now(browser: Browser, made: Json) -> Json:
    """A request as it is."""
    return dict(browser.get(f"/expense-requests/{made['id']}").json)


def try_submit(browser: Browser, made: Json, **chosen: Any) -> TestResponse:
    """The answer to submitting a request."""
    path = f"/expense-requests/{made['id']}"
    return browser.post(f"{path}/submission", chosen, version=browser.get(path).json["version"])


def submit(browser: Browser, made: Json) -> Json:
    """The request, submitted."""
    answer = try_submit(browser, made)
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def close(browser: Browser, made: Json) -> TestResponse:
    """The answer to closing a request."""
    return browser.post(f"/expense-requests/{made['id']}/closing", {})


def deeds(company: Company, made: Json) -> list[str]:
    """What the trail tells of a request, the latest first."""
    path = f"/audit-records?subject_type=expense-request&subject_id={made['id']}"
    return [one["action"] for one in company.admin.get(path).json["items"]]
