"""The company's own settings, and what its state lets its people do."""

from typing import Any

import pytest
from flask import Flask

from app.access.services.tenant import SUBJECT_ID
from app.core.errors import NotFound
from app.core.uow import unit_of_work
from tenants import services
from tenants.context import outside_scope
from tenants.models import TenantState
from tests.access.conftest import Trail
from tests.support.client import PASSWORD, Browser, Company
from tests.support.people import change, hire, invite, role_id, sign_in, token_in

READ_ONLY = (403, "tenant-read-only")


def set_state(company: Company, state: TenantState) -> TenantState:
    """What the operator does."""
    with company.app.app_context(), outside_scope(), unit_of_work():
        return services.set_state(company.slug, state)


def outcome(answer: Any) -> tuple[int, str | None]:
    return answer.status_code, answer.json["code"] if answer.status_code >= 400 else None


def test_changes_name_language_and_time_zone(company: Company, trail: Trail) -> None:
    answer = change(company.admin, "/tenant", name="云岫智能", timezone="Asia/Tokyo", locale="en")
    assert answer.status_code == 200
    seen = answer.json
    assert (seen["name"], seen["timezone"], seen["locale"], seen["version"]) == (
        "云岫智能",
        "Asia/Tokyo",
        "en",
        2,
    )
    assert (seen["slug"], seen["state"]) == (company.slug, "trial")
    assert answer.headers["ETag"] == '"2"'
    assert company.admin.get("/session").json["tenant"]["name"] == "云岫智能"
    (record,) = trail(company, subject_type="tenant")
    assert record["subject_id"] == str(SUBJECT_ID)
    assert record["changes"] == [
        {"field": "name", "before": "澄川科技", "after": "云岫智能"},
        {"field": "locale", "before": "zh-CN", "after": "en"},
        {"field": "timezone", "before": "Asia/Shanghai", "after": "Asia/Tokyo"},
    ]


@pytest.mark.parametrize(
    ("sent", "field", "code"),
    [
        ({"name": ""}, "name", "required"),
        ({"name": "x" * 101}, "name", "too-long"),
        ({"timezone": "Mars/Olympus"}, "timezone", "invalid-timezone"),
        ({"locale": "fr"}, "locale", "not-a-choice"),
        ({"state": "active"}, "state", "unknown-field"),
        ({"slug": "mine"}, "slug", "unknown-field"),
    ],
)
def test_refuses_what_cannot_be_set(company: Company, sent: dict[str, str], field: str, code: str) -> None:
    before = company.admin.get("/tenant").json
    answer = change(company.admin, "/tenant", **sent)
    assert answer.status_code == 422
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(field, code)]
    assert company.admin.get("/tenant").json == before


def test_settings_say_which_version_they_are_based_on(company: Company) -> None:
    assert company.admin.patch("/tenant", {"name": "x"}).status_code == 428
    change(company.admin, "/tenant", name="云岫智能")
    stale = company.admin.patch("/tenant", {"name": "山海智能"}, version=1)
    assert stale.status_code == 412
    assert stale.json["conflicts"] == [{"field": "name", "yours": "山海智能", "theirs": "云岫智能"}]
    hire(company, "viewer")
    assert company.admin.get("/tenant").json["version"] == 2


def test_everyone_reads_them_and_few_change_them(company: Company) -> None:
    viewer = hire(company, "viewer").browser
    assert viewer.get("/tenant").json == company.admin.get("/tenant").json
    assert viewer.patch("/tenant", {"name": "x"}, version=1).status_code == 403
    assert company.admin.get("/tenant").json["name"] == company.name


def test_a_read_only_company_can_be_read_and_nothing_changed(company: Company, trail: Trail) -> None:
    colleague = hire(company, "viewer")
    token = token_in(invite(company, "viewer").json["link"])
    role, me = role_id(company, "viewer"), company.user_id
    waiting = company.admin.get("/invitations").json["items"][0]["id"]
    assert set_state(company, TenantState.READ_ONLY) is TenantState.TRIAL
    admin = company.admin
    assert admin.get("/session").json["tenant"]["state"] == "read-only"
    before = trail(company)
    assert before[0]["changes"] == [{"field": "state", "before": "trial", "after": "read-only"}]
    assert before[0]["actor"] is None
    root = admin.get("/departments").json["items"][0]["id"]
    refusals = [
        change(admin, "/tenant", name="x"),
        admin.patch("/profile", {"name": "x"}),
        admin.post("/departments", {"name": "x"}),
        change(admin, f"/departments/{root}", name="x"),
        admin.delete(f"/departments/{root}", version=1),
        admin.post("/roles", {"name": "x", "permissions": {}}),
        change(admin, f"/roles/{role}", name="x"),
        admin.delete(f"/roles/{role}", version=1),
        change(admin, f"/users/{colleague.id}", state="disabled"),
        admin.post(f"/users/{me}/password-reset"),
        admin.delete(f"/users/{colleague.id}/sessions"),
        admin.post("/invitations", {"login": "new@example.com", "role_ids": [role]}),
        admin.post(f"/invitations/{waiting}/resend"),
        admin.delete(f"/invitations/{waiting}"),
        Browser(company.app).post("/invitation-acceptances", {"token": token, "password": PASSWORD}),
    ]
    assert [outcome(answer) for answer in refusals] == [READ_ONLY] * len(refusals)
    reads = ("tenant", "departments", "roles", "users", "invitations", "audit-records", "permissions")
    assert [admin.get(f"/{path}").status_code for path in reads] == [200] * len(reads)
    assert trail(company) == before
    assert set(admin.get("/session").json["permissions"]) == {
        p for p in admin.get("/session").json["permissions"] if p.endswith((":read", ":export", ":cost"))
    }


def test_in_a_read_only_company_people_still_come_and_go(company: Company) -> None:
    set_state(company, TenantState.READ_ONLY)
    browser = sign_in(company, company.login)
    new = {"current": PASSWORD, "password": "a quite new password"}
    assert browser.post("/profile/password", new).status_code == 204
    assert browser.delete("/sessions").status_code == 204
    assert browser.delete("/session").status_code == 204


def test_a_company_that_is_active_again_is_as_before(company: Company) -> None:
    set_state(company, TenantState.READ_ONLY)
    set_state(company, TenantState.ACTIVE)
    assert change(company.admin, "/tenant", name="云岫智能").status_code == 200


def test_a_closed_company_lets_nobody_in(app: Flask, company: Company, other_company: Company) -> None:
    colleague = hire(company, "viewer")
    token = token_in(invite(company, "viewer").json["link"])
    bearer = (
        Browser(app)
        .post("/session", {"login": company.login, "password": PASSWORD, "transport": "bearer"})
        .json
    )
    set_state(company, TenantState.CLOSED)
    assert outcome(company.admin.get("/session")) == (401, "session-ended")
    assert outcome(colleague.browser.get("/customers")) == (401, "session-ended")
    renewed = Browser(app).post("/session/refresh", {"refresh_token": bearer["refresh_token"]})
    assert outcome(renewed) == (401, "session-ended")
    again = Browser(app).post("/session", {"login": company.login, "password": PASSWORD})
    assert outcome(again) == (401, "no-tenant")
    look = Browser(app).post("/invitation-lookups", {"token": token})
    assert outcome(look) == (410, "invitation-dead")
    assert other_company.admin.get("/session").status_code == 200
    set_state(company, TenantState.ACTIVE)
    assert outcome(company.admin.get("/session")) == (401, "session-ended")
    assert sign_in(company, company.login).get("/session").status_code == 200


def test_there_is_no_state_without_a_company(app: Flask) -> None:
    with app.app_context(), outside_scope(), pytest.raises(NotFound), unit_of_work():
        services.set_state("nowhere", TenantState.CLOSED)
