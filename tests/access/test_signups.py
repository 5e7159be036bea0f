"""Signing a company up, once and again, alone and at the same moment as others."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.client import PASSWORD, Browser, Company, unique_login

COMPANY = "云岫智能"


def sign_up(browser: Browser, login: str, *, key: str | None = None, **changed: str) -> TestResponse:
    sent = {"company": COMPANY, "name": "林知夏", "login": login, "password": PASSWORD, **changed}
    return browser.post("/signups", sent, headers={"Idempotency-Key": key} if key else None)


def companies_of(app: Flask, login: str) -> list[str]:
    browser = Browser(app)
    assert browser.post("/session", {"login": login, "password": PASSWORD}).status_code == 200
    return [tenant["slug"] for tenant in browser.get("/session").json["tenants"]]


def at_once(app: Flask, login: str, *, racers: int, key: str | None = None) -> list[TestResponse]:
    barrier = Barrier(racers)

    def race(_number: int) -> TestResponse:
        browser = Browser(app)
        barrier.wait(timeout=30)
        return sign_up(browser, login, key=key)

    with ThreadPoolExecutor(max_workers=racers) as pool:
        return list(pool.map(race, range(racers)))


def test_a_taken_name_asks_for_its_password(app: Flask, company: Company, browser: Browser) -> None:
    refused = sign_up(browser, company.login, password="not this one at all")
    assert (refused.status_code, refused.json["code"]) == (409, "login-exists")
    assert companies_of(app, company.login) == [company.slug]
    assert browser.get("/session").status_code == 401


def test_a_wrong_password_at_sign_up_is_told_to_the_company(company: Company, browser: Browser) -> None:
    sign_up(browser, company.login, password="not this one at all")
    latest = company.admin.get("/audit-records", query_string={"action": "sign-in-failed"}).json["items"]
    assert [(record["actor"], record["subject_id"]) for record in latest] == [(None, company.user_id)]


def test_the_right_password_founds_a_further_company(app: Flask, company: Company, browser: Browser) -> None:
    answer = sign_up(browser, company.login.upper())
    assert answer.status_code == 201
    assert answer.json["tenant"]["slug"] != company.slug
    assert sorted(companies_of(app, company.login)) == sorted([company.slug, answer.json["tenant"]["slug"]])
    assert company.admin.get("/session").json["tenant"]["slug"] == company.slug


def test_the_same_key_opens_the_same_company(app: Flask, browser: Browser) -> None:
    login = unique_login()
    first, second = sign_up(browser, login, key="key-1234-5678"), Browser(app)
    again = sign_up(second, login, key="key-1234-5678")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json["tenant"] == first.json["tenant"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert second.get("/session").json["user"]["id"] == first.json["user"]["id"]
    assert companies_of(app, login) == [first.json["tenant"]["slug"]]


def test_the_same_key_with_other_content_is_refused(app: Flask, browser: Browser) -> None:
    login = unique_login()
    first = sign_up(browser, login, key="key-1234-5678")
    other = sign_up(Browser(app), login, key="key-1234-5678", company="别的企业")
    assert (other.status_code, other.json["code"]) == (422, "idempotency-mismatch")
    assert companies_of(app, login) == [first.json["tenant"]["slug"]]


def test_a_key_without_the_password_opens_nothing(app: Flask, browser: Browser) -> None:
    login, thief = unique_login(), Browser(app)
    sign_up(browser, login, key="key-1234-5678")
    refused = sign_up(thief, login, key="key-1234-5678", password="guessed password")
    assert (refused.status_code, refused.json["code"]) == (409, "login-exists")
    assert thief.get("/session").status_code == 401


def test_of_two_at_once_one_gets_the_name(app: Flask) -> None:
    login = unique_login()
    answers = at_once(app, login, racers=2)
    assert len(companies_of(app, login)) == [a.status_code for a in answers].count(201)
    assert {a.status_code for a in answers} <= {201, 409}
    assert 201 in {a.status_code for a in answers}


def test_many_at_once_with_one_key_found_one_company(app: Flask) -> None:
    login = unique_login()
    answers = at_once(app, login, racers=8, key="key-of-many-tries")
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["tenant"]["slug"] for answer in answers}) == 1
    assert len(companies_of(app, login)) == 1


@pytest.mark.parametrize(
    ("login", "code"),
    [
        ("1380013800", "mobile-length"),
        ("12345678901", "invalid-login"),
        ("010-66668888", "invalid-login"),
        ("nobody", "invalid-login"),
        ("no body@example.com", "invalid-email"),
        ("nobody@example", "invalid-email"),
        ("+1 800 356 9377", "invalid-login"),
    ],
)
def test_refuses_what_is_no_sign_in_name(browser: Browser, login: str, code: str) -> None:
    answer = sign_up(browser, login)
    assert answer.status_code == 422
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [("login", code)]


@pytest.mark.parametrize("password", ["short 1", "password1", "aaaaaaaaaaaa", "user@example.com"])
def test_refuses_passwords_that_are_guessed_first(browser: Browser, password: str) -> None:
    answer = sign_up(browser, "user@example.com", password=password)
    assert answer.status_code == 422
    assert [e["field"] for e in answer.json["errors"]] == ["password"]
