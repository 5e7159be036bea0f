"""What people change about themselves."""

import pytest

from tests.access.conftest import Trail
from tests.support.client import Browser, Company
from tests.support.people import hire


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


@pytest.mark.parametrize(
    ("sent", "field", "code"),
    [
        ({"name": " "}, "name", "required"),
        ({"name": "x" * 51}, "name", "too-long"),
        ({"name": "a\x00b"}, "name", "bad-character"),
        ({"locale": "fr"}, "locale", "not-a-choice"),
        ({"login": "new@example.com"}, "login", "unknown-field"),
        ({"roles": []}, "roles", "unknown-field"),
    ],
)
def test_refuses_what_one_cannot_be(company: Company, sent: dict[str, str], field: str, code: str) -> None:
    before = company.admin.get("/session").json["user"]
    answer = company.admin.patch("/profile", sent)
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
