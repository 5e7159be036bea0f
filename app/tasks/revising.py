"""Changing many tasks at a time: their priority, when they are due, own fields, and whether they are done.

A fixed number of statements per call, but for tasks that come back: each of them has a next one to be made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule, permitted
from app.audit import services as audit
from app.core import clock
from app.core.bulk import rewrite
from app.core.db import db
from app.core.errors import FieldProblem, Invalid
from app.core.events import publish
from app.events.tasks import StepsChanged
from app.fields import catalogue as catalogues
from app.fields import filling, shown
from app.fields import index as field_index
from app.fields.entities import Facts
from app.fields.filling import Wanted
from app.tasks import own, policies, queries, reminding, series
from app.tasks.models import Task
from app.tasks.own import SUBJECT
from app.tasks.states import demand_near
from tenants import calendar, rls
from tenants.context import require_tenant_id

Changes = Sequence[Mapping[str, Any]]
Problems = tuple[FieldProblem, ...]
COLUMNS = (
    "priority",
    "due_at",
    "done_at",
    "done_by_id",
    "deleted_at",
    "deleted_by_id",
    "remind_at",
    "owner_id",
    "department_id",
    "custom",
)
DONE = "done"
"""Of a task: when it was done and by whom, {"at", "by"}; None while it is open."""


def stored(task: Task, name: str) -> Any:
    """A field of a task as it is kept to be put back."""
    if name == DONE:
        return {"at": _plain(task.done_at), "by": str(task.done_by_id)} if task.done_at else None
    return _plain(task.due_at) if name == "due_at" else getattr(task, name)


def drafted(values: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values as they are taken here."""
    due_at = values.get("due_at")
    return {**values, "due_at": datetime.fromisoformat(due_at)} if due_at else dict(values)


def later(tasks: Mapping[UUID, Task], days: int) -> dict[UUID, dict[str, str]]:
    """Tasks as they are some days later, at the same time of day by the company's clock; as stored."""
    zone, span = calendar.zone(), timedelta(days=days)
    return {key: {"due_at": _plain(task.due_at.astimezone(zone) + span)} for key, task in tasks.items()}


def _plain(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def tidy(values: Mapping[str, Any]) -> tuple[dict[str, Any], Problems]:
    """Values that are to be the same for many, and what is wrong with them for all."""
    empty = (name for name in ("priority", "due_at") if name in values and not values[name])
    return dict(values), tuple(FieldProblem(name, "required") for name in empty) or _faults(values)


@permitted(Permission.TASK_UPDATE)
def revise_many(actor: Actor, wanted: Mapping[UUID, Mapping[str, Any]]) -> dict[UUID, Changes | Problems]:
    """Change fields of tasks; for each what has changed, nothing among it, or what is wrong with it.

    :param wanted: by id, `priority`, `due_at`, `custom` or `DONE`
    """
    tasks = queries.visible(actor, wanted.keys())
    outcomes: dict[UUID, Changes | Problems] = {}
    possible = []
    for task_id, values in wanted.items():
        task = tasks.get(task_id)
        problems = refusal(task, policies.update, by=actor) or _faults(values)
        outcomes[task_id] = problems
        if task is not None and not problems:
            possible.append(_Revised(task, values))
    outcomes |= _fill_in(actor, possible)
    _write(actor, [one for one in possible if one.told and outcomes[one.task.id] is one.told])
    return outcomes


def _fill_in(actor: Actor, possible: Sequence["_Revised"]) -> dict[UUID, Changes | Problems]:
    """Let the company's own fields of tasks be as wanted; a fixed number of statements."""
    catalogue = catalogues.now(actor, SUBJECT)
    facts = own.reader() if catalogue.fields else dict
    filled = filling.fill(actor, SUBJECT, [one.own_wanted(facts) for one in possible])
    outcomes: dict[UUID, Changes | Problems] = {}
    for one, custom in zip(possible, filled, strict=True):
        if isinstance(custom, dict):
            one.custom, outcomes[one.task.id] = custom, one.told
        else:
            outcomes[one.task.id] = custom
    pairs = [(one.task.custom, one.custom) for one in possible]
    connection = rls.driver_of(db.session.connection())
    for one, told in zip(possible, shown.told_of_many(connection, actor, catalogue, pairs), strict=True):
        one.told += told
    return outcomes


def refusal(task: Task | None, rule: Rule[Any], *, by: Actor) -> Problems:
    """Why nothing can be done with a task; nothing if it can."""
    if task is None:
        return (FieldProblem("row", "row-gone"),)
    return () if rule.allows(by, task) else (FieldProblem("row", "task-not-yours"),)


def _faults(values: Mapping[str, Any]) -> Problems:
    try:
        if values.get("due_at"):
            demand_near(values["due_at"])
    except Invalid as fault:
        return tuple(fault.problems)
    return ()


@dataclass
class _Revised:
    """A task as it is to become."""

    task: Task
    values: Mapping[str, Any]

    def __post_init__(self) -> None:
        self.custom = self.task.custom
        sent = ((name, value) for name, value in self.values.items() if name != "custom")
        after = {name: _plain(value) if name == "due_at" else value for name, value in sent}
        self.told = [
            {"field": name, "before": before, "after": value}
            for name, value in after.items()
            if not _same(name, before := stored(self.task, name), value)
        ]

    def own_wanted(self, facts: Facts) -> Wanted:
        """What it is to have in the company's own fields."""
        after = {name: self.values.get(name, getattr(self.task, name)) for name in own.READ}
        return Wanted(
            sent=self.values.get("custom") or {},
            facts=facts(after),
            before=self.task.custom,
            record_id=self.task.id,
        )

    @property
    def action(self) -> str:
        """As the trail calls it."""
        if DONE not in self.values:
            return "updated"
        return "completed" if self.values[DONE] else "reopened"

    def become(self) -> None:
        """Let the task be so; nothing is written yet."""
        self.task.custom = self.custom
        for name, value in self.values.items():
            if name not in {DONE, "custom"}:
                setattr(self.task, name, value)
            elif name == DONE and value:
                self.task.done_at = datetime.fromisoformat(value["at"])
                self.task.done_by_id = UUID(value["by"])
            elif name == DONE:
                self.task.be_done(None)


def _same(name: str, before: Any, after: Any) -> bool:
    # Done is done, whoever did it when.
    return bool(before) == bool(after) if name == DONE else bool(before == after)


def _write(actor: Actor, revised: Sequence[_Revised]) -> None:
    if not revised:
        return
    tasks = [one.task for one in revised]
    refilled = {one.task.id: one.custom for one in revised if one.custom != one.task.custom}
    for one in revised:
        one.become()
    write(tasks)
    field_index.replace_many(refilled, catalogues.now(actor, SUBJECT))
    told = [series.entry(one.task, one.action, () if DONE in one.values else one.told) for one in revised]
    audit.record_many(actor, told)
    for one in revised:
        if DONE in one.values and one.task.series_id is not None:
            turn = series.make_next if one.values[DONE] else series.take_back_next
            turn(one.task, by=actor)
    planned_anew(tasks)


def write(tasks: Sequence[Task]) -> None:
    """Write down what tasks have become in `COLUMNS`, as one statement and one version of each."""
    # What is written here is not to be written again, task by task.
    for task in tasks:
        db.session.expunge(task)
    reminding.plan_many(tasks)
    rows = [{"id": task.id, **{name: getattr(task, name) for name in COLUMNS}} for task in tasks]
    rewrite(Task, rows, tenant_id=require_tenant_id(), at=clock.now())


def planned_anew(tasks: Sequence[Task]) -> None:
    """Tell that there is something else to be done about what tasks are about."""
    customers = {task.customer_id for task in tasks if task.customer_id}
    contacts = {task.contact_id for task in tasks if task.contact_id and not task.customer_id}
    if customers or contacts:
        publish(StepsChanged(customer_ids=tuple(sorted(customers)), contact_ids=tuple(sorted(contacts))))
