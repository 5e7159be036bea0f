"""Long work that the workers do, in rows a second: one worker, as one slice after the other."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from app.access import actors
from app.access.actor import Actor
from app.access.models import User
from app.bulk_actions import services as bulk_actions
from app.bulk_actions.models import Action, Wanted
from app.core.db import db
from app.core.uow import unit_of_work
from app.customers.models import Customer
from app.jobs import slices
from app.jobs.models import Job, JobState
from bench.data import Loaded
from tenants.context import tenant_scope

BULK = 10_000


@dataclass(frozen=True, slots=True)
class Work:
    """How long a piece of work took."""

    name: str
    rows: int
    seconds: float


def measure(app: Flask, loaded: Loaded) -> Iterator[Work]:
    """Each piece of work in turn."""
    with app.app_context(), tenant_scope(loaded.tenant_id):
        yield from _bulk_edit(loaded)


def _bulk_edit(loaded: Loaded) -> Iterator[Work]:
    with unit_of_work():
        actor = _actor(loaded)
        ids = list(db.session.scalars(select(Customer.id).where(Customer.deleted_at.is_(None)).limit(BULK)))
        wanted = Wanted(type="customer", action=Action.EDIT, changes={"source": f"bench {time.time_ns()}"})
        job_id = bulk_actions.start(actor, wanted, ids).id
    yield Work(f"bulk edit of {BULK:,} customers", BULK, _worked(job_id))
    with unit_of_work():
        undo_id = bulk_actions.undo(
            _actor(loaded), db.session.scalars(select(Job).where(Job.id == job_id)).one()
        ).id
    yield Work(f"undo of that, {BULK:,} customers", BULK, _worked(undo_id))


def _actor(loaded: Loaded) -> Actor:
    user_id = db.session.scalars(select(User.id).where(User.login == loaded.admin)).one()
    return actors.load(user_id, access_version=0, state="active")


def _worked(job_id: UUID) -> float:
    """Let workers work until a job has ended; how long it took."""
    started = time.perf_counter()
    while True:
        slices.work_a_while()
        with unit_of_work():
            job = db.session.scalars(select(Job).where(Job.id == job_id)).one()
            state, done, succeeded = job.state, job.done, job.succeeded
        if JobState(state).ended:
            break
    spent = time.perf_counter() - started
    if succeeded != done or not done:
        raise RuntimeError(f"only {succeeded} of {done} rows succeeded")
    return spent
