"""An office, made once: what happens in it happens to papers of one's own."""

import pytest
from flask import Flask

from tests.approvals.doors import Browsers, staffed_office
from tests.approvals.office import Office, open_office
from tests.support.client import Company, sign_up


@pytest.fixture(scope="module")
def shared_office(app: Flask) -> Office:
    """An office whose people and departments nobody changes."""
    return open_office(sign_up(app))


@pytest.fixture
def office(company: Company) -> Office:
    """An office of one's own."""
    return open_office(company)


@pytest.fixture(scope="module")
def staffed(app: Flask) -> tuple[Office, Browsers]:
    """An office some of whose people have browsers."""
    return staffed_office(app)
