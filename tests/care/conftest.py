"""What tests of care have in common."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.care.clockwork import EVENING, at
from tests.outreach.conftest import mail, sms
from tests.support.client import Company, sign_up

__all__ = ["mail", "sms"]


@pytest.fixture
def company(app: Flask) -> Iterator[Company]:
    """A company on the evening before the days of these tests."""
    with at(EVENING):
        yield sign_up(app)
