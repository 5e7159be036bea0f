"""Customers, contacts and roles for tests, made through the front door."""

from typing import Any

from tests.support.client import Browser, Company
from tests.support.people import Colleague, hire

WORK = ("customer:read", "customer:create", "customer:update", "customer:delete", "customer:transfer")
CONTACT_WORK = ("contact:read", "contact:create", "contact:update", "contact:delete")


def customer(browser: Browser, name: str = "澄江机械有限公司", **facts: Any) -> dict[str, Any]:
    """A new customer."""
    answer = browser.post("/customers", {"name": name, **facts})
    assert answer.status_code == 201, answer.json
    return answer.json


def contact(browser: Browser, name: str = "单田芳", **facts: Any) -> dict[str, Any]:
    """A new contact."""
    answer = browser.post("/contacts", {"name": name, **facts})
    assert answer.status_code == 201, answer.json
    return answer.json


def shown(browser: Browser, contact_id: str) -> dict[str, Any]:
    """A contact as somebody sees it now."""
    answer = browser.get(f"/contacts/{contact_id}")
    assert answer.status_code == 200, answer.json
    return answer.json


def names(browser: Browser, path: str = "/contacts") -> list[str]:
    """The names in a list, in its order."""
    answer = browser.get(path)
    assert answer.status_code == 200, answer.json
    return [item["name"] for item in answer.json["items"]]


def worker(company: Company, scope: str = "own", **facts: Any) -> Colleague:
    """A colleague with a role of their own: everything about customers and contacts, so far as `scope`."""
    scopes = dict.fromkeys((*WORK, *CONTACT_WORK), scope)
    scopes |= dict.fromkeys(("customer:create", "contact:create"), "all")
    return hire(company, role(company, f"{scope}-{facts.get('name', '')}", scopes), **facts)


def role(company: Company, name: str, permissions: dict[str, str]) -> str:
    """The name of a new role."""
    answer = company.admin.post("/roles", {"name": name, "permissions": permissions})
    assert answer.status_code == 201, answer.json
    return name


def deeds(browser: Browser, path: str) -> list[tuple[str, str, list[str]]]:
    """What a timeline tells: what was done, to whom, and in which fields; the latest first."""
    answer = browser.get(path)
    assert answer.status_code == 200, answer.json
    return [
        (item["kind"], item["subject_label"], [change["field"] for change in item["changes"]])
        for item in answer.json["items"]
    ]
