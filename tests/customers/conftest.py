"""What the tests of customers share."""

import pytest

from tests.customers.desk import House, customer, worker
from tests.support.client import Company
from tests.support.people import department


@pytest.fixture
def house(company: Company) -> House:
    """A company of two departments."""
    upper = department(company, "华东区")
    lower = department(company, "苏州办", upper)
    boss = worker(company, name="上官", department_id=upper)
    seller = worker(company, name="下属", department_id=lower)
    return House(
        upper=upper,
        lower=lower,
        boss=boss,
        seller=seller,
        of_boss=customer(boss.browser, "上海甲公司", phones=[{"number": "13800001111"}]),
        of_seller=customer(seller.browser, "苏州乙公司", phones=[{"number": "13800002222"}]),
    )
