"""Consents for tests, noted through the front door."""

from typing import Any

from tests.contacts.people import contact
from tests.support.client import Browser

PHONE, MAIL = "+8613800138000", "dan@example.com"


def somebody(browser: Browser, **facts: Any) -> dict[str, Any]:
    """A contact who can be written to by short message and by mail."""
    return contact(browser, **{"phones": [{"number": "138 0013 8000"}], "email": "Dan@example.com", **facts})


def note(browser: Browser, one: dict[str, Any], **facts: Any) -> Any:
    """Note something of a contact."""
    sent = {"about": "consent", "holds": True, "source": "spoken", "evidence": "电话里说的", **facts}
    return browser.post(f"/contacts/{one['id']}/consent-entries", sent)


def consents(browser: Browser, one: dict[str, Any]) -> dict[str, Any]:
    """What a contact has agreed to, as somebody sees it."""
    answer = browser.get(f"/contacts/{one['id']}/consents")
    assert answer.status_code == 200, answer.json
    return answer.json


def obstacles(shown: dict[str, Any]) -> dict[str, str | None]:
    """What stands against writing to them, by way and purpose; only short messages and mail."""
    return {
        f"{way['way']} {cell['purpose']}": cell["obstacle"]
        for way in shown["ways"]
        if way["way"] != "wechat"
        for cell in way["purposes"]
    }
