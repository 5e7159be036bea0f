"""What a company demands: of passwords, of how long one stays signed in, of where one comes from."""

from typing import Any

import pytest
from flask import Flask

from tests.access.conftest import Trail
from tests.access.invited import accept
from tests.support.client import PASSWORD, Browser, Company, sign_up
from tests.support.people import hire, invite, sign_in, token_in
from tests.support.store import Store

HERE, ELSEWHERE = "127.0.0.1", "203.0.113.9"


def demand(company: Company, **sent: Any) -> Any:
    version = company.admin.get("/security-policy").json["version"]
    return company.admin.patch("/security-policy", sent, version=version)


def from_elsewhere(browser: Browser, address: str = ELSEWHERE) -> Browser:
    browser.client.environ_base["REMOTE_ADDR"] = address
    return browser


def test_a_company_begins_with_what_every_company_begins_with(company: Company) -> None:
    shown = company.admin.get("/security-policy").json
    assert shown == {
        "version": 1,
        "tokens_allowed": True,
        "password_length": 8,
        "password_kinds": 1,
        "session_hours": 720,
        "idle_minutes": None,
        "networks": [],
        "your_address": HERE,
    }


def test_each_change_is_told_and_what_is_the_same_is_none(company: Company, trail: Trail) -> None:
    assert demand(company, password_length=12, session_hours=24).json["version"] == 2
    assert demand(company, password_length=12).json["version"] == 2
    [line] = trail(company, subject_type="security-policy")
    assert sorted((c["field"], c["before"], c["after"]) for c in line["changes"]) == [
        ("password_length", 8, 12),
        ("session_hours", 720, 24),
    ]


def test_nobody_else_has_a_say(company: Company) -> None:
    manager = hire(company, "manager").browser
    assert manager.get("/security-policy").status_code == 403
    assert manager.patch("/security-policy", {"password_length": 9}, version=1).status_code == 403
    assert company.admin.get("/security-policy").json["password_length"] == 8


def test_a_new_password_must_please_every_company_of_a_person(app: Flask, company: Company) -> None:
    second = sign_up(app, login=company.login)
    assert demand(second, password_length=14, password_kinds=3).status_code == 200
    change = {"current": PASSWORD}
    for password, code in (
        ("Another9horse", "password-too-short"),
        ("another9horse99", "password-too-simple"),
        ("Password123456", "password-too-common"),
    ):
        refused = company.admin.post("/profile/password", {**change, "password": password})
        assert (refused.status_code, refused.json["errors"][0]["code"]) == (422, code)
    assert sign_in(company, company.login).get("/session").status_code == 200
    changed = company.admin.post("/profile/password", {**change, "password": "Another9horse99"})
    assert changed.status_code == 204


def test_whoever_is_invited_chooses_a_password_as_the_company_demands(company: Company) -> None:
    demand(company, password_length=20)
    token = token_in(invite(company, "sales").json["link"])
    refused = accept(company, token)
    assert refused.json["errors"][0] == {
        "field": "password", "code": "password-too-short", "message": "密码至少 20 位，现在是 15 位",
    }  # fmt: skip
    assert len(company.admin.get("/users").json["items"]) == 1
    assert accept(company, token, password="a horse, quite correct").status_code == 201


def test_sessions_end_when_the_company_says(company: Company, store: Store) -> None:
    member = hire(company, "sales")
    rows = "SELECT extract(epoch FROM expires_at - {0}) / 3600 AS hours FROM user_sessions WHERE user_id = %s"
    demand(company, session_hours=8)
    [kept] = store.rows(rows.format("created_at"), member.id)
    assert round(kept["hours"]) == 8
    demand(company, idle_minutes=20)
    [kept] = store.rows(rows.format("last_seen_at"), member.id)
    assert round(kept["hours"] * 60) == 30
    assert member.browser.post("/session/refresh", {}).status_code == 200
    store.rows(
        "UPDATE user_sessions SET created_at = created_at - interval '7 hours 55 minutes' WHERE user_id = %s",
        member.id,
    )
    assert member.browser.post("/session/refresh", {}).status_code == 200
    [kept] = store.rows(rows.format("last_seen_at"), member.id)
    assert round(kept["hours"] * 60) == 5
    fresh = sign_in(company, member.login)
    assert fresh.get("/customers").status_code == 200


def test_who_was_signed_in_too_long_is_out_at_the_next_request(company: Company, store: Store) -> None:
    member = hire(company, "sales")
    store.rows(
        "UPDATE user_sessions SET created_at = created_at - interval '3 hours' WHERE user_id = %s", member.id
    )
    assert member.browser.get("/customers").status_code == 200
    demand(company, session_hours=2)
    for path in ("/customers", "/tenant"):
        assert member.browser.get(path).json["code"] == "session-ended"
    assert member.browser.post("/session/refresh", {}).status_code == 401


@pytest.mark.parametrize("path", ["/customers", "/tenant", "/session"])
def test_from_elsewhere_nobody_comes_in(company: Company, store: Store, path: str) -> None:
    member = hire(company, "sales")
    assert demand(company, networks=["127.0.0.0/8", "2001:db8::/32"]).status_code == 200
    assert member.browser.get(path).status_code == 200
    from_elsewhere(member.browser)
    before = store.snapshot(company.tenant_id)
    for answer in (
        member.browser.get(path),
        member.browser.post("/customers", {"name": "不该有"}),
        member.browser.post("/session/refresh", {}),
    ):
        assert (answer.status_code, answer.json["code"]) == (403, "address-not-allowed")
    assert store.snapshot(company.tenant_id) == before
    from_elsewhere(member.browser, "2001:db8::17")
    assert member.browser.get(path).status_code == 200
    from_elsewhere(member.browser, "::ffff:127.0.0.5")
    assert member.browser.get(path).status_code == 200


def test_signing_in_from_elsewhere_is_refused(company: Company, store: Store) -> None:
    demand(company, networks=[HERE])
    before = store.rows("SELECT count(*) AS n FROM user_sessions WHERE tenant_id = %s", company.tenant_id)
    stranger = from_elsewhere(Browser(company.app))
    refused = stranger.post("/session", {"login": company.login, "password": PASSWORD})
    assert (refused.status_code, refused.json["code"]) == (403, "address-not-allowed")
    assert not stranger.client.get_cookie("gx_access")
    after = store.rows("SELECT count(*) AS n FROM user_sessions WHERE tenant_id = %s", company.tenant_id)
    assert after == before
    assert company.admin.get("/customers").status_code == 200


def test_a_token_from_elsewhere_opens_nothing(company: Company) -> None:
    secret = company.admin.post("/api-tokens", {"name": "脚本"}).json["secret"]
    demand(company, networks=[HERE])
    client = company.app.test_client(use_cookies=False)
    sent = {"headers": {"Authorization": f"Bearer {secret}"}}
    assert client.get("/api/v1/customers", **sent).status_code == 200
    refused = client.get("/api/v1/customers", **sent, environ_base={"REMOTE_ADDR": ELSEWHERE})
    assert (refused.status_code, refused.json["code"]) == (403, "address-not-allowed")


def test_nobody_locks_themselves_out(company: Company) -> None:
    refused = demand(company, networks=["203.0.113.0/24"])
    assert refused.json["errors"][0]["code"] == "locks-you-out"
    refused = demand(company, networks=["127.0.0.0/8", "somewhere", "10.0.0.0/40"])
    assert [(e["field"], e["code"]) for e in refused.json["errors"]] == [
        ("networks.1", "bad-network"),
        ("networks.2", "bad-network"),
    ]
    assert company.admin.get("/security-policy").json["networks"] == []
    assert demand(company, networks=["127.0.0.77/8"]).json["networks"] == ["127.0.0.0/8"]
    assert demand(company, networks=[]).status_code == 200


def test_a_company_that_keeps_somebody_out_leaves_them_their_other_one(app: Flask, company: Company) -> None:
    second = sign_up(app, name="云岫智能", login=company.login)
    demand(second, networks=[HERE])
    credentials = {"login": company.login, "password": PASSWORD}
    opened = from_elsewhere(Browser(app)).post("/session", credentials)
    assert (opened.status_code, opened.json["tenant"]["slug"]) == (200, company.slug)
    assert second.admin.post("/session", credentials).json["tenant"]["slug"] == company.slug
    visitor = from_elsewhere(Browser(app))
    visitor.post("/session", credentials)
    refused = visitor.post("/session/tenant", {"tenant": second.slug})
    assert (refused.status_code, refused.json["code"]) == (403, "address-not-allowed")
    assert visitor.get("/customers").status_code == 200
