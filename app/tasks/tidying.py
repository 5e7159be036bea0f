"""Deleted tasks are kept for a while, in case they are wanted back, and then removed for ever."""

from datetime import timedelta

from sqlalchemy import delete, select

from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.core.uow import unit_of_work
from app.events.records import RecordsGone
from app.fields import index as field_index
from app.tasks.models import Task
from app.tasks.own import SUBJECT
from tenants import agenda, rounds

QUEUE = "deleted-tasks"
KEPT = timedelta(days=7)
BATCH = 500


def note() -> None:
    """See to it that what is deleted now is removed in time; one line of the agenda an hour."""
    agenda.note(QUEUE, (clock.now() + KEPT + timedelta(hours=1)).replace(minute=0))


def sweep() -> None:
    """Remove, in every company, what can come back no more, with all that hangs on it."""
    rounds.walk(QUEUE, _visit)


def _visit() -> None:
    while _remove():
        pass


def _remove() -> bool:
    with unit_of_work():
        at = clock.now()
        old = db.session.scalars(
            # Locked: what somebody is bringing back at this moment stays.
            select(Task.id)
            .where(Task.deleted_at <= at - KEPT)
            .order_by(Task.id)
            .limit(BATCH)
            .with_for_update()
        ).all()
        if not old:
            agenda.settle(QUEUE, at=at)
            return False
        field_index.drop(old)
        publish(RecordsGone(record_type=SUBJECT, record_ids=tuple(old)))
        gone = delete(Task).where(Task.id.in_(old)).execution_options(synchronize_session=False)
        db.session.execute(gone)
        return True
