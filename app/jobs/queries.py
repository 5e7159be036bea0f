"""Looking at jobs and their rows, within what the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from app.access.actor import Actor
from app.access.models import User
from app.core.db import db
from app.core.errors import NotFound
from app.jobs import policies
from app.jobs.models import Job, JobRow, JobState, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which jobs are asked for."""

    kind: str | None = None
    state: JobState | None = None


def get(actor: Actor, job_id: UUID) -> Job:
    """A job with whoever started it.

    :raises NotFound: if there is none such, or it is not theirs to see
    """
    job = db.session.scalars(_visible(actor).where(Job.id == job_id)).first()
    if job is None:
        raise NotFound
    return job


def page(actor: Actor, wanted: Filter, *, before: UUID | None, limit: int) -> Sequence[Job]:
    """The newest jobs, from the one before `before` on."""
    query = _visible(actor).order_by(Job.id.desc()).limit(limit)
    if wanted.kind is not None:
        query = query.where(Job.kind == wanted.kind)
    if wanted.state is not None:
        query = query.where(Job.state == wanted.state)
    if before is not None:
        query = query.where(Job.id < before)
    return db.session.scalars(query).all()


def rows(job: Job, *, outcome: Outcome | None, after: int, limit: int) -> Sequence[JobRow]:
    """The rows of a job that the caller may see, in order, behind row `after`."""
    query = select(JobRow).where(JobRow.job_id == job.id, JobRow.row > after)
    if outcome is not None:
        query = query.where(JobRow.outcome == outcome)
    return db.session.scalars(query.order_by(JobRow.row).limit(limit)).all()


def _visible(actor: Actor) -> Select[Job]:
    return (
        select(Job)
        .join(User, (User.tenant_id == Job.tenant_id) & (User.id == Job.created_by_id))
        .options(contains_eager(Job.created_by))
        .where(policies.visible(actor))
        # What a worker changed meanwhile must show.
        .execution_options(populate_existing=True)
    )
