"""Tasks as calendars of phones read them (RFC 5545).

Those that come back are written out one by one: the hour then holds when the clocks change, and every phone
understands it, whatever it makes of rules such as the last day of a month.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from app.access.actor import Actor
from app.core import clock
from app.core.db import db
from app.tasks import cards, planned
from tenants import calendar, rls

BACK, AHEAD = timedelta(days=30), timedelta(days=180)
MOST = 1000
SHOWN_FOR = timedelta(minutes=30)
_READ_AGAIN = timedelta(minutes=30)
_PRIORITIES = {"high": 1, "normal": 5, "low": 9}
_NAMES = {"zh-CN": "待办", "en": "Tasks"}
_NO_CHANGE = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def written(*, of: Actor, company: str, site: str) -> bytes:
    """What somebody is to do, from a month ago to half a year ahead, as a calendar.

    :param site: the address of our pages
    """
    connection, today = rls.driver_of(db.session()), calendar.today(calendar.zone())
    now = clock.now()
    owners = [of.id]
    tasks = cards.between(connection, of, owners, now - BACK, now + AHEAD, most=MOST)
    to_come = planned.between(connection, of, owners, today, (today + AHEAD))
    made = Calendar()
    made.add("prodid", "-//Guanxi//Tasks//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{company} · {_NAMES.get(of.locale, _NAMES['zh-CN'])}")
    made.add("refresh-interval", _READ_AGAIN, parameters={"value": "DURATION"})
    made.add("x-published-ttl", "PT30M")
    for task in tasks:
        if task["done_at"] is None:
            made.add_component(_event(task, site))
    for one in to_come:
        made.add_component(_coming(one, site))
    return bytes(made.to_ical())


def _event(task: Mapping[str, Any], site: str) -> Event:
    changed = datetime.fromisoformat(task["updated_at"])
    event = _at(
        task["title"], task["due_at"], changed, f"{task['id']}@guanxi", f"{site}/tasks?open={task['id']}"
    )
    event.add("priority", _PRIORITIES[task["priority"]])
    about = [ref["name"] for ref in (task["customer"], task["contact"]) if ref]
    if about or task["detail"]:
        event.add("description", "\n".join(filter(None, [" · ".join(about), task["detail"]])))
    return event


def _coming(one: Mapping[str, Any], site: str) -> Event:
    day = one["due_at"][:10]
    return _at(
        one["title"],
        one["due_at"],
        _NO_CHANGE,
        f"{one['task_id']}-{day}@guanxi",
        f"{site}/tasks?open={one['task_id']}",
    )


def _at(title: str, due_at: str, changed: datetime, uid: str, link: str) -> Event:
    due = datetime.fromisoformat(due_at)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", due)
    event.add("dtend", due + SHOWN_FOR)
    event.add("summary", title)
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    return event
