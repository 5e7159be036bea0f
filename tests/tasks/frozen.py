"""Tasks at a day of their own, by a clock that stands where a test puts it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import time_machine

from app.tasks import reminding
from tests.support.client import Browser, Company

# Ten in the morning of a Wednesday in Shanghai; long from now, because the database asks its own clock.
MORNING = datetime(2037, 3, 18, 2, 0, tzinfo=UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The clock stands at a moment, and goes on from there."""
    with time_machine.travel(moment, tick=True):
        yield


def utc(*facts: int) -> str:
    """A moment on the wire."""
    return datetime(*facts, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")  # type: ignore[arg-type,misc]


def rung(browser: Browser) -> list[tuple[str, str]]:
    """The reminders under somebody's bell, the newest first."""
    bells = browser.get("/notifications").json["items"]
    return [(bell["title"], bell["body"]) for bell in bells if bell["kind"] == "task-due"]


def sweep(company: Company, moment: datetime) -> None:
    """The workers look at a moment."""
    with at(moment), company.app.app_context():
        reminding.sweep()


def dues(browser: Browser, path: str = "/tasks?done_at.empty=true") -> list[str]:
    """By when the tasks of a list are due."""
    items: list[dict[str, Any]] = browser.get(path).json["items"]
    return [item["due_at"] for item in items]
