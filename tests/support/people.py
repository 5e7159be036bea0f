"""Colleagues for tests: invited and joined through the front door."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.support.client import PASSWORD, Browser, Company

_numbers = count(1)


@dataclass(frozen=True)
class Colleague:
    """Somebody who has joined a company, with their browser."""

    id: str
    login: str
    browser: Browser


def unique_mobile() -> str:
    """A mobile number that no other test of this process uses."""
    return f"139{next(_numbers):08d}"


def role_id(company: Company, code: str) -> str:
    """A role of a company by the code of a built-in one, or else by name."""
    roles = company.admin.get("/roles").json["items"]
    return next(role["id"] for role in roles if code in {role["code"], role["name"]})


def root_id(company: Company) -> str:
    """The department that is the whole company."""
    departments = company.admin.get("/departments").json["items"]
    return next(d["id"] for d in departments if d["parent_id"] is None)


def department(company: Company, name: str, parent_id: str | None = None) -> str:
    """A new department, by default right below the company."""
    answer = company.admin.post("/departments", {"name": name, "parent_id": parent_id})
    assert answer.status_code == 201, answer.json
    return answer.json["id"]


def invite(company: Company, *roles: str, by: Browser | None = None, **facts: Any) -> Any:
    """The answer to inviting somebody, by mobile number if nothing else is said."""
    sent = {
        "login": unique_mobile(),
        "name": "林知夏",
        "role_ids": [role_id(company, code) for code in roles],
        **facts,
    }
    return (by or company.admin).post("/invitations", sent)


def token_in(link: str) -> str:
    """The token of a link to our pages."""
    return link.partition("#token=")[2]


def hire(company: Company, *roles: str, **facts: Any) -> Colleague:
    """A colleague who was invited and has joined."""
    answer = invite(company, *roles, **facts)
    assert answer.status_code == 201, answer.json
    browser = Browser(company.app)
    joined = browser.post(
        "/invitation-acceptances", {"token": token_in(answer.json["link"]), "password": PASSWORD}
    )
    assert joined.status_code == 201, joined.json
    return Colleague(id=joined.json["user"]["id"], login=answer.json["login"], browser=browser)


def sign_in(company: Company, login: str, password: str = PASSWORD) -> Browser:
    """A further device of somebody."""
    browser = Browser(company.app)
    answer = browser.post("/session", {"login": login, "password": password})
    assert answer.status_code == 200, answer.json
    return browser


def change(browser: Browser, path: str, **sent: Any) -> Any:
    """The answer to a change based on what is there now."""
    version = browser.get(path).json["version"]
    return browser.patch(path, sent, version=version)
