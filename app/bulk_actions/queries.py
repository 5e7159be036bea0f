"""Looking at what bulk actions have done."""

from datetime import timedelta

from app.access.actor import Actor
from app.bulk_actions import tidying
from app.bulk_actions.kinds import JOB_KINDS, KINDS
from app.bulk_actions.models import Action
from app.core import clock
from app.jobs.models import Job, JobState

_FOR_GOOD = frozenset({Action.UNDO, Action.CONSENT})


def record_type_of(job: Job) -> str | None:
    """With what kind of record a job does something; None for other jobs."""
    return JOB_KINDS.get(job.kind)


def can_undo(actor: Actor, job: Job) -> bool:
    """Whether an actor can take back what a job has done."""
    if job.kind not in JOB_KINDS or job.params["action"] in _FOR_GOOD:
        return False
    if not JobState(job.state).ended or job.succeeded == 0 or job.created_by_id != actor.id:
        return False
    if job.finished_at is None or clock.now() >= job.finished_at + _kept(job):
        return False
    return "undo_job_id" not in job.position


def _kept(job: Job) -> timedelta:
    """For how long a job can be taken back."""
    deleted = job.params["action"] == Action.DELETE
    return min(tidying.KEPT, KINDS[JOB_KINDS[job.kind]].restored_within) if deleted else tidying.KEPT
