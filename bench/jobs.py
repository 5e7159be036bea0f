"""Long work that the workers do, in rows a second: one worker, as one slice after the other."""

import io
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from uuid import UUID

import psutil
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
from app.demo.names import CITIES, FIRST, FORMS, SECOND, TRADES
from app.exports import services as exports
from app.exports.models import Format
from app.exports.models import Wanted as Taken
from app.imports import services as imports
from app.imports.models import Import
from app.jobs import slices
from app.jobs.models import Job, JobState
from app.lists.questions import Question
from bench import data
from bench.data import Loaded
from tenants.context import tenant_scope

BULK = 10_000
IMPORTED = 100_000


@dataclass(frozen=True, slots=True)
class Work:
    """How long a piece of work took, and by how many bytes the worker grew meanwhile."""

    name: str
    rows: int
    seconds: float
    grown: int


def measure(app: Flask, loaded: Loaded, only: str) -> Iterator[Work]:
    """Each piece of work in turn, or only those whose name has a word."""
    with app.app_context():
        if only in "import of rows into a new company":
            login = f"new{time.time_ns()}@bench.example.com"
            with tenant_scope(data.found(login)):
                yield _import(login, "a new company")
        with tenant_scope(loaded.tenant_id):
            if only in "bulk edit undo":
                yield from _bulk_edit(loaded.admin)
            if only in "import of rows into one of 200,000 customers":
                yield _import(loaded.admin, f"one of {data.BIG:,} customers")
            if only in "export of rows":
                yield _export(loaded.admin)


def _bulk_edit(admin: str) -> Iterator[Work]:
    with unit_of_work():
        actor = _actor(admin)
        ids = list(db.session.scalars(select(Customer.id).where(Customer.deleted_at.is_(None)).limit(BULK)))
        wanted = Wanted(type="customer", action=Action.EDIT, changes={"source": f"bench {time.time_ns()}"})
        job_id = bulk_actions.start(actor, wanted, ids).id
    yield Work(f"bulk edit of {BULK:,} customers", BULK, *_worked(job_id))
    with unit_of_work():
        undo_id = bulk_actions.undo(
            _actor(admin), db.session.scalars(select(Job).where(Job.id == job_id)).one()
        ).id
    yield Work(f"undo of that, {BULK:,} customers", BULK, *_worked(undo_id))


def _import(admin: str, into: str) -> Work:
    """A file of new customers; what it made is taken away again, outside the clock."""
    lines = [b"name,industry,region,phone,tier,employees"]
    for number, name in enumerate(_new_names(IMPORTED)):
        line = f"{name},智能制造,浙江杭州,139{number:08d},gold,{number % 900 + 1}"
        lines.append(line.encode())
    with unit_of_work():
        actor = _actor(admin)
        sent = imports.Upload("bench.csv", io.BytesIO(b"\n".join(lines) + b"\n"))
        wanted = imports.upload(actor, sent, type="customer")
        import_id, job_id = wanted.id, imports.run(actor, wanted).id
    took = _worked(job_id)
    with unit_of_work():
        undo_id = imports.undo(
            _actor(admin), db.session.scalars(select(Import).where(Import.id == import_id)).one()
        ).id
    _worked(undo_id)
    return Work(f"import of {IMPORTED:,} rows into {into}", IMPORTED, *took)


def _new_names(count: int) -> Iterable[str]:
    """Names that no company has yet: theirs have two characters before the trade, these have four."""
    random, names = Random(time.time_ns()), dict[str, None]()  # noqa: S311
    while len(names) < count:
        own = "".join(random.choices(FIRST + SECOND, k=4))
        city, trade = random.choice(CITIES)[0], random.choice(TRADES)[0]
        names[f"{city}{own}{trade}{random.choice(FORMS)}"] = None
    return names


def _export(admin: str) -> Work:
    with unit_of_work():
        wanted = Taken(
            type="customer",
            format=Format.XLSX,
            fields=["name", "tier", "industry", "region", "mobile", "owner", "updated_at"],
            question=Question(),
        )
        job_id = exports.start(_actor(admin), wanted).id
    took = _worked(job_id)
    with unit_of_work():
        rows = db.session.scalars(select(Job.done).where(Job.id == job_id)).one()
    return Work(f"export of {rows:,} rows", rows, *took)


def _actor(admin: str) -> Actor:
    user_id = db.session.scalars(select(User.id).where(User.login == admin)).one()
    return actors.load(user_id, access_version=0, state="active")


def _worked(job_id: UUID) -> tuple[float, int]:
    """Let workers work until a job has ended; how long it took, and by how much they grew."""
    process = psutil.Process()
    before = most = process.memory_info().rss
    started = time.perf_counter()
    while True:
        slices.work_a_while()
        most = max(most, process.memory_info().rss)
        with unit_of_work():
            job = db.session.scalars(select(Job).where(Job.id == job_id)).one()
            state, done, succeeded = job.state, job.done, job.succeeded
        if JobState(state).ended:
            break
    spent = time.perf_counter() - started
    if succeeded != done or not done:
        raise RuntimeError(f"only {succeeded} of {done} rows succeeded")
    return spent, most - before
