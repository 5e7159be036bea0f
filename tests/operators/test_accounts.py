"""Accounts and sessions of operators."""

from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask

from app.access import throttle
from app.core import clock
from app.operators import accounts, sessions
from app.operators.accounts import Made, NoSuchOperator, OperatorExists
from tests.operators.conftest import sign_in
from tests.support.client import Browser, Company

Json = dict[str, Any]
WHY = "服务商已恢复"


def test_a_code_is_good_once(app: Flask, owner: str, company: Company) -> None:
    with app.app_context():
        made = accounts.add(owner, f"two-{company.slug}@example.com", "两步")
    assert made.secret is not None
    code = pyotp.TOTP(made.secret).now()
    browser = Browser(app)
    assert sign_in(browser, made) == 401
    assert sign_in(browser, made, code="000000") == 401
    assert sign_in(browser, made, code=code) == 200
    assert sign_in(Browser(app), made, code=code) == 401


def test_an_account_is_made_once_and_shut_at_once(
    app: Flask, owner: str, made: Made, keeper: Browser
) -> None:
    with app.app_context(), pytest.raises(OperatorExists):
        accounts.add(owner, made.email.upper(), "又一个")
    assert (made.email, "值班", True) in accounts.listed(owner)
    accounts.disable(owner, made.email)
    assert (made.email, "值班", False) in accounts.listed(owner)
    assert keeper.get("/operator/overview").status_code == 401
    assert sign_in(keeper, made) == 401
    with pytest.raises(NoSuchOperator):
        accounts.disable(owner, "nobody@example.com")


def test_an_account_is_given_new_keys_and_its_old_ones_are_worth_nothing(
    app: Flask, owner: str, made: Made, keeper: Browser
) -> None:
    accounts.disable(owner, made.email)
    with app.app_context():
        renewed = accounts.reset(owner, f" {made.email.upper()} ")
        with pytest.raises(NoSuchOperator):
            accounts.reset(owner, "nobody@example.com")
    assert keeper.get("/operator/overview").status_code == 401
    assert sign_in(keeper, made) == 401
    assert renewed.secret is not None
    code = pyotp.TOTP(renewed.secret).now()
    assert sign_in(keeper, renewed) == 401
    assert sign_in(keeper, renewed, code=code) == 200
    assert (made.email, "值班", True) in accounts.listed(owner)


def test_a_session_ends_with_silence_and_after_a_day(app: Flask, made: Made) -> None:
    with app.app_context(), app.test_request_context():
        _, token = sessions.sign_in(made.email, made.password, "")
        now = clock.now()
        with clock.pretending(now + sessions.IDLE - timedelta(minutes=1)):
            assert sessions.keeper_of(token) is not None
        with clock.pretending(now + 2 * sessions.IDLE - timedelta(minutes=2)):
            assert sessions.keeper_of(token) is not None
        with clock.pretending(now + 3 * sessions.IDLE):
            assert sessions.keeper_of(token) is None
        assert sessions.keeper_of("nonsense") is None


def test_guessing_is_slowed_down(app: Flask, made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "OPERATOR_BY_NAME", throttle.Limit(f"op-{made.email}", 2, 60))
    browser = Browser(app)
    assert [sign_in(browser, made, password="no") for _ in range(3)] == [401, 401, 429]
    assert sign_in(browser, made) == 429
