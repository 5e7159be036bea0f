"""Who works on a job: the holder of a lease that lives in PostgreSQL and is renewed with every chunk.

A worker that is killed lets its lease run out, and another goes on behind the last committed chunk. A worker
that comes back from the dead finds another token in the row, inside the transaction of its chunk, and the
chunk is taken back with it: no row is lost, none is done twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, CursorResult, exists, func, null, or_, select, update
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.core.events import publish
from app.events.jobs import JobEnded
from app.jobs import tidying
from app.jobs.models import UNFINISHED, Job, JobRow, JobState, Outcome
from tenants.context import require_tenant_id

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 8
_PAUSE = timedelta(seconds=5)


class LeaseLost(Exception):
    """Another worker has taken the job over, or it has ended."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on one job."""

    job_id: UUID
    token: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    """What became of one row, as a runner reports it."""

    row: int
    outcome: Outcome
    label: str = ""
    record_id: UUID | None = None
    messages: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One chunk of work, done but not yet committed."""

    position: Mapping[str, Any]
    rows: Sequence[RowResult] = field(default=())
    total: int | None = None
    """The number of rows, once it is known."""
    finished: bool = False
    also_done: int = 0
    """Rows that went well and of which nothing is to be told one by one."""


def take() -> Lease | None:
    """The lease of the job whose turn it is in this tenant, unless a worker is already busy for it."""
    at, lease = clock.now(), uuid4()
    other = aliased(Job)
    busy = exists().where(
        other.state == JobState.RUNNING, other.lease_token.is_not(None), other.lease_until >= at
    )
    free = or_(Job.lease_until.is_(None), Job.lease_until < at)
    turn = (
        select(Job.id)
        .where(Job.state.in_(UNFINISHED), free, ~busy)
        .order_by(Job.served_at.asc().nulls_first(), Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job_id = db.session.scalar(turn)
    if job_id is None:
        return None
    db.session.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(
            state=JobState.RUNNING,
            lease_token=lease,
            lease_until=at + LEASE,
            served_at=at,
            started_at=func.coalesce(Job.started_at, at),
            attempts=Job.attempts + 1,
        )
        .execution_options(synchronize_session=False)
    )
    return Lease(job_id, lease)


def held(lease: Lease) -> Job:
    """The job as it is now.

    :raises LeaseLost: if the lease is no longer good
    """
    job = db.session.scalars(
        select(Job).where(*_good(lease)).execution_options(populate_existing=True)
    ).first()
    if job is None:
        raise LeaseLost
    return job


def save(lease: Lease, step: Step) -> None:
    """Note a chunk's results and progress, in its transaction, and renew the lease.

    :raises LeaseLost: if the lease is no longer good; the chunk must then not be committed
    """
    counts = {outcome: sum(1 for row in step.rows if row.outcome == outcome) for outcome in Outcome}
    values: dict[str, Any] = {
        "position": dict(step.position),
        "done": Job.done + len(step.rows) + step.also_done,
        "succeeded": Job.succeeded + counts[Outcome.SUCCEEDED] + step.also_done,
        "failed": Job.failed + counts[Outcome.FAILED],
        "skipped": Job.skipped + counts[Outcome.SKIPPED],
        "lease_until": clock.now() + LEASE,
        "attempts": 0,
    }
    if step.total is not None:
        values["total"] = step.total
    # First of all, so that a worker without a lease gets no further.
    _change(lease, values)
    insert_many(JobRow, [_kept(lease, row) for row in step.rows])


def _kept(lease: Lease, row: RowResult) -> dict[str, Any]:
    return {
        "tenant_id": require_tenant_id(),
        "job_id": lease.job_id,
        "row": row.row,
        "outcome": row.outcome,
        "label": row.label[:200],
        "record_id": row.record_id,
        "messages": list(row.messages),
    }


def release(lease: Lease, *, pause: bool = False) -> None:
    """Give the job back, so that its next turn can come; after a mishap with a pause that grows."""
    job = held(lease)
    until: datetime | None = clock.now() + _PAUSE * max(1, job.attempts) if pause else None
    _change(lease, {"lease_token": None, "lease_until": until})


def end(lease: Lease, state: JobState, *, error: Mapping[str, Any] | None = None) -> None:
    """Close the job and tell those who care.

    :raises LeaseLost: if the lease is no longer good
    """
    job = held(lease)
    _change(
        lease,
        {
            "state": state,
            "error": null() if error is None else dict(error),
            "finished_at": clock.now(),
            "lease_token": None,
            "lease_until": None,
        },
    )
    db.session.refresh(job)
    tell(job)


def tell(job: Job) -> None:
    """Publish that a job has ended."""
    tidying.note()
    publish(
        JobEnded(
            job_id=job.id,
            kind=job.kind,
            title=job.title,
            state=job.state,
            created_by_id=job.created_by_id,
            succeeded=job.succeeded,
            failed=job.failed,
            skipped=job.skipped,
        )
    )


def unfinished() -> bool:
    """Whether the current tenant has a job that has not ended."""
    return bool(db.session.scalar(select(exists().where(Job.state.in_(UNFINISHED)))))


def _good(lease: Lease) -> tuple[ColumnElement[bool], ...]:
    return Job.id == lease.job_id, Job.lease_token == lease.token, Job.state == JobState.RUNNING


def _change(lease: Lease, values: Mapping[str, Any]) -> None:
    changed = db.session.execute(
        update(Job).where(*_good(lease)).values(**values).execution_options(synchronize_session=False)
    )
    if cast("CursorResult[Any]", changed).rowcount != 1:
        raise LeaseLost
