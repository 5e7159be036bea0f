"""A session ends within one request: here, elsewhere, and with all that came from it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from tests.access.conftest import Trail
from tests.support.client import PASSWORD, Browser, Company
from tests.support.people import change, department, hire, role_id, sign_in

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36"


def bearer(app: Flask, login: str) -> dict[str, Any]:
    """What a phone gets when it signs in."""
    answer = Browser(app).post("/session", {"login": login, "password": PASSWORD, "transport": "bearer"})
    assert answer.status_code == 200, answer.json
    tokens: dict[str, Any] = answer.json
    return tokens


def ask(app: Flask, tokens: dict[str, Any]) -> tuple[int, str | None]:
    """Whether an access token still opens anything."""
    answer = Browser(app).get("/session", headers={"Authorization": f"Bearer {tokens['access_token']}"})
    return answer.status_code, answer.json.get("code")


def renew(app: Flask, tokens: dict[str, Any]) -> Any:
    return Browser(app).post("/session/refresh", {"refresh_token": tokens["refresh_token"]})


def test_signing_out_ends_the_session_with_all_its_tokens(app: Flask, company: Company) -> None:
    tokens = bearer(app, company.login)
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert Browser(app).delete("/session", headers=headers).status_code == 204
    assert ask(app, tokens) == (401, "session-ended")
    assert renew(app, tokens).json["code"] == "session-ended"
    assert company.admin.get("/session").status_code == 200


def test_disabling_a_user_ends_their_sessions_at_once(app: Flask, company: Company) -> None:
    colleague = hire(company, "sales")
    phone = bearer(app, colleague.login)
    assert change(company.admin, f"/users/{colleague.id}", state="disabled").status_code == 200
    assert colleague.browser.get("/session").json["code"] == "session-ended"
    assert ask(app, phone) == (401, "session-ended")
    assert renew(app, phone).json["code"] == "session-ended"
    change(company.admin, f"/users/{colleague.id}", state="active")
    assert ask(app, phone) == (401, "session-ended")


def test_a_changed_role_holds_at_the_next_request(company: Company) -> None:
    role = company.admin.post("/roles", {"name": "审计", "permissions": {"audit:read": "all"}}).json
    colleague = hire(company, "审计")
    assert colleague.browser.get("/audit-records").status_code == 200
    changed = change(company.admin, f"/roles/{role['id']}", permissions={"user:read": "all"})
    assert changed.status_code == 200
    assert colleague.browser.get("/audit-records").status_code == 403
    assert colleague.browser.get("/users").status_code == 200
    assert colleague.browser.get("/session").json["permissions"] == {"user:read": "all"}


def test_other_roles_hold_at_the_next_request(company: Company) -> None:
    colleague = hire(company, "viewer")
    assert colleague.browser.get("/users").status_code == 403
    roles = [role_id(company, "manager")]
    assert change(company.admin, f"/users/{colleague.id}", role_ids=roles).status_code == 200
    assert colleague.browser.get("/users").status_code == 200


def test_another_department_holds_at_the_next_request(company: Company) -> None:
    colleague = hire(company, "manager")
    place = department(company, "华东")
    change(company.admin, f"/users/{colleague.id}", department_id=place)
    standing = colleague.browser.get("/session").json
    assert standing["user"]["department"] == {"id": place, "name": "华东"}


def test_a_new_password_ends_all_sessions_but_this(app: Flask, company: Company) -> None:
    phone, other = bearer(app, company.login), sign_in(company, company.login)
    answer = company.admin.post(
        "/profile/password", {"current": PASSWORD, "password": "a quite new password"}
    )
    assert answer.status_code == 204
    assert company.admin.get("/session").status_code == 200
    assert other.get("/session").json["code"] == "session-ended"
    assert ask(app, phone) == (401, "session-ended")
    assert renew(app, phone).status_code == 401


def test_a_new_password_ends_the_sessions_in_every_company(company: Company, other_company: Company) -> None:
    colleague = hire(company, "viewer")
    invited = other_company.admin.post(
        "/invitations", {"login": colleague.login, "role_ids": [role_id(other_company, "viewer")]}
    )
    token = invited.json["link"].partition("#token=")[2]
    elsewhere = Browser(company.app)
    elsewhere.post("/invitation-acceptances", {"token": token, "password": PASSWORD})
    assert elsewhere.get("/session").json["tenant"]["slug"] == other_company.slug
    colleague.browser.post("/profile/password", {"current": PASSWORD, "password": "a quite new password"})
    assert elsewhere.get("/session").json["code"] == "session-ended"
    assert colleague.browser.get("/session").status_code == 200
    latest = other_company.admin.get("/audit-records").json["items"][0]
    assert (latest["action"], latest["actor"]["name"]) == ("password-changed", "林知夏")


def test_an_administrator_signs_a_colleague_out(app: Flask, company: Company, trail: Trail) -> None:
    colleague = hire(company, "viewer")
    phone = bearer(app, colleague.login)
    assert company.admin.delete(f"/users/{colleague.id}/sessions").status_code == 204
    assert ask(app, phone) == (401, "session-ended")
    assert colleague.browser.get("/session").json["code"] == "session-ended"
    assert sign_in(company, colleague.login).get("/session").status_code == 200
    (record,) = trail(company, action="sessions-ended")
    assert record["subject_id"] == colleague.id
    assert record["changes"] == [{"field": "sessions", "before": 2, "after": 0}]


def test_a_refresh_token_works_once_and_its_copy_ends_the_family(app: Flask, company: Company) -> None:
    first = bearer(app, company.login)
    second = renew(app, first).json
    third = renew(app, second).json
    assert ask(app, third)[0] == 200
    copied = renew(app, first)
    assert (copied.status_code, copied.json["code"]) == (401, "refresh-reused")
    for tokens in (first, second, third):
        assert ask(app, tokens) == (401, "session-ended")
    assert renew(app, third).json["code"] == "session-ended"
    assert company.admin.get("/session").status_code == 200


def test_of_two_who_refresh_at_once_neither_stays(app: Flask, company: Company) -> None:
    tokens, barrier = bearer(app, company.login), Barrier(2)

    def race(_number: int) -> int:
        barrier.wait(timeout=30)
        return renew(app, tokens).status_code

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert sorted(pool.map(race, range(2))) == [200, 401]
    assert ask(app, tokens) == (401, "session-ended")


@pytest.mark.parametrize("token", ["", "x", "no.such", ".", "a.b.c", "\u516c\u53f8.\u4ee4\u724c"])
def test_refuses_what_is_no_refresh_token(app: Flask, token: str) -> None:
    answer = Browser(app).post("/session/refresh", {"refresh_token": token} if token else {})
    assert answer.status_code == 401


def test_a_refresh_token_of_one_company_opens_no_other(
    app: Flask, company: Company, other_company: Company
) -> None:
    tokens = bearer(app, company.login)
    secret = tokens["refresh_token"].partition(".")[2]
    forged = {"refresh_token": f"{other_company.slug}.{secret}"}
    assert Browser(app).post("/session/refresh", forged).json["code"] == "session-ended"
    assert renew(app, tokens).status_code == 200


def test_lists_ones_devices_and_ends_one_of_them(company: Company) -> None:
    other = Browser(company.app)
    headers = {"User-Agent": CHROME}
    other.post("/session", {"login": company.login, "password": PASSWORD}, headers=headers)
    items = company.admin.get("/sessions").json["items"]
    assert [(item["current"], item["device"]) for item in items] == [
        (False, "Chrome · Windows"),
        (True, "Werkzeug"),
    ]
    assert items[0]["ip"] == "127.0.0.1"
    assert company.admin.delete(f"/sessions/{items[0]['id']}").status_code == 204
    assert other.get("/session").json["code"] == "session-ended"
    assert [item["current"] for item in company.admin.get("/sessions").json["items"]] == [True]
    assert company.admin.delete(f"/sessions/{items[0]['id']}").status_code == 404


def test_ends_all_devices_but_this(company: Company) -> None:
    others = [sign_in(company, company.login) for _ in range(2)]
    assert company.admin.delete("/sessions").status_code == 204
    assert [other.get("/session").status_code for other in others] == [401, 401]
    assert company.admin.get("/session").status_code == 200


def test_nobody_ends_the_sessions_of_others(company: Company, other_company: Company) -> None:
    colleague = hire(company, "viewer")
    theirs = colleague.browser.get("/sessions").json["items"][0]["id"]
    for browser in (company.admin, other_company.admin):
        assert browser.delete(f"/sessions/{theirs}").status_code == 404
    assert colleague.browser.delete(f"/users/{company.user_id}/sessions").status_code == 403
    assert colleague.browser.get("/session").status_code == 200
    assert company.admin.get("/session").status_code == 200


def test_signing_in_never_continues_a_session_that_was_there(company: Company) -> None:
    before = {item["id"] for item in company.admin.get("/sessions").json["items"]}
    kept = company.admin.client.get_cookie("gx_access").value  # type: ignore[union-attr]
    company.admin.post("/session", {"login": company.login, "password": PASSWORD})
    after = {item["id"] for item in company.admin.get("/sessions").json["items"]}
    assert company.admin.client.get_cookie("gx_access").value != kept  # type: ignore[union-attr]
    assert len(after - before) == 1


def test_an_unsafe_request_needs_the_header_that_only_our_pages_send(company: Company) -> None:
    client = company.admin.client
    refused = client.delete("/api/v1/sessions")
    assert (refused.status_code, refused.json["code"]) == (403, "csrf")
    forged = client.delete("/api/v1/sessions", headers={"X-CSRF-Token": "guessed"})
    assert (forged.status_code, forged.json["code"]) == (403, "csrf")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_nobody_is_signed_in_from_another_site(
    company: Company, browser: Browser, headers: dict[str, str]
) -> None:
    sent = {"login": company.login, "password": PASSWORD}
    answer = browser.post("/session", sent, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (403, "cross-site")
    assert browser.get("/session").status_code == 401
