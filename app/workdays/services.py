"""Saying when a company works."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.queries.standing import tenant_of
from app.access.rules import permitted
from app.access.services.tenant import SUBJECT_ID
from app.audit import services as audit
from app.audit.services import Entry
from app.core.db import db
from app.core.errors import invalid
from app.workdays import models
from app.workdays.models import WorkCalendar

SUBJECT = "work-calendar"
_TIMES = ("begins", "break_begins", "break_ends", "ends")


@permitted(Permission.TENANT_MANAGE)
def change(actor: Actor, changes: Mapping[str, Any]) -> WorkCalendar:
    """Work at other times; what counts in working time from now on counts by them.

    :param changes: any of the calendar's fields
    :raises Invalid: naming the time that does not follow the one before
    """
    wanted = models.current()
    changes = _tidied(changes)
    told = [
        {"field": name, "before": audit.plain(getattr(wanted, name)), "after": audit.plain(value)}
        for name, value in changes.items()
        if getattr(wanted, name) != value
    ]
    if not told:
        return wanted
    _demand_in_order({name: changes.get(name, getattr(wanted, name)) for name in _TIMES})
    for name, value in changes.items():
        setattr(wanted, name, value)
    wanted.version += 1
    db.session.add(wanted)
    db.session.flush()
    audit.record(
        actor,
        Entry(
            action="updated",
            subject_type=SUBJECT,
            subject_id=SUBJECT_ID,
            subject_label=tenant_of(actor).name,
            changes=told,
        ),
    )
    return wanted


def _tidied(changes: Mapping[str, Any]) -> dict[str, Any]:
    tidied = dict(changes)
    if "weekdays" in tidied:
        tidied["weekdays"] = sorted(set(tidied["weekdays"]))
    if "exceptions" in tidied:
        # Said twice, the later counts.
        days = {one["day"].isoformat(): one["works"] for one in tidied["exceptions"]}
        tidied["exceptions"] = [{"day": day, "works": days[day]} for day in sorted(days)]
    return tidied


def _demand_in_order(times: Mapping[str, Any]) -> None:
    if (times["break_begins"] is None) is not (times["break_ends"] is None):
        lacking = "break_begins" if times["break_begins"] is None else "break_ends"
        raise invalid(lacking, "required")
    known = [(name, times[name]) for name in _TIMES if times[name] is not None]
    for (_, earlier), (name, later) in pairwise(known):
        if later <= earlier:
            raise invalid(name, "too-early-in-day")
