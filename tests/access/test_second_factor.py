"""Two-step sign-in: set up, asked for, never replayed, taken away."""

import pyotp
import pytest
from flask import Flask

from app.core import clock, crypto
from tests.access.conftest import Trail
from tests.access.second_factor import (
    PROFILE,
    STEP,
    Authenticator,
    field_code,
    first_step,
    second_step,
    set_up,
)
from tests.support.client import PASSWORD, Browser, Company
from tests.support.people import hire, role_id, sign_in, token_in
from tests.support.store import Store


def test_is_set_up_with_a_code_and_asked_for_at_the_next_sign_in(app: Flask, company: Company) -> None:
    assert company.admin.get(PROFILE).json == {
        "enabled_at": None,
        "recovery_codes_left": 0,
        "required": False,
    }
    begun = company.admin.post(PROFILE, {"password": PASSWORD}).json
    assert begun["address"].startswith("otpauth://totp/")
    assert begun["qr_code"].startswith("data:image/svg+xml")
    # Begun is not done: the password alone still opens.
    sign_in(company, company.login)
    phone = Authenticator(begun["secret"])
    codes = company.admin.post(f"{PROFILE}/confirmation", {"code": phone.code()}).json["items"]
    assert len(set(codes)) == 10
    standing = company.admin.get(PROFILE).json
    assert standing["recovery_codes_left"] == 10
    assert standing["enabled_at"] is not None
    browser, challenge = first_step(app, company.login)
    opened = second_step(browser, challenge, phone.code())
    assert opened.status_code == 200
    assert browser.get("/session").json["user"]["login"] == company.login


def test_setting_up_needs_the_password(company: Company) -> None:
    assert field_code(company.admin.post(PROFILE, {"password": "wrong password"})) == (
        422,
        "password",
        "wrong-password",
    )
    nothing = company.admin.post(f"{PROFILE}/confirmation", {"code": "123456"})
    assert (nothing.status_code, nothing.json["code"]) == (409, "second-factor-missing")


def test_a_wrong_first_code_sets_nothing_up(company: Company) -> None:
    begun = company.admin.post(PROFILE, {"password": PASSWORD}).json
    late = pyotp.TOTP(begun["secret"]).generate_otp(int(clock.now().timestamp()) // STEP - 20)
    answer = company.admin.post(f"{PROFILE}/confirmation", {"code": late})
    assert field_code(answer) == (422, "code", "wrong-code")
    assert company.admin.get(PROFILE).json["enabled_at"] is None
    sign_in(company, company.login)


def test_it_cannot_be_set_up_over_another(company: Company) -> None:
    set_up(company.admin)
    answer = company.admin.post(PROFILE, {"password": PASSWORD})
    assert (answer.status_code, answer.json["code"]) == (409, "second-factor-exists")


def test_a_code_opens_once(app: Flask, company: Company) -> None:
    phone, _ = set_up(company.admin)
    browser, challenge = first_step(app, company.login)
    code = phone.code()
    assert second_step(browser, challenge, code).status_code == 200
    thief, again = first_step(app, company.login)
    assert field_code(second_step(thief, again, code)) == (422, "code", "wrong-code")
    assert thief.get("/session").status_code == 401


def test_a_wrong_code_opens_nothing_and_is_told(app: Flask, company: Company, trail: Trail) -> None:
    set_up(company.admin)
    browser, challenge = first_step(app, company.login)
    assert field_code(second_step(browser, challenge, "abcdef")) == (422, "code", "wrong-code")
    assert browser.get("/session").status_code == 401
    assert [r["action"] for r in trail(company)[:2]] == ["sign-in-failed", "second-factor-set-up"]


def test_codes_cannot_be_tried_by_the_dozen(app: Flask, company: Company) -> None:
    phone, _ = set_up(company.admin)
    browser, challenge = first_step(app, company.login)
    statuses = [second_step(browser, challenge, "abcdef").status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert second_step(browser, challenge, phone.code()).status_code == 429


def test_a_challenge_is_worth_nothing_forged_or_after_a_new_password(app: Flask, company: Company) -> None:
    phone, _ = set_up(company.admin)
    browser, challenge = first_step(app, company.login)
    for worthless in ("x", challenge[:-2] + "AA", "0" * 32 + ".9999999999.x"):
        dead = second_step(browser, worthless, phone.code())
        assert (dead.status_code, dead.json["code"]) == (410, "challenge-dead")
    company.admin.post("/profile/password", {"current": PASSWORD, "password": "a quite new password"})
    assert second_step(browser, challenge, phone.code()).json["code"] == "challenge-dead"


def test_a_recovery_code_opens_once(app: Flask, company: Company) -> None:
    _, codes = set_up(company.admin)
    browser, challenge = first_step(app, company.login)
    assert second_step(browser, challenge, codes[0].upper().replace("-", " ")).status_code == 200
    assert browser.get(PROFILE).json["recovery_codes_left"] == 9
    thief, again = first_step(app, company.login)
    assert field_code(second_step(thief, again, codes[0])) == (422, "code", "wrong-code")


def test_new_recovery_codes_replace_the_old(app: Flask, company: Company) -> None:
    phone, old = set_up(company.admin)
    wrong = company.admin.post(f"{PROFILE}/recovery-codes", {"code": "abcdef"})
    assert field_code(wrong) == (422, "code", "wrong-code")
    new = company.admin.post(f"{PROFILE}/recovery-codes", {"code": phone.code()}).json["items"]
    assert set(new).isdisjoint(old)
    browser, challenge = first_step(app, company.login)
    assert second_step(browser, challenge, old[1]).status_code == 422
    assert second_step(browser, challenge, new[1]).status_code == 200


def test_removing_it_needs_password_and_code(app: Flask, company: Company, trail: Trail) -> None:
    phone, _ = set_up(company.admin)
    refused = company.admin.post(f"{PROFILE}/removal", {"password": "wrong password", "code": phone.code()})
    assert field_code(refused) == (422, "password", "wrong-password")
    refused = company.admin.post(f"{PROFILE}/removal", {"password": PASSWORD, "code": "abcdef"})
    assert field_code(refused) == (422, "code", "wrong-code")
    first_step(app, company.login)
    done = company.admin.post(f"{PROFILE}/removal", {"password": PASSWORD, "code": phone.code()})
    assert done.status_code == 204
    sign_in(company, company.login)
    assert trail(company)[1]["action"] == "second-factor-removed"


def test_nothing_readable_is_kept(company: Company, store: Store) -> None:
    begun = company.admin.post(PROFILE, {"password": PASSWORD}).json
    phone = Authenticator(begun["secret"])
    codes = company.admin.post(f"{PROFILE}/confirmation", {"code": phone.code()}).json["items"]
    user = store.rows("SELECT person_id FROM users WHERE id = %s", company.user_id)[0]["person_id"]
    kept = store.rows("SELECT secret FROM person_totps WHERE person_id = %s", user)[0]["secret"]
    assert begun["secret"].encode() not in bytes(kept)
    digests = store.rows("SELECT digest FROM recovery_codes WHERE person_id = %s", user)
    assert all(code.encode() not in bytes(row["digest"]) for row in digests for code in codes)


def test_signing_up_again_needs_it_too(app: Flask, company: Company, store: Store) -> None:
    phone, _ = set_up(company.admin)
    second = f"第二家{company.slug}"
    sent_up = {"company": second, "name": "秦明远", "login": company.login, "password": PASSWORD}
    assert field_code(Browser(app).post("/signups", sent_up)) == (422, "code", "code-needed")
    assert field_code(Browser(app).post("/signups", {**sent_up, "code": "abcdef"}))[2] == "wrong-code"
    assert store.rows("SELECT 1 FROM tenants WHERE name = %s", second) == []
    assert Browser(app).post("/signups", {**sent_up, "code": phone.code()}).status_code == 201


def test_accepting_an_invitation_needs_it_too(company: Company, other_company: Company) -> None:
    colleague = hire(other_company, "viewer")
    phone, _ = set_up(colleague.browser)
    invited = company.admin.post(
        "/invitations", {"login": colleague.login, "role_ids": [role_id(company, "viewer")]}
    )
    accepted = {"token": token_in(invited.json["link"]), "password": PASSWORD}
    refused = Browser(company.app).post("/invitation-acceptances", accepted)
    assert field_code(refused) == (422, "code", "code-needed")
    assert len(company.admin.get("/users").json["items"]) == 1
    joined = Browser(company.app).post("/invitation-acceptances", {**accepted, "code": phone.code()})
    assert joined.status_code == 201
    assert len(company.admin.get("/users").json["items"]) == 2


def test_what_a_former_secret_has_kept_still_opens(
    app: Flask, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, codes = set_up(company.admin)
    former = crypto._secrets
    monkeypatch.setattr(crypto, "_secrets", (b"the next secret of this installation", *former))
    browser, challenge = first_step(app, company.login)
    assert second_step(browser, challenge, phone.code()).status_code == 200
    browser, challenge = first_step(app, company.login)
    assert second_step(browser, challenge, codes[0]).status_code == 200
    browser, challenge = first_step(app, company.login)
    assert second_step(browser, challenge, codes[0]).status_code == 422
