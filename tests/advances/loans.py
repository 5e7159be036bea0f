"""Advances for tests, made through the front door."""

from datetime import timedelta
from typing import Any

from werkzeug.test import TestResponse

from app.core import clock
from tests.support.client import Browser, Company

Json = dict[str, Any]


def day(ahead: int = 30) -> str:
    """A day so many days from now, as one says it."""
    return (clock.now() + timedelta(days=ahead)).date().isoformat()


def try_advance(browser: Browser, **facts: Any) -> TestResponse:
    """The answer to asking for an advance."""
    return browser.post("/advances", {"title": "广州展会备用金", "amount": 300_000, "due_on": day(), **facts})


def advance(browser: Browser, **facts: Any) -> Json:
    """A draft."""
    answer = try_advance(browser, **facts)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def now(browser: Browser, made: Json) -> Json:
    """An advance as it is."""
    return dict(browser.get(f"/advances/{made['id']}").json)


def try_submit(browser: Browser, made: Json) -> TestResponse:
    """The answer to submitting an advance."""
    path = f"/advances/{made['id']}"
    return browser.post(f"{path}/submission", {}, version=browser.get(path).json["version"])


def submit(browser: Browser, made: Json) -> Json:
    """The advance, submitted."""
    answer = try_submit(browser, made)
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def try_pay_out(browser: Browser, *advances: Json, **facts: Any) -> TestResponse:
    """The answer to paying advances out."""
    due = [{"id": one["id"], "version": one["version"]} for one in advances]
    return browser.post("/advance-payouts", {"advances": due, "paid_on": "2026-03-20", **facts})


def lent(owner: Browser, payer: Browser, amount: int = 300_000, **facts: Any) -> Json:
    """An advance that was paid out."""
    made = submit(owner, advance(owner, amount=amount, **facts))
    answer = try_pay_out(payer, made)
    assert answer.status_code == 201, answer.json
    return now(owner, made)


def try_return(browser: Browser, made: Json, amount: int, **facts: Any) -> TestResponse:
    """The answer to giving money back."""
    path = f"/advances/{made['id']}/repayment"
    return browser.post(path, {"amount": amount, "returned_on": "2026-03-28", **facts})


def try_reverse(browser: Browser, entry: Json, reason: str = "记错了") -> TestResponse:
    """The answer to reversing a line of a ledger."""
    return browser.post(f"/advance-entries/{entry['id']}/reversal", {"reason": reason})


def ledger(browser: Browser, made: Json) -> list[tuple[str, int, int]]:
    """The lines of an advance: what kind, how much, and what is owed then."""
    return [(one["kind"], one["amount"], one["owed"]) for one in now(browser, made)["entries"]]


def deeds(company: Company, made: Json) -> list[str]:
    """What the trail tells of an advance, the latest first."""
    path = f"/audit-records?subject_type=advance&subject_id={made['id']}"
    return [one["action"] for one in company.admin.get(path).json["items"]]
