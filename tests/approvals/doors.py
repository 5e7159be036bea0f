"""Approvals over HTTP: an office some of whose people have browsers, and what they do there."""

from typing import Any
from uuid import UUID

from flask import Flask

from tests.approvals.office import Office, open_office
from tests.approvals.papers import KIND, paper
from tests.support.client import Browser, sign_up
from tests.support.people import hire

Browsers = dict[str, Browser]


def staffed_office(app: Flask) -> tuple[Office, Browsers]:
    """An office, with the browsers of an administrator, two sellers, their chief and a clerk."""
    company = sign_up(app)
    office = open_office(company)
    browsers = {"admin": company.admin}
    for name, role in (("seller", "sales"), ("chief", "sales"), ("clerk", "finance"), ("other", "sales")):
        hired = hire(company, role, name=name)
        office.ids[name], browsers[name] = UUID(hired.id), hired.browser
    return office, browsers


def submitted(browsers: Browsers, **facts: Any) -> Any:
    """What the seller has submitted, as they see it."""
    sent = {"kind": KIND, "subject_id": str(paper(**facts).id)}
    answer = browsers["seller"].post("/approvals", sent)
    assert answer.status_code == 201, answer.json
    return answer.json


def say(browser: Browser, shown: Any, decision: str = "approve", **more: Any) -> Any:
    """The answer to deciding on the seat that is one's own."""
    seat = shown["seat"]
    headers = {"If-Match": f'"{seat["version"]}"'}
    return browser.post(
        f"/approval-seats/{seat['id']}/decision", {"decision": decision, **more}, headers=headers
    )
