"""Passwords: changed by oneself, or replaced by whoever holds the link that was mailed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib.util import find_spec, module_from_spec
from threading import Barrier
from uuid import UUID, uuid4

import pytest
import time_machine
from argon2 import Type, extract_parameters
from flask import Flask

from app.access import tokens
from app.core import clock
from tests.access.conftest import Mails, Trail
from tests.support.client import PASSWORD, Browser, Company, unique_login
from tests.support.people import change, hire, invite, sign_in, token_in

NEW = "a quite new password"


def ask(company: Company, login: str, mails: Mails) -> str:
    """The token of a fresh reset mail."""
    assert Browser(company.app).post("/password-resets", {"login": login}).status_code == 202
    mail = mails(company)[-1]
    assert (mail.kind, mail.address) == ("password-reset", login)
    assert mail.link is not None
    assert mail.link.startswith("/reset-password#token=")
    return token_in(mail.link)


def confirm(company: Company, token: str, password: str = NEW) -> tuple[int, str | None]:
    answer = Browser(company.app).post(
        "/password-reset-confirmations", {"token": token, "password": password}
    )
    return answer.status_code, answer.json["code"] if answer.data else None


def sign_in_status(company: Company, login: str, password: str) -> int:
    return Browser(company.app).post("/session", {"login": login, "password": password}).status_code


def test_the_mailed_link_replaces_the_password_once(company: Company, mails: Mails, trail: Trail) -> None:
    token = ask(company, company.login, mails)
    assert confirm(company, token) == (204, None)
    assert company.admin.get("/session").json["code"] == "session-ended"
    assert sign_in_status(company, company.login, PASSWORD) == 401
    assert confirm(company, token, "yet another password") == (410, "reset-link-dead")
    company.admin.post("/session", {"login": company.login, "password": NEW})
    actions = [record["action"] for record in trail(company)]
    assert actions[:4] == ["signed-in", "sign-in-failed", "password-reset", "password-reset-requested"]
    assert [mail.kind for mail in mails(company)] == ["password-reset", "password-changed"]


def test_the_link_is_kept_nowhere_but_in_its_mail(company: Company, mails: Mails) -> None:
    token = ask(company, company.login, mails)
    mail = mails(company)[-1]
    assert mail.secret
    assert token not in str(mail.facts)


def test_of_two_who_use_a_link_at_once_one_has_the_say(company: Company, mails: Mails) -> None:
    token, barrier = ask(company, company.login, mails), Barrier(2)
    passwords = ["the first password", "the second password"]

    def race(password: str) -> int:
        barrier.wait(timeout=30)
        return confirm(company, token, password)[0]

    with ThreadPoolExecutor(max_workers=2) as pool:
        answers = list(pool.map(race, passwords))
    assert sorted(answers) == [204, 410]
    winner = passwords[answers.index(204)]
    assert [sign_in_status(company, company.login, p) for p in passwords].count(200) == 1
    assert sign_in_status(company, company.login, winner) == 200


def test_a_newer_password_kills_the_links_of_the_older(company: Company, mails: Mails) -> None:
    first, second = ask(company, company.login, mails), ask(company, company.login, mails)
    assert confirm(company, second) == (204, None)
    assert confirm(company, first, "yet another password") == (410, "reset-link-dead")
    assert sign_in_status(company, company.login, NEW) == 200


def test_a_link_lives_an_hour(company: Company, mails: Mails) -> None:
    token = ask(company, company.login, mails)
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=True):
        assert confirm(company, token) == (410, "reset-link-dead")
    assert sign_in_status(company, company.login, PASSWORD) == 200


@pytest.mark.parametrize("token", ["x", "a.b.c", "....", "0" * 32 + ".9999999999.seal", "é.1.ü"])
def test_refuses_what_is_no_link_of_ours(company: Company, token: str) -> None:
    assert confirm(company, token) == (410, "reset-link-dead")


def test_a_link_cannot_be_made_for_somebody_else_or_longer(
    company: Company, other_company: Company, mails: Mails
) -> None:
    person, expiry, seal = ask(company, company.login, mails).split(".")
    other = ask(other_company, other_company.login, mails).split(".")[0]
    assert confirm(company, f"{other}.{expiry}.{seal}") == (410, "reset-link-dead")
    assert confirm(company, f"{person}.{int(expiry) + 1}.{seal}") == (410, "reset-link-dead")
    assert sign_in_status(company, other_company.login, PASSWORD) == 200


def test_the_seal_depends_on_the_password_that_is_replaced(app: Flask) -> None:
    person, at = uuid4(), clock.now()
    token = tokens.person_token(tokens.FORGOTTEN, person, "hash one", expires_at=at + timedelta(hours=1))
    assert tokens.read_person_token(token) == (
        UUID(hex=person.hex),
        int((at + timedelta(hours=1)).timestamp()),
    )
    assert tokens.person_token_fits(tokens.FORGOTTEN, token, "hash one", at=at)
    assert not tokens.person_token_fits(tokens.FORGOTTEN, token, "hash two", at=at)


def test_a_weak_password_leaves_the_link_good(company: Company, mails: Mails) -> None:
    token = ask(company, company.login, mails)
    assert confirm(company, token, "short")[0] == 422
    assert company.admin.get("/session").status_code == 200
    assert confirm(company, token)[0] == 204


def test_asking_says_nothing_about_who_exists(company: Company, browser: Browser, mails: Mails) -> None:
    known = browser.post("/password-resets", {"login": company.login})
    unknown = browser.post("/password-resets", {"login": unique_login()})
    mobile = browser.post("/password-resets", {"login": hire(company, "viewer").login})
    assert {(a.status_code, a.data) for a in (known, unknown, mobile)} == {(202, known.data)}
    assert [mail.address for mail in mails(company)] == [company.login]


def test_who_is_disabled_gets_no_link(company: Company, browser: Browser, mails: Mails) -> None:
    login = unique_login()
    invite(company, "viewer", login=login)
    token = token_in(mails(company)[-1].link or "")
    joined = browser.post("/invitation-acceptances", {"token": token, "password": PASSWORD})
    token = ask(company, login, mails)
    before = len(mails(company))
    change(company.admin, f"/users/{joined.json['user']['id']}", state="disabled")
    assert browser.post("/password-resets", {"login": login}).status_code == 202
    assert len(mails(company)) == before
    assert confirm(company, token) == (410, "reset-link-dead")


def test_an_administrator_can_have_a_link_sent_but_never_sees_it(
    company: Company, browser: Browser, mails: Mails, trail: Trail
) -> None:
    login = unique_login()
    invite(company, "viewer", login=login)
    accept = {"token": token_in(mails(company)[-1].link or ""), "password": PASSWORD}
    colleague = browser.post("/invitation-acceptances", accept).json["user"]["id"]
    answer = company.admin.post(f"/users/{colleague}/password-reset")
    assert (answer.status_code, answer.data) == (202, b"")
    mail = mails(company)[-1]
    assert (mail.kind, mail.address) == ("password-reset", login)
    assert browser.get("/session").status_code == 200
    (asked,) = trail(company, action="password-reset-requested")
    assert (asked["actor"]["id"], asked["subject_id"]) == (company.user_id, colleague)
    assert confirm(company, token_in(mail.link or "")) == (204, None)
    assert sign_in_status(company, login, NEW) == 200


def test_no_link_can_be_sent_to_a_mobile_number(company: Company, mails: Mails) -> None:
    colleague = hire(company, "viewer")
    assert company.admin.get(f"/users/{colleague.id}").json["can"]["reset_password"] is False
    answer = company.admin.post(f"/users/{colleague.id}/password-reset")
    assert (answer.status_code, answer.json["code"]) == (409, "login-without-mail")
    assert mails(company) == []


def test_changing_ones_password_asks_for_the_old_one(company: Company, mails: Mails) -> None:
    wrong = company.admin.post("/profile/password", {"current": "not this one", "password": NEW})
    assert (wrong.status_code, wrong.json["errors"][0]["code"]) == (422, "wrong-password")
    weak = company.admin.post("/profile/password", {"current": PASSWORD, "password": company.login})
    assert (weak.status_code, weak.json["errors"][0]["code"]) == (422, "password-too-common")
    assert sign_in(company, company.login).get("/session").status_code == 200
    assert mails(company) == []
    assert company.admin.post("/profile/password", {"current": PASSWORD, "password": NEW}).status_code == 204
    assert sign_in_status(company, company.login, NEW) == 200
    assert [mail.kind for mail in mails(company)] == ["password-changed"]


def test_passwords_are_kept_as_slowly_as_production_keeps_them() -> None:
    """Other tests hash fast, so this one looks at the module as nobody has touched it."""
    spec = find_spec("app.access.passwords")
    assert spec is not None
    assert spec.loader is not None
    untouched = module_from_spec(spec)
    spec.loader.exec_module(untouched)
    kept = extract_parameters(untouched.digest(PASSWORD))
    assert (kept.type, kept.memory_cost, kept.time_cost, kept.parallelism) == (Type.ID, 19 * 1024, 2, 1)
    assert extract_parameters(untouched._DUMMY) == kept
