"""Reminders: in time, once, and silent when there is nothing left to do."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.core.db import db
from app.core.uow import unit_of_work
from app.messaging.models import Delivery
from app.tasks import reminding
from tenants.context import tenant_scope
from tenants.models import Tenant
from tests.activities.people import task
from tests.support.client import Company, sign_up
from tests.support.people import change, hire
from tests.support.statements import sent
from tests.tasks.frozen import MORNING, at, rung, sweep, utc

NOON = MORNING + timedelta(hours=2)
AT_DUE = {"amount": 0, "unit": "minutes"}
HALF_AN_HOUR = {"amount": 30, "unit": "minutes"}
A_DAY = {"amount": 1, "unit": "days"}


@pytest.fixture
def morning(app: Flask) -> Iterator[Company]:
    """A company on the morning of a day."""
    with at(MORNING):
        yield sign_up(app)


def noon_task(company: Company, *reminders: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return task(company.admin, "寄样品", due_at=utc(2037, 3, 18, 4), reminders=list(reminders), **facts)


def mails(company: Company) -> list[tuple[str, str, str]]:
    with company.app.app_context(), tenant_scope(company.tenant_id):
        rows = db.session.scalars(select(Delivery).where(Delivery.kind == "task-due")).all()
        return [(row.address, row.locale, row.facts["title"]) for row in rows]


def test_rings_at_each_of_its_times_and_once(morning: Company) -> None:
    made = noon_task(morning, AT_DUE, HALF_AN_HOUR, HALF_AN_HOUR)
    assert made["reminders"] == [HALF_AN_HOUR, AT_DUE]
    sweep(morning, NOON - timedelta(minutes=31))
    assert rung(morning.admin) == []
    for _ in range(2):
        sweep(morning, NOON - timedelta(minutes=29))
    told = ("待办提醒：寄样品", "2037-03-18 12:00 截止")
    assert rung(morning.admin) == [told]
    for _ in range(2):
        sweep(morning, NOON + timedelta(minutes=1))
    assert rung(morning.admin) == [told, told]
    sweep(morning, NOON + timedelta(days=3))
    assert len(rung(morning.admin)) == 2


def test_what_came_due_while_no_worker_ran_rings_once(morning: Company) -> None:
    noon_task(morning, AT_DUE, HALF_AN_HOUR)
    sweep(morning, NOON + timedelta(hours=72))
    assert len(rung(morning.admin)) == 1


def test_is_no_change_of_the_task(morning: Company) -> None:
    made = noon_task(morning, AT_DUE)
    sweep(morning, NOON + timedelta(minutes=1))
    assert morning.admin.get(f"/tasks/{made['id']}").json == made


def test_moves_with_the_due_time(morning: Company) -> None:
    path = f"/tasks/{noon_task(morning, AT_DUE)['id']}"
    change(morning.admin, path, due_at=utc(2037, 3, 18, 6))
    sweep(morning, NOON + timedelta(minutes=1))
    assert rung(morning.admin) == []
    sweep(morning, NOON + timedelta(hours=2, minutes=1))
    assert len(rung(morning.admin)) == 1


def test_is_silent_once_it_is_done_and_speaks_again_when_it_is_open(morning: Company) -> None:
    path = f"/tasks/{noon_task(morning, AT_DUE)['id']}"
    morning.admin.post(f"{path}/completion")
    sweep(morning, NOON + timedelta(minutes=1))
    assert rung(morning.admin) == []
    with at(MORNING):
        morning.admin.delete(f"{path}/completion")
    sweep(morning, NOON + timedelta(minutes=1))
    assert len(rung(morning.admin)) == 1


def test_a_time_that_is_over_when_it_is_set_does_not_ring(morning: Company) -> None:
    noon_task(morning, A_DAY)
    sweep(morning, MORNING + timedelta(minutes=1))
    assert rung(morning.admin) == []


def test_whoever_is_to_do_it_now_hears_of_it(morning: Company) -> None:
    seller = hire(morning, "sales")
    path = f"/tasks/{noon_task(morning, AT_DUE)['id']}"
    change(morning.admin, path, owner_id=seller.id)
    sweep(morning, NOON + timedelta(minutes=1))
    assert (rung(morning.admin), len(rung(seller.browser))) == ([], 1)


def test_comes_by_mail_where_that_is_wanted(morning: Company) -> None:
    noon_task(morning, HALF_AN_HOUR, AT_DUE)
    sweep(morning, NOON - timedelta(minutes=29))
    assert mails(morning) == []
    answer = morning.admin.patch("/profile", {"reminder_mail": True})
    assert answer.json["reminder_mail"] is True
    sweep(morning, NOON + timedelta(minutes=1))
    assert mails(morning) == [(morning.login, "zh-CN", "寄样品")]


@pytest.mark.parametrize(
    ("due", "reminder"),
    [
        # The clocks of Berlin go forward on 29 March and back on 25 October.
        (utc(2037, 3, 29, 7), utc(2037, 3, 28, 8)),
        (utc(2037, 10, 25, 8), utc(2037, 10, 24, 7)),
    ],
)
def test_a_day_before_is_the_same_hour_when_the_clocks_change(
    morning: Company, due: str, reminder: str
) -> None:
    with morning.app.app_context(), unit_of_work():
        db.session.execute(
            update(Tenant).where(Tenant.id == morning.tenant_id).values(timezone="Europe/Berlin")
        )
    task(morning.admin, due_at=due, reminders=[A_DAY])
    moment = datetime.fromisoformat(reminder)
    sweep(morning, moment - timedelta(seconds=30))
    assert rung(morning.admin) == []
    sweep(morning, moment + timedelta(seconds=30))
    assert len(rung(morning.admin)) == 1


def test_many_cost_no_more_statements_than_one(morning: Company) -> None:
    counts = []
    for number in (1, 30):
        for _ in range(number):
            noon_task(morning, AT_DUE)
        tenant_id = morning.tenant_id
        with at(NOON + timedelta(minutes=1)), morning.app.app_context(), tenant_scope(tenant_id):
            with sent() as statements:
                assert reminding.ring()
            counts.append(len(statements))
    assert counts[0] == counts[1]
    assert len(rung(morning.admin)) == 20


@pytest.mark.parametrize(
    ("reminders", "field", "code"),
    [
        ([{"amount": 1, "unit": "weeks"}], "reminders.0.unit", "not-a-choice"),
        ([{"amount": -1, "unit": "days"}], "reminders.0.amount", "out-of-range"),
        ([{"amount": n, "unit": "days"} for n in range(6)], "reminders", "too-many"),
    ],
)
def test_refuses_what_is_no_reminder(morning: Company, reminders: Any, field: str, code: str) -> None:
    body = {"title": "寄样品", "due_at": utc(2037, 3, 18, 4), "reminders": reminders}
    answer = morning.admin.post("/tasks", body)
    assert answer.status_code == 422
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(field, code)]
    assert morning.admin.get("/tasks").json["items"] == []
