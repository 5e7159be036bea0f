"""Setting many tasks at once, for whoever plans them by rules."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import User, UserState
from app.audit import services as audit
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.core.events import publish
from app.core.ids import new_id
from app.events.tasks import StepsChanged, TaskGiven, TasksGiven
from app.tasks.models import Task
from app.tasks.series import entry
from app.tasks.states import Priority
from tenants.context import require_tenant_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A task that somebody is to have."""

    title: str
    due_at: datetime
    owner_ids: Sequence[UUID]
    """Who is to do it: the first of them who still works here."""
    set_by: UUID
    customer_id: UUID | None = None
    contact_id: UUID | None = None


def set_many(by: Actor, wanted: Sequence[Wanted]) -> list[UUID | None]:
    """Set tasks; each colleague is told once. Of those for which nobody is here any more there is none.

    :param by: what the trail names; as many statements however many there are
    """
    here = _here({one for task in wanted for one in task.owner_ids})
    made = [_made(one, here) for one in wanted]
    tasks = [one for one in made if one is not None]
    if tasks:
        insert_many(Task, [_row(one) for one in tasks])
        audit.record_many(by, [entry(one, "created") for one in tasks])
        alone = {one.contact_id for one in tasks if one.contact_id and not one.customer_id}
        publish(
            StepsChanged(
                customer_ids=tuple({one.customer_id for one in tasks if one.customer_id}),
                contact_ids=tuple(alone),
            )
        )
        _tell(by, tasks)
    return [one.id if one else None for one in made]


def _here(user_ids: set[UUID]) -> dict[UUID, UUID | None]:
    """The departments of those who still work here."""
    found = select(User.id, User.department_id).where(User.id.in_(user_ids), User.state == UserState.ACTIVE)
    return {row.id: row.department_id for row in db.session.execute(found)}


def _made(wanted: Wanted, here: dict[UUID, UUID | None]) -> Task | None:
    owner_id = next((one for one in wanted.owner_ids if one in here), None)
    if owner_id is None:
        return None
    at = clock.now()
    return Task(
        tenant_id=require_tenant_id(), id=new_id(), version=1, title=wanted.title, detail=None,
        priority=Priority.NORMAL, due_at=wanted.due_at, owner_id=owner_id, department_id=here[owner_id],
        created_by_id=wanted.set_by, customer_id=wanted.customer_id, contact_id=wanted.contact_id,
        reminders=[], custom={}, created_at=at, updated_at=at,
    )  # fmt: skip


def _row(task: Task) -> dict[str, Any]:
    return {column.key: getattr(task, column.key) for column in Task.__mapper__.column_attrs}


def _tell(by: Actor, tasks: Sequence[Task]) -> None:
    theirs: dict[UUID, list[Task]] = defaultdict(list)
    for one in tasks:
        theirs[one.owner_id].append(one)
    for owner_id, some in theirs.items():
        first = some[0]
        if len(some) == 1:
            publish(
                TaskGiven(
                    task_id=first.id, title=first.title, owner_id=owner_id, by=by.name, due_at=first.due_at
                )
            )
        else:
            publish(
                TasksGiven(
                    owner_id=owner_id, by=by.name, count=len(some), task_id=first.id, title=first.title
                )
            )
