"""Handing on, deleting and restoring many tasks at a time."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import User, UserState
from app.access.permissions import Permission
from app.access.rules import permitted
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import FieldProblem
from app.core.events import publish
from app.events.tasks import TasksGiven
from app.tasks import policies, queries, series, tidying
from app.tasks.models import Task
from app.tasks.revising import Changes, Problems, planned_anew, refusal, write


@permitted(Permission.TASK_UPDATE)
def hand_many(actor: Actor, wanted: Mapping[UUID, UUID | None]) -> dict[UUID, Changes | Problems]:
    """Give tasks to colleagues, who are told once; for each the change, or what is wrong with it.

    :param wanted: who is to do it, by task
    """
    tasks = queries.visible(actor, wanted.keys())
    people = _people({*wanted.values(), *(task.owner_id for task in tasks.values())})
    outcomes: dict[UUID, Changes | Problems] = {}
    moved: dict[Task, Changes] = {}
    for task_id, owner_id in wanted.items():
        task, owner = tasks.get(task_id), people.get(owner_id) if owner_id else None
        outcomes[task_id] = refusal(task, policies.update, by=actor)
        if task is None or outcomes[task_id]:
            continue
        if owner is None or owner.state != UserState.ACTIVE:
            outcomes[task_id] = (FieldProblem("owner_id", "unknown-reference"),)
        elif owner.id != task.owner_id:
            outcomes[task_id] = moved[task] = [
                {"field": "owner", "before": _ref(people.get(task.owner_id)), "after": _ref(owner)}
            ]
            task.owner_id, task.department_id = owner.id, owner.department_id
    if moved:
        write(list(moved))
        audit.record_many(actor, [series.entry(task, "updated", told) for task, told in moved.items()])
        _tell(actor, list(moved))
    return outcomes


def _people(ids: Collection[UUID | None]) -> dict[UUID, User]:
    wanted = [one for one in ids if one]
    return {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(wanted)))}


def _ref(user: User | None) -> dict[str, str] | None:
    return {"id": str(user.id), "name": user.name} if user else None


def _tell(actor: Actor, moved: Sequence[Task]) -> None:
    given: dict[UUID, list[Task]] = {}
    for task in moved:
        given.setdefault(task.owner_id, []).append(task)
    for owner_id, tasks in given.items():
        if owner_id != actor.id:
            publish(
                TasksGiven(
                    owner_id=owner_id,
                    by=actor.name,
                    count=len(tasks),
                    task_id=tasks[0].id,
                    title=tasks[0].title,
                )
            )


@permitted(Permission.TASK_UPDATE)
def delete_many(actor: Actor, task_ids: Collection[UUID]) -> dict[UUID, Problems]:
    """Put tasks away; for each what is wrong, nothing for those that went.

    Of a series only this time goes: the next one is made.
    """
    tasks = queries.visible(actor, task_ids)
    problems = {one: refusal(tasks.get(one), policies.delete, by=actor) for one in task_ids}
    gone = [tasks[one] for one, found in problems.items() if not found]
    for task in gone:
        if task.series_id is not None and not task.is_done:
            series.make_next(task, by=actor)
    for task in gone:
        task.deleted_at, task.deleted_by_id = clock.now(), actor.id
    if gone:
        _put(actor, "deleted", gone)
        tidying.note()
    return problems


@permitted(Permission.TASK_UPDATE)
def restore_many(actor: Actor, task_ids: Collection[UUID]) -> dict[UUID, Problems]:
    """Bring tasks back; of a series, a next one left alone goes."""
    tasks = queries.visible(actor, task_ids, deleted=True)
    problems = {one: refusal(tasks.get(one), policies.delete, by=actor) for one in task_ids}
    back = [tasks[one] for one, found in problems.items() if not found]
    for task in back:
        task.deleted_at = task.deleted_by_id = None
    if back:
        _put(actor, "restored", back)
    for task in back:
        if task.series_id is not None and not task.is_done:
            series.take_back_next(task, by=actor)
    return problems


def _put(actor: Actor, action: str, tasks: Sequence[Task]) -> None:
    write(tasks)
    audit.record_many(actor, [series.entry(task, action) for task in tasks])
    planned_anew(tasks)
