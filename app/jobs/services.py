"""Starting and stopping jobs."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import case, null, or_, update

from app.access.actor import Actor
from app.access.rules import unlocked
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock, doorbell
from app.core.db import db
from app.core.errors import Forbidden
from app.core.origin import current_origin
from app.jobs import leases, policies, runners
from app.jobs.models import UNFINISHED, Job, JobState
from tenants import agenda

QUEUE = "jobs"
WORK = "jobs.work"


class NotYoursToCancel(Forbidden):
    """Somebody else started the job."""

    code = "job-not-yours"


class Needed(Forbidden):
    """What somebody did is whole only with the job."""

    code = "job-needed"


@unlocked("the service that the job is for has its own lock")
def enqueue(actor: Actor, kind: str, *, title: str, params: Mapping[str, Any]) -> Job:
    """Let the workers begin with a piece of long work, as this actor, once the caller has committed."""
    at = clock.now()
    job = Job(
        kind=kind,
        title=title,
        params={**params, "origin": _origin(), **_token_of(actor)},
        position={},
        created_by_id=actor.id,
        created_at=at,
    )
    db.session.add(job)
    db.session.flush()
    agenda.note(QUEUE, at)
    doorbell.ring_after_commit(WORK, tenant_id=actor.tenant_id)
    return job


def _token_of(actor: Actor) -> dict[str, str]:
    return {"token_id": str(actor.token_id)} if actor.token_id else {}


def _origin() -> dict[str, Any]:
    origin = current_origin()
    session_id = str(origin.session_id) if origin.session_id else None
    return {"ip": origin.ip, "user_agent": origin.user_agent, "session_id": session_id}


@unlocked("whoever started a job may stop it; for others the permission is asked below")
def cancel(actor: Actor, job: Job) -> None:
    """Stop a job; one that a worker is busy with stops within a chunk. What was done stays done.

    :raises Needed: if it must go on
    :raises NotYoursToCancel: if somebody else started it, and no permission reaches them
    """
    if runners.is_needed(job.kind):
        raise Needed
    if not policies.may_cancel(actor, job):
        raise NotYoursToCancel
    at = clock.now()
    idle = or_(Job.lease_token.is_(None), Job.lease_until < at)
    state = db.session.scalar(
        update(Job)
        .where(Job.id == job.id, Job.state.in_(UNFINISHED), Job.cancel_requested_at.is_(None))
        .values(
            cancel_requested_at=at,
            state=case((idle, JobState.CANCELLED), else_=Job.state),
            finished_at=case((idle, at), else_=null()),
            lease_token=case((idle, null()), else_=Job.lease_token),
        )
        .returning(Job.state)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(job)
    if state is None:
        return
    audit.record(
        actor,
        Entry(action="cancelled", subject_type="job", subject_id=job.id, subject_label=job.title),
    )
    if state == JobState.CANCELLED:
        leases.tell(job)
