"""Signing in with two steps, as a person does it."""

from typing import Any

import pyotp
from flask import Flask

from app.core import clock
from tests.support.client import PASSWORD, Browser

PROFILE = "/profile/second-factor"
STEP = 30


class Authenticator:
    """A telephone that shows codes; its clock is moved on so that each code is a fresh one."""

    def __init__(self, secret: str) -> None:
        self.totp = pyotp.TOTP(secret)
        self.shown = 0

    def code(self) -> str:
        """The next code that the server has not seen."""
        now = int(clock.now().timestamp()) // STEP
        self.shown = max(self.shown + 1, now - 1)
        return self.totp.generate_otp(self.shown)


def set_up(browser: Browser) -> tuple[Authenticator, list[str]]:
    """Turn two-step sign-in on; gives the authenticator and the recovery codes."""
    begun = browser.post(PROFILE, {"password": PASSWORD})
    assert begun.status_code == 200, begun.json
    phone = Authenticator(begun.json["secret"])
    done = browser.post(f"{PROFILE}/confirmation", {"code": phone.code()})
    assert done.status_code == 200, done.json
    return phone, done.json["items"]


def first_step(app: Flask, login: str) -> tuple[Browser, str]:
    """The right password; what follows is the second step."""
    browser = Browser(app)
    answer = browser.post("/session", {"login": login, "password": PASSWORD})
    assert answer.status_code == 202, answer.json
    assert set(answer.json) == {"challenge", "expires_in"}
    assert browser.client.get_cookie("gx_access") is None
    return browser, answer.json["challenge"]


def second_step(browser: Browser, challenge: str, code: str) -> Any:
    return browser.post("/session/second-factor", {"challenge": challenge, "code": code})


def field_code(answer: Any) -> tuple[int, str, str]:
    return answer.status_code, answer.json["errors"][0]["field"], answer.json["errors"][0]["code"]
