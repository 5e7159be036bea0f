"""Assets and service records for tests, made through the front door."""

from datetime import timedelta
from typing import Any

from werkzeug.test import TestResponse

from app.core import clock
from tests.quotes.office import customer
from tests.support.client import Browser

Json = dict[str, Any]
__all__ = ["asset", "customer", "day", "now", "serve", "try_asset", "try_serve"]


def day(days: int) -> str:
    """A day so many days from today, as it is at the company."""
    return str((clock.now() + timedelta(hours=8)).date() + timedelta(days=days))


def try_asset(browser: Browser, at: Json, **facts: Any) -> TestResponse:
    """The answer to an asset."""
    return browser.post("/assets", {"customer_id": at["id"], "name": "空压机", **facts})


def asset(browser: Browser, at: Json, **facts: Any) -> Json:
    """An asset."""
    answer = try_asset(browser, at, **facts)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)


def now(browser: Browser, made: Json, of: str = "assets") -> Json:
    """A record as it is."""
    return dict(browser.get(f"/{of}/{made['id']}").json)


def try_serve(browser: Browser, at: Json, **facts: Any) -> TestResponse:
    """The answer to a service record."""
    told = {"customer_id": at["id"], "kind": "maintenance", "content": "更换油滤", "done_on": day(0), **facts}
    return browser.post("/service-records", told)


def serve(browser: Browser, at: Json, **facts: Any) -> Json:
    """A service record."""
    answer = try_serve(browser, at, **facts)
    assert answer.status_code == 201, answer.json
    return dict(answer.json)
