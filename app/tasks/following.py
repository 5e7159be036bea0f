"""How tasks follow what they are about: their owner's department, and records that go for ever."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import InstrumentedAttribute

from app.core.db import db
from app.tasks.models import Task, TaskSeries

_UNSEEN = {"synchronize_session": False}


def customer_gone(customer_id: UUID) -> None:
    """A customer is removed: tasks about it stand alone."""
    _forget(Task.customer_id, [customer_id])
    _forget_in_series(TaskSeries.customer_id, [customer_id])


def contacts_gone(contact_ids: Collection[UUID]) -> None:
    """Contacts are removed: tasks about them stand alone."""
    _forget(Task.contact_id, contact_ids)
    _forget_in_series(TaskSeries.contact_id, contact_ids)


def activities_gone(activity_ids: Collection[UUID]) -> None:
    """Activities are removed: what was to be done next stays a task."""
    _forget(Task.activity_id, activity_ids)


def _forget(column: InstrumentedAttribute[UUID | None], ids: Collection[UUID]) -> None:
    db.session.execute(
        update(Task).where(column.in_(ids)).values({column: None}).execution_options(**_UNSEEN)
    )


def _forget_in_series(column: InstrumentedAttribute[UUID | None], ids: Collection[UUID]) -> None:
    db.session.execute(
        update(TaskSeries).where(column.in_(ids)).values({column: None}).execution_options(**_UNSEEN)
    )
