"""An operator with a browser, and companies whose messages did not arrive."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.embedded.postgres import OWNER
from app.messaging.channels.contract import Outcome, Verdict
from app.operators import accounts, gauging
from app.operators.accounts import Made
from tenants.context import tenant_scope
from tests.fakes.provider import Provider, instead_of
from tests.messaging.outbox import Outbox
from tests.support.client import Browser, Company
from tests.support.servers import dsn

REFUSED = Outcome(Verdict.REFUSED, "smtp-550")
SILENT = Outcome(Verdict.UNCLEAR, "no-answer")


@pytest.fixture
def owner(database: str) -> str:
    """The connection string of the owner of the tables."""
    return dsn(OWNER, database)


@pytest.fixture
def made(app: Flask, owner: str, company: Company) -> Made:
    """An account without an authenticator."""
    with app.app_context():
        return accounts.add(owner, f"ops-{company.slug}@example.com", "值班", with_code=False)


@pytest.fixture
def keeper(app: Flask, made: Made) -> Browser:
    """An operator who is signed in."""
    browser = Browser(app)
    answer = sign_in(browser, made)
    assert answer == 200
    return browser


def sign_in(browser: Browser, made: Made, **changes: str) -> int:
    """The status of signing in."""
    sent = {"email": made.email, "password": made.password, "code": "", **changes}
    return browser.post("/operator/session", sent).status_code


@pytest.fixture
def mail() -> Iterator[Provider]:
    """The provider of mail, within the process."""
    with instead_of("mail") as provider:
        yield provider


@pytest.fixture
def outbox(company: Company) -> Outbox:
    """The outbox of the company."""
    return Outbox(company)


def measured(company: Company) -> None:
    """Have the numbers of a company counted."""
    with company.app.app_context(), tenant_scope(company.tenant_id):
        gauging.look()
