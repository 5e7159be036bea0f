"""A desk, and providers within the process."""

from collections.abc import Iterator

import pytest

from app.sms import readiness
from tests.fakes.provider import Provider, instead_of
from tests.outreach.desk import Desk
from tests.support.client import Company


@pytest.fixture
def desk(company: Company) -> Desk:
    return Desk(company)


@pytest.fixture
def sms(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    # What vendors approve is for tests/sms.
    monkeypatch.setattr(readiness, "unapproved", lambda _templates: frozenset())
    with instead_of("sms") as provider:
        yield provider


@pytest.fixture
def mail() -> Iterator[Provider]:
    with instead_of("mail") as provider:
        yield provider
