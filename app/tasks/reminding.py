"""Reminding: each task knows when its owner is next to hear of it, and a sweep rings when that has come.

What has come due while no worker ran rings once, late. That a reminder was given is no change of the task:
neither its version nor the trail tells of it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.core.uow import unit_of_work
from app.events.tasks import Reminder, RemindersDue
from app.tasks.models import Task
from app.tasks.reminders import Clockwork
from tenants import agenda, calendar, rls, rounds
from tenants.context import require_tenant_id

QUEUE = "reminders"
SLICE = 200
_SET = (
    "UPDATE tasks r SET remind_at = v.moment "
    "FROM unnest(%(ids)s::uuid[], %(moments)s::timestamptz[]) AS v (id, moment) "
    "WHERE r.tenant_id = %(tenant)s AND r.id = v.id"
)


def plan(task: Task) -> None:
    """Reckon when the owner of a task is next to hear of it; never of what is done."""
    task.remind_at = None
    if task.reminders and not task.is_done:
        task.remind_at = Clockwork(calendar.zone()).next(
            task.reminders, due_at=task.due_at, after=clock.now()
        )
    if task.remind_at is not None:
        agenda.note(QUEUE, task.remind_at)


def plan_many(tasks: Sequence[Task]) -> None:
    """The same for many at a time."""
    clockwork, at = Clockwork(calendar.zone()), clock.now()
    for task in tasks:
        open_ones = [] if task.is_done or task.is_deleted else task.reminders
        task.remind_at = clockwork.next(open_ones, due_at=task.due_at, after=at)
    moments = [task.remind_at for task in tasks if task.remind_at]
    if moments:
        # When that one has rung, the sweep notes the next.
        agenda.note(QUEUE, min(moments))


def sweep() -> None:
    """Remind everybody of what they are to be reminded of by now."""
    rounds.walk(QUEUE, _ring_all)


def _ring_all() -> None:
    while ring():
        pass


def ring() -> bool:
    """Remind of a slice of the current tenant's tasks; False when none is left."""
    with unit_of_work():
        at, clockwork = clock.now(), Clockwork(calendar.zone())
        due = db.session.scalars(
            select(Task)
            .where(Task.remind_at <= at)
            .order_by(Task.remind_at, Task.id)
            .limit(SLICE)
            .with_for_update(skip_locked=True)
        ).all()
        if due:
            publish(RemindersDue(reminders=tuple(_told(task, clockwork) for task in due)))
            _write({task.id: clockwork.next(task.reminders, due_at=task.due_at, after=at) for task in due})
            return True
        agenda.settle(QUEUE, at=at)
        earliest = db.session.scalar(select(func.min(Task.remind_at)))
        if earliest is not None:
            agenda.note(QUEUE, earliest)
        return False


def _told(task: Task, clockwork: Clockwork) -> Reminder:
    return Reminder(
        task_id=task.id,
        title=task.title,
        owner_id=task.owner_id,
        due=task.due_at.astimezone(clockwork.zone),
        at=task.remind_at or task.due_at,
    )


def _write(moments: Mapping[UUID, datetime | None]) -> None:
    params = {"tenant": require_tenant_id(), "ids": list(moments), "moments": list(moments.values())}
    rls.driver_of(db.session()).execute(_SET, params)
