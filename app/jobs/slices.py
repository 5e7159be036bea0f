"""A worker's turn: a bounded slice of one job, so that no company's long work holds up another's."""

import time
import traceback
from contextlib import AbstractContextManager
from dataclasses import replace
from uuid import UUID

import structlog
from sqlalchemy import text

from app.access.actor import Actor
from app.core import clock, doorbell
from app.core.db import db
from app.core.errors import DomainError
from app.core.origin import current_origin, origin_scope
from app.core.uow import unit_of_work
from app.jobs import asker, leases
from app.jobs.leases import MOST_ATTEMPTS, Lease, LeaseLost
from app.jobs.models import Job, JobState
from app.jobs.runners import is_needed, runner_of
from app.jobs.services import QUEUE, WORK
from tenants import agenda
from tenants.context import require_tenant_id

log = structlog.get_logger(__name__)
SLICE_SECONDS = 3.0
_UNHURRIED = text("SET LOCAL synchronous_commit = off")


class JobBroken(DomainError):
    """Every attempt to go on ended the worker, or failed for a reason nobody foresaw."""

    code = "job-broken"


def work_a_while() -> None:
    """Do a slice of the current tenant's work, and ring again if there is more."""
    with unit_of_work():
        lease = leases.take()
        if lease is None:
            if not leases.unfinished():
                agenda.settle(QUEUE, at=clock.now())
            return
    try:
        if not _serve(lease):
            with unit_of_work():
                leases.release(lease, pause=True)
    except LeaseLost:
        log.info("job.lease-lost", job=str(lease.job_id))


def _serve(lease: Lease) -> bool:
    """Do a slice; False if a chunk was taken back for a reason nobody foresaw, to be tried again later."""
    until = time.monotonic() + SLICE_SECONDS
    try:
        goes_on = _chunk(lease)
        while goes_on and time.monotonic() < until:
            goes_on = _chunk(lease)
        with unit_of_work():
            if goes_on:
                leases.release(lease)
            if leases.unfinished():
                doorbell.ring_after_commit(WORK, tenant_id=require_tenant_id())
    except LeaseLost:
        raise
    except Exception as error:
        log.warning("job.stumbled", job=str(lease.job_id), error=type(error).__name__, where=_where(error))
        return False
    return True


def _chunk(lease: Lease) -> bool:
    """Do one chunk in a transaction of its own; returns whether the job goes on."""
    try:
        goes_on, refusal = _step(lease)
        if refusal is not None:
            with unit_of_work():
                leases.end(lease, JobState.FAILED, error={"code": refusal.code, "facts": refusal.facts})
        return goes_on
    finally:
        db.session.expunge_all()


def _step(lease: Lease) -> tuple[bool, DomainError | None]:
    """Whether the job goes on, and why not if it was refused; then nothing of the chunk remains."""
    try:
        with unit_of_work():
            job = leases.held(lease)
            if job.cancel_requested_at is not None:
                leases.end(lease, JobState.CANCELLED)
                return False, None
            if job.attempts > MOST_ATTEMPTS:
                raise JobBroken
            with _origin_of(job):
                step = runner_of(job.kind).step(_actor_of(job), job, job.position)
            leases.save(lease, step)
            if step.finished:
                leases.end(lease, JobState.SUCCEEDED)
            else:
                # A crash of the server may take the last chunks back together with the position that tells of
                # them; they are then done again. Whatever is committed after them, the end of the job above
                # all, reaches the disk after them.
                db.session.execute(_UNHURRIED)
            return not step.finished, None
    except DomainError as refusal:
        return False, refusal


def _actor_of(job: Job) -> Actor:
    if is_needed(job.kind):
        return Actor.system(require_tenant_id())
    return asker.present(job.created_by_id, _token_of(job))


def _token_of(job: Job) -> UUID | None:
    token_id = job.params.get("token_id")
    return UUID(token_id) if token_id else None


def _origin_of(job: Job) -> AbstractContextManager[None]:
    """The trail tells where the person was who asked for the work."""
    kept = job.params.get("origin") or {}
    session_id = kept.get("session_id")
    return origin_scope(
        replace(
            current_origin(),
            request_id=str(job.id),
            ip=kept.get("ip"),
            user_agent=kept.get("user_agent"),
            session_id=UUID(session_id) if session_id else None,
        )
    )


def _where(error: BaseException) -> list[str]:
    # The places only: the message of a database error carries the row.
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]


def sweep() -> None:
    """Ring for every tenant that may have work: a crash loses bells, and leases run out in silence."""
    with unit_of_work():
        for tenant_id in agenda.due(QUEUE, at=clock.now()):
            doorbell.ring_after_commit(WORK, tenant_id=tenant_id)
