"""Whoever signs in from a new device hears of it, under the bell and by mail."""

from typing import Any

from tests.access.conftest import Mails
from tests.support.client import PASSWORD, Browser, Company, sign_up
from tests.support.people import hire, role_id, token_in

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/{}.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) MicroMessenger/8.0.50"


def enter(company: Company, login: str, user_agent: str, password: str = PASSWORD) -> Browser:
    """Sign in with a browser of some kind."""
    browser = Browser(company.app)
    browser.post("/session", {"login": login, "password": password}, headers={"User-Agent": user_agent})
    return browser


def bells(browser: Browser) -> list[tuple[str, str]]:
    """The alerts under somebody's bell, the latest first."""
    items: list[dict[str, Any]] = browser.get("/notifications").json["items"]
    return [(item["title"], item["link"]) for item in items if item["link"] == "/settings/sessions"]


def test_a_new_device_is_told_under_the_bell_and_by_mail(company: Company, mails: Mails) -> None:
    enter(company, company.login, CHROME.format(131))
    assert bells(company.admin) == [("新设备登录：Chrome · Windows", "/settings/sessions")]
    mail = mails(company)[-1]
    assert (mail.kind, mail.address, mail.link) == ("new-device", company.login, "/settings/sessions")
    assert mail.facts["device"] == "Chrome · Windows"
    assert mail.facts["ip"] == "127.0.0.1"


def test_a_known_device_is_no_news_however_new_its_browser(company: Company, mails: Mails) -> None:
    enter(company, company.login, CHROME.format(131))
    enter(company, company.login, CHROME.format(131))
    enter(company, company.login, CHROME.format(142))
    assert len(bells(company.admin)) == 1
    assert [mail.kind for mail in mails(company)] == ["new-device"]
    enter(company, company.login, IPHONE)
    assert bells(company.admin)[0][0] == "新设备登录：WeChat · iPhone"


def test_the_first_device_and_failed_attempts_are_no_news(company: Company, mails: Mails) -> None:
    assert bells(company.admin) == []
    enter(company, company.login, IPHONE, password="wrong password")
    assert bells(company.admin) == []
    assert mails(company) == []


def test_whoever_has_no_mail_hears_under_the_bell(company: Company, mails: Mails) -> None:
    colleague = hire(company, "viewer")
    enter(company, colleague.login, IPHONE)
    assert len(bells(colleague.browser)) == 1
    assert bells(company.admin) == []
    assert mails(company) == []


def test_changing_the_company_is_no_sign_in(company: Company) -> None:
    other = sign_up(company.app)
    colleague = hire(company, "viewer")
    invited = other.admin.post(
        "/invitations", {"login": colleague.login, "role_ids": [role_id(other, "viewer")]}
    )
    joining = {"token": token_in(invited.json["link"]), "password": PASSWORD}
    Browser(company.app).post("/invitation-acceptances", joining)
    phone = enter(company, colleague.login, IPHONE)
    here = phone.get("/session").json["tenant"]["slug"]
    there = company.slug if here == other.slug else other.slug
    before = len(bells(phone))
    switched = phone.post("/session/tenant", {"tenant": there}, headers={"User-Agent": IPHONE})
    assert switched.status_code == 200
    assert (before, bells(phone)) == (1, [])
