"""Whoever borrows, and whoever keeps the money."""

import pytest

from tests.support.client import Company
from tests.support.people import Colleague, hire


@pytest.fixture
def seller(company: Company) -> Colleague:
    return hire(company, "sales", name="林知夏")


@pytest.fixture
def finance(company: Company) -> Colleague:
    return hire(company, "finance", name="周宁")
