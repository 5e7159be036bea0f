"""Forgetting what became of each row of jobs that are long over; the jobs stay, with their figures."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Delete, delete, select, tuple_

from app.core import clock
from app.jobs.models import Job, JobRow
from tenants import agenda, rounds

QUEUE = "job-rows"
KEPT = timedelta(days=90)
AT_ONCE = 10_000


def note() -> None:
    """See to it that the rows of a job that ends now are forgotten in time; one line of the agenda a day."""
    agenda.note(QUEUE, (clock.now() + KEPT).replace(hour=0, minute=0) + timedelta(days=1))


def sweep() -> None:
    """Forget, in every company, what nobody looks up any more."""
    rounds.forget(QUEUE, _old, most=AT_ONCE)


def _old(at: datetime, most: int) -> Delete:
    return rows_of_jobs_over(JobRow, since=at - KEPT, most=most)


def rows_of_jobs_over(model: type[Any], *, since: datetime, most: int) -> Delete:
    """The removal of at most so many rows of jobs that have ended by then.

    :param model: of what is kept by tenant, job and row
    """
    key = (model.tenant_id, model.job_id, model.row)
    over = select(Job.id).where(Job.finished_at <= since)
    old = select(*key).where(model.job_id.in_(over)).limit(most)
    return delete(model).where(tuple_(*key).in_(old))
