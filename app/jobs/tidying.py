"""Forgetting what became of each row of jobs that are long over; the jobs stay, with their figures."""

from datetime import datetime, timedelta

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
    key = (JobRow.tenant_id, JobRow.job_id, JobRow.row)
    over = select(Job.id).where(Job.finished_at <= at - KEPT)
    old = select(*key).where(JobRow.job_id.in_(over)).limit(most)
    return delete(JobRow).where(tuple_(*key).in_(old))
