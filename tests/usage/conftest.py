"""A company whose messages are counted."""

from collections.abc import Iterator

import pytest

from tests.fakes.provider import Provider, instead_of
from tests.outreach.desk import Desk
from tests.support.client import Company


@pytest.fixture
def desk(company: Company) -> Desk:
    """Its messages to people outside, on a Wednesday at noon in Shanghai."""
    return Desk(company)


@pytest.fixture
def mail() -> Iterator[Provider]:
    """The provider of mail, within the process."""
    with instead_of("mail") as provider:
        yield provider
