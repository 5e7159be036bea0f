"""For how long an import can be taken back, and forgetting what was kept for that."""

from datetime import datetime, timedelta

from sqlalchemy import Delete, delete, exists, select, tuple_

from app.core import clock
from app.core.db import db
from app.imports.models import Import, ImportEffect
from app.jobs.models import Job, JobState
from tenants import agenda, rounds

QUEUE = "import-effects"
KEPT = timedelta(days=7)


def note() -> None:
    """See to it that what an import does is forgotten in time."""
    agenda.note(QUEUE, clock.now() + KEPT + timedelta(hours=1))


def undo_until(wanted: Import) -> datetime | None:
    """Until when an import can be taken back; None if it cannot, or no more."""
    if wanted.job_id is None:
        return None
    job = db.session.get_one(Job, (wanted.tenant_id, wanted.job_id))
    if job.finished_at is None or clock.now() >= job.finished_at + KEPT:
        return None
    if wanted.undo_id is not None:
        undo = db.session.get_one(Job, (wanted.tenant_id, wanted.undo_id))
        if undo.state not in {JobState.FAILED, JobState.CANCELLED}:
            return None
    left = db.session.scalar(select(exists().where(ImportEffect.import_id == wanted.id)))
    return job.finished_at + KEPT if left else None


def sweep() -> None:
    """Forget, in every company, what can be taken back no more."""
    rounds.forget(QUEUE, _old)


def _old(at: datetime, most: int) -> Delete:
    key = (ImportEffect.tenant_id, ImportEffect.import_id, ImportEffect.record_id)
    old = select(*key).where(ImportEffect.at < at - KEPT).limit(most)
    return delete(ImportEffect).where(tuple_(*key).in_(old))
