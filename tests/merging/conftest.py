"""Making one of several, and parting them again, through the front door."""

from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.customers.conftest import house
from tests.support.client import Browser, Company

Json = dict[str, Any]
__all__ = ["house"]


@dataclass
class Desk:
    """Somebody who tidies up."""

    company: Company
    browser: Browser

    def make(self, path: str, **facts: Any) -> Json:
        answer = self.browser.post(path, facts)
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def get(self, path: str, **wanted: Any) -> Json:
        answer = self.browser.get(path, **wanted)
        assert answer.status_code == 200, answer.json
        return dict(answer.json)

    def ask(self, type_: str, master: Json, *others: Json, **wanted: Any) -> TestResponse:
        records = [{"id": one["id"], "version": one["version"]} for one in (master, *others)]
        sent = {"type": type_, "master_id": master["id"], "records": records, **wanted}
        return self.browser.post("/merges", sent)

    def merge(self, type_: str, master: Json, *others: Json, **wanted: Any) -> Json:
        answer = self.ask(type_, master, *others, **wanted)
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def undo(self, merge: Json) -> Json:
        answer = self.browser.post(f"/merges/{merge['id']}/undo")
        assert answer.status_code == 200, answer.json
        return dict(answer.json)

    def groups(self, type_: str, by: str) -> list[set[str]]:
        page = self.get(f"/duplicates?type={type_}&by={by}")
        return [{one["name"] for one in group["records"]} for group in page[f"{type_}s"]]

    def hints(self, type_: str, **traits: Any) -> list[tuple[str, str | None, str]]:
        answer = self.browser.post("/duplicate-hints", {"type": type_, **traits})
        assert answer.status_code == 200, answer.json
        return [
            (item["by"], item["record"] and item["record"]["name"], item["owner"]["name"])
            for item in answer.json["items"]
        ]


@pytest.fixture
def desk(company: Company) -> Desk:
    return Desk(company, company.admin)
