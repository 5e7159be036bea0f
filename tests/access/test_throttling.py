"""Passwords cannot be tried by the thousand, and without the broker not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from app.core import broker
from tests.access.conftest import Mails
from tests.support.client import PASSWORD, Browser, Company, unique_login
from tests.support.people import hire, invite, sign_in, token_in

WRONG = "wrong password"


@contextmanager
def broker_down(app: Flask) -> Iterator[None]:
    """Nobody answers where the broker should be."""
    broker.configure("redis://127.0.0.1:1/0")
    try:
        yield
    finally:
        broker.configure(app.config["SETTINGS"].redis_url)


def attempt(browser: Browser, login: str, password: str = WRONG, **options: object) -> int:
    sent = {"login": login, "password": password}
    return browser.post("/session", sent, **options).status_code


def test_ten_attempts_at_one_name_and_then_none(company: Company, browser: Browser) -> None:
    assert [attempt(browser, company.login) for _ in range(10)] == [401] * 10
    refused = browser.post("/session", {"login": company.login, "password": PASSWORD})
    assert (refused.status_code, refused.json["code"]) == (429, "too-many-attempts")
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    assert browser.get("/session").status_code == 401


def test_spelling_does_not_help_the_guesser(company: Company, browser: Browser) -> None:
    login = hire(company, "viewer").login
    spellings = [login, f"+86{login}", f"0086 {login}", f"{login[:3]}-{login[3:]}", f"86{login}"]
    assert [attempt(browser, spelling) for spelling in spellings * 2] == [401] * 10
    assert attempt(browser, f" {login} ", PASSWORD) == 429


def test_a_stranger_does_not_lock_the_owner_out(company: Company, browser: Browser) -> None:
    for _ in range(11):
        attempt(browser, company.login, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert attempt(browser, company.login, PASSWORD, environ_base={"REMOTE_ADDR": "198.51.100.7"}) == 200


def test_many_addresses_together_get_sixty(company: Company, browser: Browser) -> None:
    for number in range(60):
        place = {"REMOTE_ADDR": f"203.0.113.{number}"}
        assert attempt(browser, company.login, environ_base=place) == 401
    assert attempt(browser, company.login, PASSWORD, environ_base={"REMOTE_ADDR": "198.51.100.7"}) == 429


def test_a_success_is_not_counted(company: Company) -> None:
    for _ in range(12):
        sign_in(company, company.login)


def test_a_success_forgives_the_failures_at_this_name(company: Company, browser: Browser) -> None:
    for _ in range(2):
        assert [attempt(browser, company.login) for _ in range(9)] == [401] * 9
        assert attempt(browser, company.login, PASSWORD) == 200


def test_an_address_gets_a_hundred_failures_over_all_names(browser: Browser) -> None:
    answers = [attempt(browser, f"nobody{number}@example.com") for number in range(101)]
    assert answers == [401] * 100 + [429]


def test_one_subscriber_is_one_address(company: Company, browser: Browser) -> None:
    for number in range(10):
        place = {"REMOTE_ADDR": f"2001:db8:1:2::{number}"}
        assert attempt(browser, company.login, environ_base=place) == 401
    assert attempt(browser, company.login, environ_base={"REMOTE_ADDR": "2001:db8:1:2:ffff::1"}) == 429
    assert attempt(browser, company.login, environ_base={"REMOTE_ADDR": "2001:db8:1:3::1"}) == 401


def test_signing_up_is_no_way_round(company: Company, browser: Browser) -> None:
    sent = {"company": "云岫", "name": "林知夏", "login": company.login, "password": "wrong password"}
    assert [browser.post("/signups", sent).status_code for _ in range(10)] == [409] * 10
    assert attempt(browser, company.login, PASSWORD) == 429


def test_accepting_an_invitation_is_no_way_round(
    company: Company, other_company: Company, browser: Browser
) -> None:
    colleague = hire(company, "viewer")
    link = invite(other_company, "viewer", login=colleague.login).json["link"]
    sent = {"token": token_in(link), "password": "wrong password"}
    answers = [browser.post("/invitation-acceptances", sent).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert attempt(browser, colleague.login, PASSWORD) == 429


def test_the_current_password_cannot_be_tried_either(company: Company) -> None:
    sent = {"current": "wrong password", "password": "a quite new password"}
    answers = [company.admin.post("/profile/password", sent).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert sign_in(company, company.login).get("/session").status_code == 200


def test_reset_links_are_few(company: Company, browser: Browser, mails: Mails) -> None:
    answers = [browser.post("/password-resets", {"login": company.login}).status_code for _ in range(6)]
    assert answers == [202] * 5 + [429]
    unknown = unique_login()
    answers = [browser.post("/password-resets", {"login": unknown}).status_code for _ in range(6)]
    assert answers == [202] * 5 + [429]
    assert [mail.kind for mail in mails(company)] == ["password-reset"] * 5


def test_without_the_broker_nobody_signs_in(app: Flask, company: Company, browser: Browser) -> None:
    with broker_down(app):
        answer = browser.post("/session", {"login": company.login, "password": PASSWORD})
    assert (answer.status_code, answer.json["code"]) == (503, "broker-down")
    assert browser.get("/session").status_code == 401


def test_without_the_broker_nobody_signs_up(app: Flask, browser: Browser) -> None:
    login = unique_login()
    sent = {"company": "云岫", "name": "林知夏", "login": login, "password": PASSWORD}
    with broker_down(app):
        assert browser.post("/signups", sent).status_code == 503
    assert attempt(browser, login, PASSWORD) == 401


def test_without_the_broker_nothing_is_reset_or_accepted(
    app: Flask, company: Company, browser: Browser, mails: Mails
) -> None:
    token = token_in(invite(company, "viewer").json["link"])
    change = {"current": PASSWORD, "password": "a quite new password"}
    with broker_down(app):
        accepted = browser.post("/invitation-acceptances", {"token": token, "password": PASSWORD})
        asked = browser.post("/password-resets", {"login": company.login})
        changed = company.admin.post("/profile/password", change)
        assert company.admin.get("/session").status_code == 200
    assert [accepted.status_code, asked.status_code, changed.status_code] == [503, 503, 503]
    assert mails(company) == []
    assert len(company.admin.get("/users").json["items"]) == 1
    assert attempt(browser, company.login, PASSWORD) == 200
