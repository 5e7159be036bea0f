"""Reading tasks: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.tasks import policies
from app.tasks.models import Task


def get(actor: Actor, task_id: UUID, *, to_change: bool = False) -> Task:
    """A task the actor may see and that is not deleted.

    :param to_change: lock it until the transaction ends
    :raises NotFound: otherwise
    """
    task = _seen(actor, task_id, to_change=to_change)
    if task.is_deleted:
        raise NotFound
    return task


def deleted(actor: Actor, task_id: UUID) -> Task:
    """A task that was deleted, or is there still, locked, that the actor might see.

    :raises NotFound: otherwise
    """
    return _seen(actor, task_id, to_change=True)


def visible(actor: Actor, task_ids: Collection[UUID], *, deleted: bool = False) -> dict[UUID, Task]:
    """Those of these tasks that the actor may see, locked; one statement.

    :param deleted: those that were deleted instead of those that are there
    """
    locked = select(Task).where(Task.id.in_(task_ids)).order_by(Task.id).with_for_update()
    found = db.session.scalars(locked.execution_options(populate_existing=True))
    seen = (task for task in found if task.is_deleted is deleted)
    return {task.id: task for task in seen if policies.read.allows(actor, task)}


def _seen(actor: Actor, task_id: UUID, *, to_change: bool) -> Task:
    statement = select(Task).where(Task.id == task_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    task = db.session.scalars(statement).first()
    if task is None or not policies.read.allows(actor, task):
        raise NotFound
    return task
