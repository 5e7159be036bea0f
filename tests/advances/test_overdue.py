"""Advances that should be settled by now: marked, found, and rung for once, by the company's clock."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask

from app.advances import overdue
from tests.advances.loans import deeds, lent, now, submit, try_pay_out, try_return, try_reverse
from tests.support.client import Browser, Company, sign_up
from tests.support.people import hire, sign_in
from tests.support.store import Store
from tests.tasks.frozen import MORNING, at

DUE = MORNING.date() + timedelta(days=13)
LAST = datetime.combine(DUE, time(15, 59), UTC)
"""The last minute of that day there."""
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def company(app: Flask) -> Iterator[Company]:
    with at(MORNING):
        yield sign_up(app)


def _sweep(company: Company, moment: datetime) -> None:
    with at(moment), company.app.app_context():
        overdue.sweep()


def _rung(browser: Browser) -> int:
    kinds = [one["kind"] for one in browser.get("/notifications").json["items"]]
    return kinds.count("advance-overdue")


def test_rings_once_on_the_day_after(company: Company) -> None:
    made = lent(company.admin, company.admin, due_on=DUE.isoformat())
    later = lent(company.admin, company.admin, due_on=(DUE + 30 * DAY).isoformat())
    _sweep(company, LAST)
    assert _rung(company.admin) == 0
    for minutes in (1, 2, 6000):
        _sweep(company, LAST + minutes * MINUTE)
    assert _rung(company.admin) == 1
    assert (deeds(company, made)[0], deeds(company, later)[0]) == ("overdue", "paid")
    with at(LAST):
        assert now(sign_in(company, company.login), made)["overdue"] is False
    with at(LAST + MINUTE):
        listed = sign_in(company, company.login).get("/advances").json["items"]
    assert {one["id"]: one["overdue"] for one in listed} == {made["id"]: True, later["id"]: False}
    _sweep(company, LAST + 31 * DAY)
    assert _rung(company.admin) == 2


def test_is_silent_about_what_is_settled_until_that_was_a_mistake(company: Company) -> None:
    made = lent(company.admin, company.admin, due_on=DUE.isoformat())
    try_return(company.admin, made, 300_000)
    _sweep(company, LAST + DAY)
    assert _rung(company.admin) == 0
    with at(LAST + 2 * DAY):
        later = sign_in(company, company.login)
        assert try_reverse(later, now(later, made)["entries"][1]).status_code == 200
    _sweep(company, LAST + 2 * DAY + MINUTE)
    assert _rung(company.admin) == 1


def test_rings_again_for_another_day(company: Company) -> None:
    made = lent(company.admin, company.admin, due_on=DUE.isoformat())
    _sweep(company, LAST + DAY)
    with at(LAST + 2 * DAY):
        later = sign_in(company, company.login)
        try_reverse(later, now(later, made)["entries"][0])
        taken = later.delete(f"/advances/{made['id']}/submission").json
        put_off = {"due_on": (DUE + 10 * DAY).isoformat()}
        assert later.patch(f"/advances/{made['id']}", put_off, version=taken["version"]).status_code == 200
        assert try_pay_out(later, submit(later, made)).status_code == 201
    _sweep(company, LAST + 5 * DAY)
    assert _rung(company.admin) == 1
    _sweep(company, LAST + 11 * DAY)
    assert _rung(company.admin) == 2


def test_rings_for_the_owner_alone(company: Company) -> None:
    seller, finance = hire(company, "sales").browser, hire(company, "finance").browser
    lent(seller, finance, due_on=DUE.isoformat())
    _sweep(company, LAST + DAY)
    assert [_rung(one) for one in (company.admin, finance, seller)] == [0, 0, 1]


def test_is_found_and_counted(app: Flask, store: Store) -> None:
    company = sign_up(app)
    made, other = (lent(company.admin, company.admin) for _ in range(2))
    assert company.admin.get("/advances?overdue=true").json["items"] == []
    late = "UPDATE advances SET due_on = current_date - 2 WHERE tenant_id = %s AND id = %s"
    store.rows(late, company.tenant_id, made["id"])
    found = company.admin.get("/advances?overdue=true").json["items"]
    assert [(one["id"], one["overdue"]) for one in found] == [(made["id"], True)]
    kept = company.admin.get("/advances?overdue=false").json["items"]
    assert [(one["id"], one["overdue"]) for one in kept] == [(other["id"], False)]
    [total] = company.admin.get("/advance-totals").json["items"]
    assert (total["count"], total["overdue_count"], total["overdue"]["amount"]) == (2, 1, 300_000)
