"""A company at noon, a desk, and providers within the process."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from tests.care.clockwork import at
from tests.outreach.conftest import desk, mail, sms
from tests.outreach.desk import NOON
from tests.support.client import Company, sign_up

__all__ = ["desk", "mail", "sms"]


@pytest.fixture
def company(app: Flask) -> Iterator[Company]:
    with at(NOON - timedelta(minutes=1)):
        yield sign_up(app)
