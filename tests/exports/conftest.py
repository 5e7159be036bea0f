"""Taking lists out as files."""

import csv
import io
from typing import Any

import pytest
from flask import Flask

from app.jobs import slices
from tenants.context import tenant_scope
from tests.support.client import Browser, Company

Json = dict[str, Any]


class Counter:
    """Where somebody asks for lists and fetches the files."""

    def __init__(self, company: Company, browser: Browser) -> None:
        self.company, self.browser = company, browser

    def ask(self, **wanted: Any) -> Json:
        answer = self.browser.post("/exports", {"type": "customer", "format": "csv", **wanted})
        assert answer.status_code == 202, answer.json
        return dict(answer.json)

    def work(self) -> None:
        """Let the workers do a turn's work."""
        with self.company.app.app_context(), tenant_scope(self.company.tenant_id):
            slices.work_a_while()

    def job(self, job: Json) -> Json:
        return dict(self.browser.get(f"/jobs/{job['id']}").json)

    def fetch(self, job: Json) -> bytes:
        answer = self.browser.get(f"/jobs/{job['id']}/file")
        assert answer.status_code == 200, answer.json
        return answer.data

    def take(self, **wanted: Any) -> bytes:
        """Ask, let the workers work, and fetch."""
        job = self.ask(**wanted)
        self.work()
        return self.fetch(job)

    def rows(self, **wanted: Any) -> list[list[str]]:
        """The rows of a CSV file, the heading among them."""
        return list(csv.reader(io.StringIO(self.take(**wanted).decode("utf-8-sig"))))

    def customer(self, name: str, **facts: Any) -> Json:
        answer = self.browser.post("/customers", {"name": name, **facts})
        assert answer.status_code == 201, answer.json
        return dict(answer.json)


@pytest.fixture
def counter(app: Flask, company: Company) -> Counter:
    return Counter(company, company.admin)
