"""Signing up, in and out."""

from tests.support.client import PASSWORD, Browser, Company, unique_login


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


def test_refuses_a_wrong_password_without_saying_what_is_wrong(company: Company, browser: Browser) -> None:
    wrong = browser.post("/session", {"login": company.login, "password": "not this one"})
    unknown = browser.post("/session", {"login": unique_login(), "password": "not this one"})
    assert (wrong.status_code, wrong.json["code"]) == (401, "wrong-credentials")
    assert (unknown.status_code, unknown.json["code"]) == (401, "wrong-credentials")
    assert browser.get("/session").status_code == 401
