"""The calendar: what is due, what is planned to come back, and what was done, from one day to another."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.activities import cards as activities
from app.core.db import db
from app.core.errors import invalid
from app.tasks import cards as tasks
from app.tasks import planned
from app.tasks.states import YEARS
from tenants import calendar, rls

MOST_DAYS = 62
MOST_PEOPLE = 20
MOST = 500


@permitted(Permission.TASK_READ)
def page(actor: Actor, *, first: date, days: int, owner_ids: Sequence[UUID]) -> dict[str, Any]:
    """What the actor sees of some colleagues' days, for orjson; `cut` says that there is more.

    :raises Invalid: for days of another age
    """
    if first.year not in YEARS:
        raise invalid("first", "too-far", first=YEARS.start, last=YEARS.stop - 1)
    connection = rls.driver_of(db.session())
    zone, last = calendar.zone(), first + timedelta(days=days - 1)
    since, until = calendar.end_of(first - timedelta(days=1), zone), calendar.end_of(last, zone)
    due = tasks.between(connection, actor, owner_ids, since, until, most=MOST + 1)
    done: list[dict[str, Any]] = []
    if actor.may(Permission.ACTIVITY_READ) and actor.may(Permission.CUSTOMER_READ):
        done = activities.between(connection, actor, owner_ids, since, until, most=MOST + 1)
    to_come = planned.between(connection, actor, owner_ids, first, last)
    parts = {"tasks": due, "planned": to_come, "activities": done}
    return {
        **{name: part[:MOST] for name, part in parts.items()},
        "cut": any(len(part) > MOST for part in parts.values()),
    }
