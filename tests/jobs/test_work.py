"""Long work is done once, by whoever holds its lease, a slice at a time."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import update

from app.core import clock
from app.core.db import db
from app.core.events import _handlers
from app.core.uow import unit_of_work
from app.events.jobs import JobEnded
from app.jobs import leases, slices, tidying
from app.jobs.leases import LeaseLost, Step
from app.jobs.models import Job, JobState
from app.jobs.slices import JobBroken
from tenants import agenda
from tenants.context import tenant_scope
from tenants.models import Tenant, TenantState
from tests.jobs.conftest import CHUNK, Counting, Workshop
from tests.support.client import Company
from tests.support.store import Store

LONG_AGO = timedelta(hours=1)


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[JobEnded]:
    """The endings that were told, in order."""
    told: list[JobEnded] = []
    monkeypatch.setitem(_handlers, JobEnded, [told.append])
    return told


def test_does_all_rows_and_counts_them(
    company: Company, workshop: Workshop, counting: Counting, ended: list[JobEnded]
) -> None:
    job_id = workshop.enqueue(company, 25)
    workshop.work(company)
    job = company.admin.get(f"/jobs/{job_id}").json
    assert (job["state"], job["total"], job["done"]) == ("succeeded", 25, 25)
    assert (job["succeeded"], job["failed"], job["skipped"]) == (20, 3, 2)
    assert [row for row, _ in workshop.rows(company, job_id)] == list(range(1, 26))
    assert [(e.job_id, e.state, e.failed) for e in ended] == [(job_id, "succeeded", 3)]


def test_a_turn_ends_after_its_slice_and_the_next_goes_on(
    company: Company, workshop: Workshop, counting: Counting, one_chunk_a_turn: None
) -> None:
    job_id = workshop.enqueue(company, 25)
    workshop.work(company)
    assert company.admin.get(f"/jobs/{job_id}").json["done"] == CHUNK
    workshop.work(company, turns=2)
    assert company.admin.get(f"/jobs/{job_id}").json["state"] == "succeeded"
    assert counting.steps == [0, 10, 20]


def test_jobs_of_a_company_take_turns(
    company: Company, workshop: Workshop, counting: Counting, one_chunk_a_turn: None
) -> None:
    first, second = workshop.enqueue(company, 40), workshop.enqueue(company, 40)
    workshop.work(company, turns=4)
    done = [company.admin.get(f"/jobs/{job_id}").json["done"] for job_id in (first, second)]
    assert done == [20, 20]


def test_a_bell_rings_again_while_there_is_more(
    company: Company, workshop: Workshop, counting: Counting, one_chunk_a_turn: None, bells: list[Any]
) -> None:
    workshop.enqueue(company, 20)
    workshop.work(company, turns=2)
    bell = ("jobs.work", {"tenant_id": company.tenant_id})
    assert bells == [bell, bell]


def test_the_sweep_rings_for_whoever_has_work(
    app: Flask,
    company: Company,
    other_company: Company,
    workshop: Workshop,
    counting: Counting,
    bells: list[Any],
) -> None:
    workshop.enqueue(company, 20)
    bells.clear()
    with app.app_context():
        slices.sweep()
    rung = [arguments["tenant_id"] for _, arguments in bells]
    assert company.tenant_id in rung
    assert other_company.tenant_id not in rung


def test_the_agenda_is_cleared_when_nothing_is_left(
    app: Flask, company: Company, workshop: Workshop, counting: Counting
) -> None:
    workshop.enqueue(company, 20)
    with app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        agenda.note("jobs", clock.now() - LONG_AGO)
    workshop.work(company)
    assert company.tenant_id in _due(app, at=clock.now() - timedelta(minutes=30))
    workshop.work(company)
    assert company.tenant_id not in _due(app, at=clock.now() - timedelta(minutes=30))


def _due(app: Flask, *, at: Any) -> list[int]:
    with app.app_context(), unit_of_work():
        return list(agenda.due("jobs", at=at))


def test_a_held_lease_keeps_others_away(
    app: Flask, company: Company, workshop: Workshop, counting: Counting
) -> None:
    job_id = workshop.enqueue(company, 25)
    with app.app_context(), tenant_scope(company.tenant_id):
        with unit_of_work():
            assert leases.take() is not None
        with unit_of_work():
            assert leases.take() is None
    workshop.work(company)
    assert workshop.rows(company, job_id) == []


def test_an_expired_lease_is_taken_over_and_its_holder_can_commit_nothing(
    app: Flask, company: Company, workshop: Workshop, counting: Counting
) -> None:
    job_id = workshop.enqueue(company, 25)
    with app.app_context(), tenant_scope(company.tenant_id):
        with unit_of_work():
            zombie = leases.take()
        assert zombie is not None
        with unit_of_work():
            job = leases.held(zombie)
            step = counting.step(None, job, job.position)  # type: ignore[arg-type]
        workshop.change(company, job_id, lease_until=clock.now() - LONG_AGO)
        workshop.work(company)
        after = workshop.rows(company, job_id)
        with pytest.raises(LeaseLost), unit_of_work():
            leases.save(zombie, step)
        with pytest.raises(LeaseLost), unit_of_work():
            leases.end(zombie, JobState.FAILED)
    assert workshop.rows(company, job_id) == after
    assert company.admin.get(f"/jobs/{job_id}").json["done"] == 25


def test_a_zombie_in_the_middle_of_its_chunk_takes_the_chunk_back(
    company: Company, workshop: Workshop, counting: Counting, one_chunk_a_turn: None
) -> None:
    job_id = workshop.enqueue(company, 15)

    def fall_asleep(position: Mapping[str, Any]) -> None:
        counting.before_step = lambda _position: None
        workshop.change(company, job_id, lease_token=None, lease_until=None)

    counting.before_step = fall_asleep
    workshop.work(company)
    assert workshop.rows(company, job_id) == []
    workshop.work(company, turns=2)
    assert [row for row, _ in workshop.rows(company, job_id)] == list(range(1, 16))
    assert company.admin.get(f"/jobs/{job_id}").json["done"] == 15


def test_a_mishap_takes_the_chunk_back_and_is_tried_again_after_a_pause(
    company: Company, workshop: Workshop, counting: Counting, ended: list[JobEnded]
) -> None:
    job_id = workshop.enqueue(company, 15)

    def stumble(position: Mapping[str, Any]) -> None:
        if position.get("row") == 10:
            counting.before_step = lambda _position: None
            raise ZeroDivisionError

    counting.before_step = stumble
    workshop.work(company, turns=2)
    job = company.admin.get(f"/jobs/{job_id}").json
    assert (job["state"], job["done"]) == ("running", 10)
    workshop.change(company, job_id, lease_until=clock.now() - LONG_AGO)
    workshop.work(company)
    assert company.admin.get(f"/jobs/{job_id}").json["state"] == "succeeded"
    assert [e.state for e in ended] == ["succeeded"]


@pytest.mark.parametrize("fault", [ZeroDivisionError, JobBroken])
def test_a_mishap_of_who_has_lost_the_lease_is_left_to_its_new_holder(
    company: Company,
    workshop: Workshop,
    counting: Counting,
    ended: list[JobEnded],
    fault: type[Exception],
) -> None:
    job_id = workshop.enqueue(company, 15)
    other = uuid4()

    def stumble_too_late(_position: Mapping[str, Any]) -> None:
        workshop.change(company, job_id, lease_token=other)
        raise fault

    counting.before_step = stumble_too_late
    workshop.work(company)
    with workshop.app.app_context(), tenant_scope(company.tenant_id):
        job = db.session.get_one(Job, (company.tenant_id, job_id))
        assert (job.state, job.lease_token, job.error) == ("running", other, None)
    assert ended == []
    assert workshop.rows(company, job_id) == []


def test_a_job_that_never_gets_on_fails_in_the_end(
    company: Company, workshop: Workshop, counting: Counting
) -> None:
    job_id = workshop.enqueue(company, 15)
    workshop.change(company, job_id, attempts=leases.MOST_ATTEMPTS)
    workshop.work(company)
    job = company.admin.get(f"/jobs/{job_id}").json
    assert (job["state"], job["error"]) == ("failed", "任务多次中断，已停止；已完成的部分保留")
    assert workshop.rows(company, job_id) == []


def test_stops_when_whoever_asked_may_no_longer_sign_in(
    app: Flask, company: Company, workshop: Workshop, counting: Counting, one_chunk_a_turn: None, store: Store
) -> None:
    job_id = workshop.enqueue(company, 25)
    workshop.work(company)
    store.rows("UPDATE users SET state = 'disabled' WHERE id = %s", UUID(company.user_id))
    workshop.work(company, turns=2)
    assert [row for row, _ in workshop.rows(company, job_id)] == list(range(1, 11))
    with app.app_context(), tenant_scope(company.tenant_id):
        job = db.session.get_one(leases.Job, (company.tenant_id, job_id))
        assert (job.state, job.error) == ("failed", {"code": "user-disabled", "facts": {}})


def test_stops_when_the_company_has_left(
    app: Flask, company: Company, workshop: Workshop, counting: Counting
) -> None:
    job_id = workshop.enqueue(company, 25)
    with app.app_context(), unit_of_work():
        db.session.execute(update(Tenant).where(Tenant.slug == company.slug).values(state=TenantState.CLOSED))
    workshop.work(company)
    with app.app_context(), tenant_scope(company.tenant_id):
        job = db.session.get_one(leases.Job, (company.tenant_id, job_id))
        assert (job.state, job.error) == ("failed", {"code": "tenant-closed", "facts": {}})
    assert counting.steps == []


def test_a_step_takes_as_many_statements_however_many_rows(
    app: Flask, company: Company, workshop: Workshop, counting: Counting
) -> None:
    assert _statements_of_a_save(app, company, workshop, 1) == _statements_of_a_save(
        app, company, workshop, 500
    )


def _statements_of_a_save(app: Flask, company: Company, workshop: Workshop, rows: int) -> int:
    from sqlalchemy import event

    workshop.enqueue(company, rows)
    seen: list[str] = []
    with app.app_context(), tenant_scope(company.tenant_id):
        with unit_of_work():
            lease = leases.take()
        assert lease is not None
        step = Step(position={}, rows=[Counting()._row(n) for n in range(1, rows + 1)], finished=True)
        listen = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listen)
        with unit_of_work():
            leases.save(lease, step)
            leases.end(lease, JobState.SUCCEEDED)
        event.remove(db.engine, "before_cursor_execute", listen)
    return len(seen)


def test_what_became_of_rows_is_forgotten_after_three_months(
    company: Company, workshop: Workshop, counting: Counting, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.enqueue(company, 25)
    workshop.work(company)
    kept, here = "SELECT 1 FROM job_rows WHERE tenant_id = %s", company.tenant_id
    # Other companies of this run still need what is kept for them.
    store.rows("DELETE FROM agenda WHERE tenant_id <> %s AND queue = %s", here, tidying.QUEUE)
    now = clock.now()
    for days, left in ((89, 25), (92, 0)):
        monkeypatch.setattr(clock, "now", lambda days=days: now + timedelta(days=days))
        with company.app.app_context():
            tidying.sweep()
        assert len(store.rows(kept, here)) == left
    assert len(store.rows("SELECT 1 FROM jobs WHERE tenant_id = %s", here)) == 1
