"""Customers, and colleagues who work with them, made through the front door."""

from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from tests.support.client import Browser, Company
from tests.support.people import Colleague, hire

DEEDS = ("read", "create", "update", "delete", "transfer", "purge")


def customer(browser: Browser, name: str = "澄江机械有限公司", **facts: Any) -> dict[str, Any]:
    """A new customer."""
    answer = browser.post("/customers", {"name": name, **facts})
    assert answer.status_code == 201, answer.json
    return answer.json


def shown(browser: Browser, made: dict[str, Any]) -> dict[str, Any]:
    """A customer as somebody sees it now."""
    answer = browser.get(f"/customers/{made['id']}")
    assert answer.status_code == 200, answer.json
    return answer.json


def names(browser: Browser, query: str = "", path: str = "/customers") -> list[str]:
    """The names in a list, in its order."""
    answer = browser.get(f"{path}?{query}" if query else path)
    assert answer.status_code == 200, answer.json
    return [item["name"] for item in answer.json["items"]]


def change(browser: Browser, made: dict[str, Any], **sent: Any) -> TestResponse:
    """The answer to a change based on what is there now."""
    version = browser.get(f"/customers/{made['id']}").json.get("version", 1)
    return browser.patch(f"/customers/{made['id']}", sent, version=version)


def share(browser: Browser, made: dict[str, Any], *colleagues: Colleague) -> dict[str, Any]:
    """A customer after it has been shared with these colleagues and nobody else."""
    version = shown(browser, made)["version"]
    answer = browser.put(
        f"/customers/{made['id']}/collaborators",
        {"user_ids": [colleague.id for colleague in colleagues]},
        headers={"If-Match": f'"{version}"'},
    )
    assert answer.status_code == 200, answer.json
    return answer.json


def transfer(browser: Browser, made: dict[str, Any], to: str) -> TestResponse:
    """The answer to giving a customer away, based on what is there now."""
    version = browser.get(f"/customers/{made['id']}").json.get("version", 1)
    return browser.post(
        f"/customers/{made['id']}/transfer", {"owner_id": to}, headers={"If-Match": f'"{version}"'}
    )


def role(company: Company, name: str, **deeds: str) -> str:
    """The name of a new role; `deeds` are what it may do with customers, and how far."""
    permissions = {f"customer:{deed}": scope for deed, scope in deeds.items()}
    answer = company.admin.post("/roles", {"name": name, "permissions": permissions})
    assert answer.status_code == 201, answer.json
    return name


def worker(company: Company, scope: str = "own", *, name: str = "何舟", **facts: Any) -> Colleague:
    """A colleague who may do everything with customers, so far as `scope`."""
    deeds = {deed: "all" if deed == "create" else scope for deed in DEEDS}
    return hire(company, role(company, f"{scope}-{name}", **deeds), name=name, **facts)


def faults(answer: TestResponse) -> list[tuple[str, str]]:
    """The fields that are refused, with why."""
    assert answer.status_code == 422, answer.json
    return [(error["field"], error["code"]) for error in answer.json["errors"]]


def deeds(browser: Browser, made: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """What the timeline tells, the latest first: what was done, and in which fields."""
    answer = browser.get(f"/customers/{made['id']}/timeline")
    assert answer.status_code == 200, answer.json
    return [(item["kind"], [change["field"] for change in item["changes"]]) for item in answer.json["items"]]


@dataclass(frozen=True)
class House:
    """Two departments, one below the other, and somebody in each; each owns a customer."""

    upper: str
    lower: str
    boss: Colleague
    seller: Colleague
    of_boss: dict[str, Any]
    of_seller: dict[str, Any]
