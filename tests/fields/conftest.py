"""Fields that a company defines, and records that have them."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.jobs import slices
from tenants.context import tenant_scope
from tests.support.client import Browser, Company

Json = dict[str, Any]


class Workshop:
    """An administrator who shapes records, and what becomes of them."""

    def __init__(self, company: Company) -> None:
        self.company, self.admin = company, company.admin

    def define(self, label: str, kind: str, *, entity: str = "customer", **more: Any) -> Json:
        answer = self.admin.post("/fields", {"entity": entity, "label": label, "kind": kind, **more})
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def choice(self, label: str, *options: str, kind: str = "choice", **more: Any) -> Json:
        made = [{"value": f"o{i}", "label": option} for i, option in enumerate(options)]
        return self.define(label, kind, settings={"options": made}, **more)

    def change(self, field: Json, **changes: Any) -> TestResponse:
        version = self.field(field)["version"]
        return self.admin.patch(f"/fields/{field['id']}", changes, version=version)

    def retire(self, field: Json) -> TestResponse:
        match = {"If-Match": f'"{self.field(field)["version"]}"'}
        return self.admin.put(f"/fields/{field['id']}/retirement", headers=match)

    def bring_back(self, field: Json) -> TestResponse:
        return self.admin.delete(f"/fields/{field['id']}/retirement", version=self.field(field)["version"])

    def field(self, field: Json) -> Json:
        items = self.admin.get(f"/record-kinds/{field['entity']}/fields").json["items"]
        return next(item for item in items if item["id"] == field["id"])

    def fields(self, entity: str = "customer") -> list[Json]:
        return list(self.admin.get(f"/record-kinds/{entity}/fields").json["items"])

    def describe(self, entity: str = "customer") -> Json:
        answer = self.admin.get(f"/record-kinds/{entity}")
        assert answer.status_code == 200, answer.json
        return dict(answer.json)

    def customer(self, name: str = "澄江机械有限公司", *, by: Browser | None = None, **custom: Any) -> Json:
        answer = (by or self.admin).post("/customers", {"name": name, "custom": custom})
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    def fill(self, made: Json, **custom: Any) -> TestResponse:
        version = self.shown(made)["version"]
        return self.admin.patch(f"/customers/{made['id']}", {"custom": custom}, version=version)

    def shown(self, made: Json) -> Json:
        answer = self.admin.get(f"/customers/{made['id']}")
        assert answer.status_code == 200, answer.json
        return dict(answer.json)

    def custom(self, made: Json) -> Json:
        return dict(self.shown(made)["custom"])

    def names(self, query: str, *, by: Browser | None = None) -> list[str]:
        answer = (by or self.admin).get(f"/customers?{query}&sort=name")
        assert answer.status_code == 200, answer.json
        return [item["name"] for item in answer.json["items"]]

    def work(self) -> None:
        """Let the workers do all there is to do."""
        with self.company.app.app_context(), tenant_scope(self.company.tenant_id):
            slices.work_a_while()


@pytest.fixture
def workshop(company: Company) -> Workshop:
    """An administrator at work."""
    return Workshop(company)


def refused(answer: TestResponse) -> list[tuple[str, str]]:
    """The fields that are refused, with why."""
    assert answer.status_code == 422, answer.json
    return [(error["field"], error["code"]) for error in answer.json["errors"]]
