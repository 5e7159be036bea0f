"""Tasks that come back: the first begins a series, and each that is done makes the next one.

The next is made in the transaction that ticks the last one off. It falls on the first day of the rule that is
not over yet: what was left lying for weeks comes back once.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import insert, select

from app.access.actor import Actor
from app.access.models import User, UserState
from app.audit import services as audit
from app.audit.services import Entry, facts_of
from app.core import clock
from app.core.db import db
from app.core.errors import invalid
from app.core.events import publish
from app.core.ids import new_id
from app.events.records import RecordsGone
from app.fields import index as field_index
from app.fields import writing
from app.tasks import own, reminding
from app.tasks.models import Task, TaskSeries, second_of_day
from app.tasks.own import SUBJECT
from app.tasks.repeats import Repeat
from tenants import calendar

UNCHANGED: Final = {"every": ""}
_HANDED_DOWN = ("title", "detail", "priority", "reminders", "owner_id", "customer_id", "contact_id")
_FRESH = 1
_MADE_FROM = ("title", "due_at")


def begin(task: Task, wanted: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Make a task the first of a new series; returns what the trail tells of it.

    :raises Invalid: for a repeat that we do not offer, or of what is done
    """
    if task.is_done:
        raise invalid("repeat", "task-is-done")
    first = task.due_at.astimezone(calendar.zone())
    rule = Repeat.wanted(wanted, first=first.date()).rule
    series_id = new_id()
    db.session.execute(
        insert(TaskSeries).values(
            id=series_id,
            rule=rule,
            starts_on=first.date(),
            at_second=second_of_day(first.time()),
            created_by_id=task.created_by_id,
            created_at=clock.now(),
            custom=task.custom,
            **{name: getattr(task, name) for name in _HANDED_DOWN},
        )
    )
    task.series_id, task.occurrence, task.scheduled_on = series_id, 1, first.date()
    return [{"field": "repeat", "before": None, "after": rule}]


def repeat(task: Task, wanted: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Let a task come back otherwise from now on, or no more; returns what the trail tells of it.

    :raises Invalid: for a repeat that we do not offer, or of what is done
    """
    if wanted is UNCHANGED:
        return []
    former = _living(task)
    if former is None:
        return begin(task, wanted) if wanted else []
    if wanted and Repeat.wanted(wanted, first=former.starts_on).rule == former.rule:
        return []
    end(task)
    told = begin(task, wanted) if wanted else [{"field": "repeat", "before": None, "after": None}]
    return [{**told[0], "before": former.rule}]


def end(task: Task) -> None:
    """Let a task be the last of its series, and stand alone from now on."""
    series = _living(task)
    if series is not None:
        series.ended_at = clock.now()
        task.series_id = task.occurrence = task.scheduled_on = None


def end_with(task: Task) -> None:
    """Let nothing follow a task that is put away; its series waits for it to come back."""
    series = _living(task)
    if series is not None:
        series.ended_at, series.ended_with_id = clock.now(), task.id


def revive(task: Task) -> None:
    """A task is back: if its series had ended with it, that goes on."""
    if task.series_id is None:
        return
    waiting = (TaskSeries.id == task.series_id) & (TaskSeries.ended_with_id == task.id)
    series = db.session.scalars(select(TaskSeries).where(waiting).with_for_update()).first()
    if series is not None:
        series.ended_at = series.ended_with_id = None


def follow(task: Task, names: Collection[str], own_names: Collection[str] = ()) -> None:
    """Let those that follow a task be what it has become.

    :param names: what was changed of it
    :param own_names: the same of the company's own fields
    :raises Invalid: when it is done: those that follow it have been made, and stand on their own
    """
    series = _living(task)
    if series is None:
        return
    if task.is_done:
        raise invalid("scope", "task-is-done")
    for name in names:
        if name in _HANDED_DOWN:
            setattr(series, name, getattr(task, name))
    left = {name: value for name, value in series.custom.items() if name not in own_names}
    series.custom = left | {name: task.custom[name] for name in own_names if name in task.custom}
    if "due_at" in names:
        due = task.due_at.astimezone(calendar.zone())
        series.starts_on = task.scheduled_on = due.date()
        series.at_second = second_of_day(due.time())


def make_next(task: Task, *, by: Actor) -> None:
    """Make the task that follows one, unless it is there or the series is over."""
    series = _living(task)
    if series is None or _later(task) is not None:
        return
    day = _next_day(series, task)
    if day is None:
        return
    due_at = datetime.combine(day, series.time_of_day, tzinfo=calendar.zone()).astimezone(UTC)
    owner, at = _owner(series, by), clock.now()
    following = Task(
        **{name: getattr(series, name) for name in _HANDED_DOWN if name != "owner_id"},
        due_at=due_at,
        owner_id=owner.id,
        department_id=owner.department_id,
        created_by_id=series.created_by_id,
        series_id=series.id,
        occurrence=(task.occurrence or 0) + 1,
        scheduled_on=day,
        created_at=at,
        updated_at=at,
    )
    following.custom = own.inherited(by, series.custom, following)
    reminding.plan(following)
    db.session.add(following)
    db.session.flush()
    writing.index_new(by, SUBJECT, {following.id: following.custom})
    audit.record(by, entry(following, "created", facts_of(following, _MADE_FROM)))


def take_back_next(task: Task, *, by: Actor) -> None:
    """Take back the task that followed one, if nobody has touched it since."""
    following = _later(task)
    if (
        following is not None
        and following.occurrence == (task.occurrence or 0) + 1
        and following.version == _FRESH
        and not following.is_done
        and not following.is_deleted
    ):
        audit.record(by, entry(following, "deleted"))
        field_index.drop([following.id])
        publish(RecordsGone(record_type=SUBJECT, record_ids=(following.id,)))
        db.session.delete(following)
        db.session.flush()


def entry(task: Task, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """A line of the trail about a task."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=task.id,
        subject_label=task.title,
        changes=changes,
        about_id=task.customer_id or task.contact_id,
        also_about_id=task.contact_id if task.customer_id else None,
    )


def _next_day(series: TaskSeries, task: Task) -> date | None:
    rule = Repeat.of(series.rule)
    if rule.count is not None and (task.occurrence or 0) >= rule.count:
        return None
    yesterday = calendar.today(calendar.zone()) - timedelta(days=1)
    return rule.after(max(task.scheduled_on or series.starts_on, yesterday), start=series.starts_on)


def _living(task: Task) -> TaskSeries | None:
    """The series of a task, locked, if it goes on."""
    if task.series_id is None:
        return None
    return db.session.scalars(
        select(TaskSeries)
        .where(TaskSeries.id == task.series_id, TaskSeries.ended_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def _later(task: Task) -> Task | None:
    """The newest of a task's series, if that is a later one."""
    if task.series_id is None:
        return None
    return db.session.scalars(
        select(Task)
        .where(Task.series_id == task.series_id, Task.occurrence > task.occurrence)
        .order_by(Task.occurrence.desc())
        .limit(1)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def _owner(series: TaskSeries, actor: Actor) -> User:
    """Whoever is to do the next one: if they have left, whoever did the last."""
    candidates = db.session.scalars(
        select(User).where(User.id.in_([series.owner_id, actor.id]), User.state == UserState.ACTIVE)
    ).all()
    return max(candidates, key=lambda user: user.id == series.owner_id)
