"""What can be done with a task."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import User, UserState
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.audit.services import Entry, changes_of, facts_of
from app.contacts import queries as contacts
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.events import publish
from app.customers import queries as customers
from app.events.records import RecordsGone
from app.events.tasks import TaskGiven
from app.tasks import policies
from app.tasks.models import Task
from app.tasks.states import Priority

SUBJECT = "task"
LONGEST = {"title": 200, "detail": 5000}
_TOLD = ("title", "detail", "priority", "due_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """A task to be set, for oneself if nobody else is named."""

    title: str
    due_at: datetime
    detail: str | None = None
    priority: Priority = Priority.NORMAL
    owner_id: UUID | None = None
    customer_id: UUID | None = None
    contact_id: UUID | None = None
    activity_id: UUID | None = None


@permitted(Permission.TASK_CREATE)
def create(actor: Actor, draft: TaskDraft) -> Task:
    """Set a task; a colleague who is given one is told.

    :raises Invalid: naming the field that cannot be taken
    """
    owner = _owner(draft.owner_id or actor.id)
    _demand_seen("customer_id", customers.get, actor, draft.customer_id)
    _demand_seen("contact_id", contacts.get, actor, draft.contact_id)
    at = clock.now()
    task = Task(
        title=draft.title,
        detail=draft.detail or None,
        priority=draft.priority,
        due_at=draft.due_at,
        owner_id=owner.id,
        department_id=owner.department_id,
        created_by_id=actor.id,
        customer_id=draft.customer_id,
        contact_id=draft.contact_id,
        activity_id=draft.activity_id,
        created_at=at,
        updated_at=at,
    )
    db.session.add(task)
    db.session.flush()
    told = [*facts_of(task, _TOLD), {"field": "owner", "before": None, "after": _ref(owner)}]
    audit.record(actor, _entry(task, "created", told))
    _tell(actor, task)
    return task


@guarded(policies.update)
def update(actor: Actor, task: Task, changes: Mapping[str, Any]) -> None:
    """Change a task; a colleague who is given it is told.

    :param changes: fields of `TaskDraft`
    :raises Invalid: naming the field that cannot be taken
    """
    values = dict(changes)
    moved = _handed_on(task, values.pop("owner_id", task.owner_id))
    for name, get in (("customer_id", customers.get), ("contact_id", contacts.get)):
        if name in values and values[name] != getattr(task, name):
            _demand_seen(name, get, actor, values[name])
    for name, value in values.items():
        setattr(task, name, value or None)
    told = [change for change in changes_of(task) if change["field"] in _TOLD] + moved
    if told or db.session.is_modified(task):
        task.updated_at = clock.now()
        db.session.flush()
        audit.record(actor, _entry(task, "updated", told))
    if moved:
        _tell(actor, task)


def _handed_on(task: Task, owner_id: UUID) -> list[dict[str, Any]]:
    if owner_id == task.owner_id:
        return []
    former = db.session.scalar(select(User).where(User.id == task.owner_id))
    owner = _owner(owner_id)
    task.owner_id, task.department_id = owner.id, owner.department_id
    return [{"field": "owner", "before": _ref(former), "after": _ref(owner)}]


@guarded(policies.update)
def complete(actor: Actor, task: Task) -> None:
    """Tick a task off; one that is done stays as it is."""
    if not task.is_done:
        task.be_done(actor.id)
        _flush_told(actor, task, "completed")


@guarded(policies.update)
def reopen(actor: Actor, task: Task) -> None:
    """Take the tick back; one that is open stays as it is."""
    if task.is_done:
        task.be_done(None)
        _flush_told(actor, task, "reopened")


def _flush_told(actor: Actor, task: Task, action: str) -> None:
    task.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, _entry(task, action))


@guarded(policies.delete)
def delete(actor: Actor, task: Task) -> None:
    """Do away with a task."""
    audit.record(actor, _entry(task, "deleted"))
    publish(RecordsGone(record_type=SUBJECT, record_ids=(task.id,)))
    db.session.delete(task)
    db.session.flush()


def _owner(user_id: UUID) -> User:
    user = db.session.scalar(select(User).where(User.id == user_id, User.state == UserState.ACTIVE))
    if user is None:
        raise invalid("owner_id", "unknown-reference")
    return user


def _demand_seen(field: str, get: Any, actor: Actor, record_id: UUID | None) -> None:
    if record_id is not None:
        try:
            get(actor, record_id)
        except NotFound:
            raise invalid(field, "unknown-reference") from None


def _tell(actor: Actor, task: Task) -> None:
    if task.owner_id != actor.id:
        publish(
            TaskGiven(
                task_id=task.id, title=task.title, owner_id=task.owner_id, by=actor.name, due_at=task.due_at
            )
        )


def _ref(user: User | None) -> dict[str, str] | None:
    return {"id": str(user.id), "name": user.name} if user else None


def _entry(task: Task, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=task.id,
        subject_label=task.title,
        changes=changes,
        about_id=task.customer_id or task.contact_id,
        also_about_id=task.contact_id if task.customer_id else None,
    )
