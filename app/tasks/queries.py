"""Reading tasks: fetching is authorising, what an actor may not see does not exist."""

from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.tasks import policies
from app.tasks.models import Task


def get(actor: Actor, task_id: UUID, *, to_change: bool = False) -> Task:
    """A task the actor may see.

    :param to_change: lock it until the transaction ends
    :raises NotFound: otherwise
    """
    statement = select(Task).where(Task.id == task_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    task = db.session.scalars(statement).first()
    if task is None or not policies.read.allows(actor, task):
        raise NotFound
    return task
