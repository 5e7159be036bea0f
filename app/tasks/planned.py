"""When the tasks that come back will be due that are not made yet."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.lists import names, pages
from app.tasks.cards import reach_of
from app.tasks.repeats import Repeat
from tenants import calendar

MOST_SERIES = 200
MOST_EACH = 100
_OPEN = (
    "SELECT r.id::text, s.title, r.owner_id::text, r.scheduled_on, r.occurrence, s.rule, s.starts_on, "
    "s.at_second FROM tasks r JOIN task_series s ON s.tenant_id = r.tenant_id AND s.id = r.series_id "
    "WHERE r.tenant_id = %(tenant)s AND r.owner_id = ANY (%(owners)s::uuid[]) AND r.done_at IS NULL "
    "AND r.deleted_at IS NULL AND r.due_at < %(until)s AND s.ended_at IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM tasks n WHERE n.tenant_id = r.tenant_id "
    "AND n.series_id = r.series_id AND n.occurrence > r.occurrence)"
)


def between(
    connection: Any, actor: Actor, owner_ids: Sequence[UUID], first: date, last: date
) -> list[dict[str, Any]]:
    """The tasks of some colleagues that are planned from one day to another: {"task_id", "title", "due_at"}.

    :param connection: a psycopg connection inside the tenant's walls
    """
    zone, within = calendar.zone(), reach_of(actor)
    text = f"{_OPEN} AND {within.predicate} ORDER BY r.due_at, r.id LIMIT {MOST_SERIES}"
    asked = {
        "tenant": actor.tenant_id,
        "owners": list(owner_ids),
        "until": calendar.end_of(last, zone),
    }
    rows = pages.run(connection, text, {**within.params, **asked})
    called = names.directory(connection, actor, {row[2] for row in rows})
    found = [
        {
            "task_id": task_id,
            "title": title,
            "owner": called.user(owner),
            "due_at": _moment(datetime.combine(day, _time(second), tzinfo=zone)),
        }
        for task_id, title, owner, scheduled_on, occurrence, rule, starts_on, second in rows
        for day in _days(rule, starts_on, scheduled_on, occurrence, first, last)
    ]
    return sorted(found, key=lambda one: str(one["due_at"]))


def _days(
    rule: str, starts_on: date, scheduled_on: date, occurrence: int, first: date, last: date
) -> Iterator[date]:
    repeat = Repeat.of(rule)
    left = MOST_EACH if repeat.count is None else repeat.count - occurrence
    begin = scheduled_on + timedelta(days=1)
    if repeat.count is None:
        # How many there are before does not matter.
        begin = max(begin, first)
    days = repeat.between(begin, last, start=starts_on)[: max(left, 0)]
    return (day for day in days[:MOST_EACH] if day >= first)


def _time(second: int) -> time:
    return time(second // 3600, second % 3600 // 60, second % 60)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
