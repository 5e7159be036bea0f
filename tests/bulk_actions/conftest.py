"""Asking for the same to be done with many records, and letting the workers do it."""

from typing import Any

import pytest
from flask import Flask

from app.jobs import slices
from tenants.context import tenant_scope
from tests.customers.conftest import house
from tests.support.client import Browser, Company

Json = dict[str, Any]
__all__ = ["house"]


class Bench:
    """Where somebody has something done with many records."""

    def __init__(self, company: Company, browser: Browser) -> None:
        self.company, self.browser = company, browser

    def ask(self, action: str, *, type: str = "customer", **wanted: Any) -> Json:  # noqa: A002
        answer = self.browser.post("/bulk-actions", {"type": type, "action": action, **wanted})
        assert answer.status_code == 202, answer.json
        return dict(answer.json)

    def work(self) -> None:
        """Let the workers do a turn's work."""
        with self.company.app.app_context(), tenant_scope(self.company.tenant_id):
            slices.work_a_while()

    def job(self, job: Json) -> Json:
        return dict(self.browser.get(f"/jobs/{job['id']}").json)

    def do(self, action: str, **wanted: Any) -> Json:
        """Ask, and let the workers work until it has ended."""
        job = self.ask(action, **wanted)
        self.work()
        return self.job(job)

    def undo(self, job: Json) -> Json:
        answer = self.browser.post(f"/jobs/{job['id']}/undo")
        assert answer.status_code == 202, answer.json
        self.work()
        return self.job(answer.json)

    def rows(self, job: Json) -> list[tuple[str, str, list[str]]]:
        """What became of each record: its name, the outcome, and what is said of it."""
        items = self.browser.get(f"/jobs/{job['id']}/rows?limit=200").json["items"]
        return [(item["label"], item["outcome"], item["messages"]) for item in items]

    def figures(self, job: Json) -> tuple[str, int, int, int]:
        return job["state"], job["succeeded"], job["failed"], job["skipped"]


@pytest.fixture
def bench(app: Flask, company: Company) -> Bench:
    return Bench(company, company.admin)
