"""What can be done with a task."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import User, UserState
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.audit.services import changes_of, facts_of
from app.contacts import queries as contacts
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.events import publish
from app.customers import queries as customers
from app.events.tasks import StepsChanged, TaskGiven
from app.fields import filling, rights, writing
from app.fields.filling import Wanted
from app.tasks import own, policies, reminders, reminding, series, tidying
from app.tasks.models import Task
from app.tasks.own import SUBJECT
from app.tasks.series import entry
from app.tasks.states import Priority, Scope, demand_near

LONGEST = {"title": 200, "detail": 5000}
_TOLD = ("title", "detail", "priority", "due_at", "reminders")


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
    reminders: Sequence[Mapping[str, Any]] = field(default_factory=list)
    repeat: Mapping[str, Any] | None = None
    custom: Mapping[str, Any] = field(default_factory=dict)
    """What is to stand in the company's own fields, by key."""
    in_brief: bool = False
    """Whether it is set in passing: own fields that must be filled in are filled in later."""


@permitted(Permission.TASK_CREATE)
def create(actor: Actor, draft: TaskDraft) -> Task:
    """Set a task; a colleague who is given one is told.

    :raises Invalid: naming the field that cannot be taken
    """
    demand_near(draft.due_at)
    owner = _owner(draft.owner_id or actor.id)
    _demand_seen("customer_id", customers.get, actor, draft.customer_id)
    _demand_seen("contact_id", contacts.get, actor, draft.contact_id)
    task = _drafted(actor, draft, owner)
    task.custom = _custom(actor, draft, task)
    repeated = series.begin(task, draft.repeat) if draft.repeat else []
    reminding.plan(task)
    db.session.add(task)
    db.session.flush()
    writing.index_new(actor, SUBJECT, {task.id: task.custom})
    told = [*facts_of(task, _TOLD), {"field": "owner", "before": None, "after": _ref(owner)}, *repeated]
    told += writing.told_of_new(actor, SUBJECT, task.custom)
    audit.record(actor, entry(task, "created", told))
    _planned_anew(_about(task))
    _tell(actor, task)
    return task


def _drafted(actor: Actor, draft: TaskDraft, owner: User) -> Task:
    at = clock.now()
    return Task(
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
        reminders=reminders.tidy(draft.reminders),
        created_at=at,
        updated_at=at,
    )


def _custom(actor: Actor, draft: TaskDraft, task: Task) -> filling.Custom:
    rights.demand(actor, SUBJECT, {"detail"} if draft.detail else ())
    wanted = Wanted(sent=draft.custom, facts=own.facts_of(actor, task), in_brief=draft.in_brief)
    return filling.demand(actor, SUBJECT, wanted)


@guarded(policies.update)
def update(actor: Actor, task: Task, changes: Mapping[str, Any]) -> None:
    """Change a task, alone or with those that follow it in its series; a colleague who is given it is told.

    :param changes: fields of `TaskDraft`; a `repeat` is always about those that follow, None ends it
    :raises Invalid: naming the field that cannot be taken
    """
    values = dict(changes)
    following = values.pop("scope", Scope.THIS) == Scope.FOLLOWING
    demand_near(values.get("due_at", task.due_at))
    moved = _handed_on(task, values.pop("owner_id", task.owner_id))
    for name, get in (("customer_id", customers.get), ("contact_id", contacts.get)):
        if name in values and values[name] != getattr(task, name):
            _demand_seen(name, get, actor, values[name])
    repeat, custom = values.pop("repeat", series.UNCHANGED), values.pop("custom", None)
    if "reminders" in values:
        values["reminders"] = reminders.tidy(values["reminders"])
    before = _about(task)
    for name, value in values.items():
        setattr(task, name, value if name == "reminders" else value or None)
    told = [change for change in changes_of(task) if change["field"] in _TOLD] + moved
    rights.demand(actor, SUBJECT, {change["field"] for change in told})
    # Written at once below: a change is one version.
    with db.session.no_autoflush:
        told += writing.rewrite(actor, SUBJECT, task, custom, own.facts_of(actor, task))
        if following:
            series.follow(task, {*values, *(["owner_id"] if moved else [])}, custom or ())
        told += series.repeat(task, repeat)
        reminding.plan(task)
    if told or db.session.is_modified(task):
        task.updated_at = clock.now()
        db.session.flush()
        audit.record(actor, entry(task, "updated", told))
    _planned_anew(*({before, _about(task)} if before != _about(task) else ()))
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
    """Tick a task off; one that is done stays as it is. Of a series, the next one is made."""
    if not task.is_done:
        task.be_done(actor.id)
        _flush_told(actor, task, "completed")
        series.make_next(task, by=actor)
        _planned_anew(_about(task))


@guarded(policies.update)
def reopen(actor: Actor, task: Task) -> None:
    """Take the tick back; one that is open stays as it is. Of a series, a next one left alone goes."""
    if task.is_done:
        task.be_done(None)
        _flush_told(actor, task, "reopened")
        series.take_back_next(task, by=actor)
        _planned_anew(_about(task))


def _flush_told(actor: Actor, task: Task, action: str) -> None:
    reminding.plan(task)
    task.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, entry(task, action))


@guarded(policies.delete)
def delete(actor: Actor, task: Task, *, scope: Scope = Scope.THIS) -> None:
    """Put a task away; of a series, this time alone, or those that follow, too. It can be restored."""
    if scope == Scope.FOLLOWING:
        series.end_with(task)
    elif not task.is_done:
        series.make_next(task, by=actor)
    task.deleted_at, task.deleted_by_id, task.remind_at = clock.now(), actor.id, None
    db.session.flush()
    audit.record(actor, entry(task, "deleted"))
    tidying.note()
    _planned_anew(_about(task))


@guarded(policies.delete)
def restore(actor: Actor, task: Task) -> None:
    """Bring a task back; what is there stays as it is.

    Of a series, a next one left alone goes; a series that had ended with it goes on.
    """
    if task.is_deleted:
        series.revive(task)
        task.deleted_at = task.deleted_by_id = None
        _flush_told(actor, task, "restored")
        if not task.is_done:
            series.take_back_next(task, by=actor)
        _planned_anew(_about(task))


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


def _about(task: Task) -> tuple[UUID | None, UUID | None, datetime]:
    """What decides when the next step with a customer is due."""
    return task.customer_id, task.contact_id, task.due_at


def _planned_anew(*about: tuple[UUID | None, UUID | None, datetime]) -> None:
    customers_of = {customer for customer, _, _ in about if customer}
    contacts_of = {contact for customer, contact, _ in about if contact and not customer}
    if customers_of or contacts_of:
        publish(
            StepsChanged(customer_ids=tuple(sorted(customers_of)), contact_ids=tuple(sorted(contacts_of)))
        )


def _ref(user: User | None) -> dict[str, str] | None:
    return {"id": str(user.id), "name": user.name} if user else None
