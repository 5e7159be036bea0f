"""`next_birthday` stays ahead of the tenant's own calendar."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.contacts import rolling
from tests.contacts.people import contact, customer, shown
from tests.support.client import Company, sign_up
from tests.support.people import change
from tests.support.statements import sent

# Ten in the evening in Shanghai.
EVENING = datetime(2026, 12, 24, 14, 0, tzinfo=UTC)
CHRISTMAS, NEXT_CHRISTMAS = date(2026, 12, 25), date(2027, 12, 25)
SOLAR = {"calendar": "solar", "month": 12, "day": 25}


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with time_machine.travel(moment, tick=True):
        yield


@pytest.fixture
def eve(app: Flask) -> Iterator[Company]:
    """A company on the evening before its contact's birthday."""
    with at(EVENING):
        company = sign_up(app)
        contact(company.admin, birthday=SOLAR)
        yield company


def sweep(company: Company, moment: datetime) -> dict[str, date | None]:
    """The next birthdays by name, after the workers have looked at this moment."""
    from sqlalchemy import select

    from app.contacts.models import Contact
    from app.core.db import db
    from tenants.context import tenant_scope

    tenant_id = company.tenant_id
    with at(moment), company.app.app_context():
        rolling.sweep()
        with tenant_scope(tenant_id):
            return {c.name: c.next_birthday for c in db.session.scalars(select(Contact))}


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (0, CHRISTMAS),
        (2, CHRISTMAS),
        (25.9, CHRISTMAS),
        (26.1, NEXT_CHRISTMAS),
        (26 + 72, NEXT_CHRISTMAS),
        (26 + 24 * 365, date(2028, 12, 25)),
    ],
)
def test_comes_round_again_when_the_day_is_over(eve: Company, hours: float, expected: date) -> None:
    assert sweep(eve, EVENING + timedelta(hours=hours)) == {"单田芳": expected}


def test_comes_round_again_and_again(eve: Company) -> None:
    for year in range(2026, 2031):
        assert sweep(eve, datetime(year, 12, 25, 1, tzinfo=UTC)) == {"单田芳": date(year, 12, 25)}


def test_is_no_change_of_the_contact(eve: Company) -> None:
    before = eve.admin.get("/contacts").json["items"]
    sweep(eve, EVENING + timedelta(days=3))
    assert eve.admin.get("/contacts").json["items"] == before


def test_the_tenants_own_clock_decides(eve: Company) -> None:
    assert change(eve.admin, "/tenant", timezone="Pacific/Honolulu").status_code == 200
    # In Shanghai the day is over; in Honolulu it is half past six in the morning.
    assert sweep(eve, EVENING + timedelta(hours=26.5)) == {"单田芳": CHRISTMAS}
    assert sweep(eve, EVENING + timedelta(hours=44.5)) == {"单田芳": NEXT_CHRISTMAS}


@pytest.mark.parametrize("lunar", [True, False])
def test_a_new_birthday_is_watched_too(eve: Company, lunar: bool) -> None:  # noqa: FBT001
    made = eve.admin.get("/contacts").json["items"][0]
    # 16 November of the lunar year is 24 December 2026.
    birthday = {"calendar": "lunar", "month": 11, "day": 16} if lunar else {**SOLAR, "day": 24}
    changed = eve.admin.patch(f"/contacts/{made['id']}", {"birthday": birthday}, version=1)
    assert changed.status_code == 200
    assert sweep(eve, EVENING) == {"单田芳": date(2026, 12, 24)}
    expected = date(2027, 12, 13) if lunar else date(2027, 12, 24)
    assert sweep(eve, EVENING + timedelta(hours=2.1)) == {"单田芳": expected}


def test_without_a_birthday_there_is_none(eve: Company) -> None:
    made = eve.admin.get("/contacts").json["items"][0]
    eve.admin.patch(f"/contacts/{made['id']}", {"birthday": None}, version=1)
    assert shown(eve.admin, made["id"])["birthday"] is None
    assert sweep(eve, EVENING + timedelta(days=3)) == {"单田芳": None}


@pytest.mark.parametrize("with_customer", [True, False])
def test_what_comes_back_from_the_bin_catches_up(app: Flask, with_customer: bool) -> None:  # noqa: FBT001
    with at(EVENING):
        company = sign_up(app)
        there = customer(company.admin)
        made = contact(company.admin, birthday=SOLAR, customer_id=there["id"])
        kind, record = ("customer", there) if with_customer else ("contact", made)
        assert company.admin.delete(f"/{kind}s/{record['id']}", version=1).status_code == 204
    later = EVENING + timedelta(days=3)
    assert sweep(company, later) == {"单田芳": CHRISTMAS}
    with at(EVENING):
        assert company.admin.post(f"/recycle-bin/{kind}/{record['id']}/restoration").status_code == 200
    assert sweep(company, later) == {"单田芳": NEXT_CHRISTMAS}


def test_goes_by_slices_with_few_statements(eve: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    for i in range(4):
        contact(eve.admin, f"联系人{i}", birthday=SOLAR)
    monkeypatch.setattr(rolling, "SLICE", 2)
    assert set(sweep(eve, EVENING + timedelta(days=3)).values()) == {NEXT_CHRISTMAS}
    counts = []
    for size in (1, 5):
        monkeypatch.setattr(rolling, "SLICE", size)
        with at(EVENING + timedelta(days=400 * size)), sent() as statements:
            assert roll(eve) is True
        counts.append(len(statements))
    assert counts[0] == counts[1]


def roll(company: Company) -> bool:
    from tenants.context import tenant_scope

    tenant_id = company.tenant_id
    with company.app.app_context(), tenant_scope(tenant_id):
        return rolling.roll()


def test_one_tenants_trouble_does_not_keep_others_waiting(
    eve: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tenants.context import current_tenant_id

    troubled = sign_up(eve.app)
    contact(troubled.admin, birthday=SOLAR)
    troubled_id, healthy = troubled.tenant_id, rolling.roll

    def fail_there() -> Any:
        if current_tenant_id() == troubled_id:
            raise RuntimeError
        return healthy()

    monkeypatch.setattr(rolling, "roll", fail_there)
    after = EVENING + timedelta(days=3)
    assert sweep(eve, after) == {"单田芳": NEXT_CHRISTMAS}
    assert sweep(troubled, after) == {"单田芳": CHRISTMAS}
