"""Signing in, switching company and signing out."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.access import entrance, sessions
from tests.access.conftest import Aside, Trail
from tests.support.client import PASSWORD, Browser, Company, unique_login
from tests.support.people import change, hire, sign_in


def test_signs_a_company_up_and_its_first_user_in(browser: Browser) -> None:
    login = unique_login()
    answer = browser.post(
        "/signups", {"company": "云岫智能", "name": "林知夏", "login": login, "password": PASSWORD}
    )
    assert answer.status_code == 201
    assert answer.json["expires_in"] == 600
    assert answer.json["tenant"]["name"] == "云岫智能"
    assert answer.json["tenant"]["state"] == "trial"
    standing = browser.get("/session").json
    assert standing["user"]["login"] == login
    assert [role["code"] for role in standing["user"]["roles"]] == ["administrator"]
    assert standing["permissions"]["customer:read"] == "all"


def test_signs_in_and_out_again(company: Company, browser: Browser) -> None:
    answer = browser.post("/session", {"login": company.login.upper(), "password": PASSWORD})
    assert answer.status_code == 200
    assert browser.get("/session").json["tenant"]["slug"] == company.slug
    assert browser.delete("/session").status_code == 204
    assert browser.get("/session").status_code == 401


def test_refuses_a_wrong_password_without_saying_what_is_wrong(
    company: Company, browser: Browser, trail: Trail
) -> None:
    wrong = browser.post("/session", {"login": company.login, "password": "not this one"})
    unknown = browser.post("/session", {"login": unique_login(), "password": "not this one"})
    malformed = browser.post("/session", {"login": "1380", "password": "not this one"})
    answers = [wrong, unknown, malformed]
    assert {(a.status_code, a.json["code"], a.json["detail"]) for a in answers} == {
        (401, "wrong-credentials", wrong.json["detail"])
    }
    assert browser.get("/session").status_code == 401
    failed = trail(company, action="sign-in-failed")
    assert [(record["actor"], record["subject_id"]) for record in failed] == [(None, company.user_id)]


@pytest.mark.parametrize(
    "spelling",
    [
        "{}",
        "+86{}",
        "+86 {}",
        "0086{}",
        "86{}",
        "+86-{}",
        " {} ",
        "(+86) {}",
    ],
)
def test_a_mobile_number_is_known_in_every_spelling(company: Company, spelling: str) -> None:
    login = hire(company, "viewer").login
    spaced = f"{login[:3]} {login[3:7]}-{login[7:]}"
    wide = login.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"})
    for written in (login, spaced, wide):
        standing = sign_in(company, spelling.format(written)).get("/session").json
        assert standing["user"]["login"] == login


def test_opens_the_company_last_used(app: Flask, company: Company, other_company: Company) -> None:
    mine = company.admin.post(
        "/signups",
        {"company": "第二家", "name": "秦明远", "login": company.login, "password": PASSWORD},
    ).json["tenant"]["slug"]
    browser = sign_in(company, company.login)
    assert browser.get("/session").json["tenant"]["slug"] == mine
    assert browser.post("/session/tenant", {"tenant": company.slug}).status_code == 200
    assert sign_in(company, company.login).get("/session").json["tenant"]["slug"] == company.slug
    stranger = browser.post("/session/tenant", {"tenant": other_company.slug})
    assert (stranger.status_code, stranger.json["errors"][0]["code"]) == (422, "unknown-tenant")
    assert browser.get("/session").json["tenant"]["slug"] == company.slug


def test_switching_ends_the_session_that_is_left(company: Company) -> None:
    answer = company.admin.post(
        "/signups",
        {"company": "第二家", "name": "秦明远", "login": company.login, "password": PASSWORD},
    )
    bearer = Browser(company.app).post(
        "/session", {"login": company.login, "password": PASSWORD, "transport": "bearer"}
    )
    old = {"Authorization": f"Bearer {bearer.json['access_token']}"}
    browser = Browser(company.app)
    switched = browser.post("/session/tenant", {"tenant": company.slug}, headers=old)
    assert switched.status_code == 200
    assert browser.get("/session", headers=old).json["code"] == "session-ended"
    reused = browser.post("/session/refresh", {"refresh_token": bearer.json["refresh_token"]})
    assert reused.status_code == 401
    assert answer.status_code == 201


def test_who_is_disabled_here_still_enters_there(company: Company, other_company: Company) -> None:
    colleague = hire(company, "viewer")
    answer = other_company.admin.post(
        "/invitations",
        {"login": colleague.login, "role_ids": [_role(other_company, "viewer")]},
    )
    token = answer.json["link"].partition("#token=")[2]
    elsewhere = Browser(company.app)
    joined = elsewhere.post("/invitation-acceptances", {"token": token, "password": PASSWORD})
    assert joined.status_code == 201
    here = sign_in(company, colleague.login)
    assert here.post("/session/tenant", {"tenant": company.slug}).status_code == 200
    assert change(company.admin, f"/users/{colleague.id}", state="disabled").status_code == 200
    assert here.get("/session").json["code"] == "session-ended"
    again = sign_in(company, colleague.login)
    standing = again.get("/session").json
    assert standing["tenant"]["slug"] == other_company.slug
    assert [tenant["slug"] for tenant in standing["tenants"]] == [other_company.slug]
    refused = again.post("/session/tenant", {"tenant": company.slug})
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (422, "unknown-tenant")
    assert elsewhere.get("/session").status_code == 200


def test_who_is_disabled_everywhere_cannot_sign_in(company: Company, browser: Browser) -> None:
    colleague = hire(company, "viewer")
    change(company.admin, f"/users/{colleague.id}", state="disabled")
    answer = browser.post("/session", {"login": colleague.login, "password": PASSWORD})
    assert (answer.status_code, answer.json["code"]) == (401, "no-tenant")
    assert browser.get("/session").status_code == 401
    change(company.admin, f"/users/{colleague.id}", state="active")
    assert browser.post("/session", {"login": colleague.login, "password": PASSWORD}).status_code == 200


def _role(company: Company, code: str) -> str:
    items = company.admin.get("/roles").json["items"]
    return next(role["id"] for role in items if role["code"] == code)


def _meanwhile(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, work: Callable[[], Any]) -> None:
    """Have something else happen, once, right before a function does its work."""
    original, done = getattr(module, name), []

    def interrupted(*args: Any, **kwargs: Any) -> Any:
        if not done:
            done.append(True)
            work()
        return original(*args, **kwargs)

    monkeypatch.setattr(module, name, interrupted)


def test_a_session_cannot_slip_in_while_its_user_is_disabled(
    company: Company, browser: Browser, aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague = hire(company, "viewer")
    _meanwhile(
        monkeypatch,
        sessions,
        "user_seen",
        lambda: aside(lambda: change(company.admin, f"/users/{colleague.id}", state="disabled")),
    )
    answer = browser.post("/session", {"login": colleague.login, "password": PASSWORD})
    assert company.admin.get(f"/users/{colleague.id}").json["state"] == "disabled"
    assert (answer.status_code, answer.json["code"]) == (401, "session-ended")
    assert browser.get("/session").status_code == 401


def test_a_session_cannot_slip_in_while_its_password_is_replaced(
    company: Company, browser: Browser, aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = {"current": PASSWORD, "password": "a quite new password"}
    _meanwhile(
        monkeypatch,
        entrance,
        "_tenant_to_open",
        lambda: aside(lambda: company.admin.post("/profile/password", new)),
    )
    answer = browser.post("/session", {"login": company.login, "password": PASSWORD})
    assert (answer.status_code, answer.json["code"]) == (401, "wrong-credentials")
    assert browser.get("/session").status_code == 401
    assert company.admin.get("/session").status_code == 200
