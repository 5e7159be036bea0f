"""What people change about themselves."""

import pytest

from app.core.db import db
from app.core.uow import unit_of_work
from tenants.models import Tenant
from tests.access.conftest import Mails, Trail
from tests.access.invited import accept
from tests.support.client import Browser, Company
from tests.support.people import hire, invite, token_in
from tests.support.statements import sent


def test_takes_another_name_by_which_one_is_found(company: Company, trail: Trail) -> None:
    answer = company.admin.patch("/profile", {"name": "秦岭"})
    assert (answer.status_code, answer.json["name"]) == (200, "秦岭")
    assert company.admin.get("/session").json["user"] == answer.json
    found = company.admin.get("/users", query_string={"q": "qinling"}).json["items"]
    assert [user["name"] for user in found] == ["秦岭"]
    record = trail(company)[0]
    assert (record["actor"]["name"], record["subject_label"]) == ("秦明远", "秦岭")
    assert record["changes"] == [{"field": "name", "before": "秦明远", "after": "秦岭"}]


def test_reads_in_another_language_from_the_next_request_on(company: Company) -> None:
    assert company.admin.patch("/profile", {"locale": "en"}).json["locale"] == "en"
    assert company.admin.get("/users/nonsense").status_code == 404
    refused = company.admin.post("/roles", {"name": "x"})
    assert refused.json["errors"][0]["message"] == "Required"
    company.admin.patch("/profile", {"locale": "zh-CN"})
    assert company.admin.post("/roles", {"name": "x"}).json["errors"][0]["message"] == "必填"


def test_another_language_takes_the_companies_of_a_person_in_their_order(
    company: Company, other_company: Company, mails: Mails
) -> None:
    assert invite(company, "sales", login=other_company.login).status_code == 201
    assert accept(company, token_in(mails(company)[0].link or "")).status_code == 201
    before = [access_version(one) for one in (company, other_company)]
    with sent() as statements:
        assert other_company.admin.patch("/profile", {"locale": "en"}).status_code == 200
    assert [access_version(one) for one in (company, other_company)] == [version + 1 for version in before]
    (raised,) = (i for i, statement in enumerate(statements) if statement.startswith("UPDATE tenants"))
    taken = " ".join(statements[raised - 1].split())
    assert taken.startswith("SELECT tenants.id")
    assert taken.endswith("ORDER BY tenants.id FOR NO KEY UPDATE")


def access_version(company: Company) -> int:
    with company.app.app_context(), unit_of_work():
        return db.session.get_one(Tenant, company.tenant_id).access_version


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"name": " "}, "name", "required"),
        ({"name": "x" * 51}, "name", "too-long"),
        ({"name": "a\x00b"}, "name", "bad-character"),
        ({"locale": "fr"}, "locale", "not-a-choice"),
        ({"login": "new@example.com"}, "login", "unknown-field"),
        ({"roles": []}, "roles", "unknown-field"),
    ],
)
def test_refuses_what_one_cannot_be(company: Company, facts: dict[str, str], field: str, code: str) -> None:
    before = company.admin.get("/session").json["user"]
    answer = company.admin.patch("/profile", facts)
    assert answer.status_code == 422
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(field, code)]
    assert company.admin.get("/session").json["user"] == before


def test_everyone_may(company: Company) -> None:
    viewer = hire(company, "viewer").browser
    assert viewer.patch("/profile", {"name": "夏天"}).status_code == 200
    assert Browser(company.app).patch("/profile", {"name": "x"}).status_code == 401


def test_nothing_new_leaves_no_trace(company: Company, trail: Trail) -> None:
    before = trail(company)
    assert company.admin.patch("/profile", {"name": "秦明远", "locale": "zh-CN"}).status_code == 200
    assert company.admin.patch("/profile", {}).status_code == 200
    assert trail(company) == before
