"""A desk whose short messages go to vendors that do as they are told."""

import pytest

from app.core import clock
from app.sms import filing, secrets
from tests.outreach.desk import Desk
from tests.sms.vendors import APPROVED, Vendors, account, hand_in
from tests.support.client import Company
from tests.support.store import Store


@pytest.fixture
def vendors(monkeypatch: pytest.MonkeyPatch, store: Store) -> Vendors:
    store.all_well()
    made = Vendors()
    monkeypatch.setattr(secrets, "vendor", made.make)
    return made


@pytest.fixture
def desk(company: Company) -> Desk:
    return Desk(company)


class Shop:
    """A company with an account, and texts that are approved there."""

    def __init__(self, company: Company, desk: Desk, vendors: Vendors) -> None:
        self.company, self.desk, self.vendors = company, desk, vendors
        self.account = account(company)

    def approve(self, template_id: object, *, at: dict[str, object] | None = None) -> None:
        """Have a text approved."""
        hand_in(self.company, at or self.account, template_id, code="77")
        self.vendors.verdicts["77"] = APPROVED
        self.look()

    def look(self) -> None:
        """What the sweep does, on this very day."""
        self.desk.now = clock.now()
        with self.desk.inside():
            filing.tend()

    def template(self, **facts: object) -> object:
        """A text that is in use and approved."""
        made = self.desk.template("sms", **facts)
        self.approve(made)
        return made


@pytest.fixture
def shop(company: Company, desk: Desk, vendors: Vendors) -> Shop:
    return Shop(company, desk, vendors)
