"""Plans that people are in as shown: who is where, what comes next and what is overdue."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.care.open_steps import OPEN
from app.care.queries import runs_reach
from app.care.states import RunState, StepState
from app.contacts.cards import refs as contact_refs
from app.core import clock
from app.core.db import db
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of
from app.customers.cards import refs as customer_refs
from app.lists import pages, totals
from app.lists.instants import utc_of
from app.lists.pages import Asked, Listing
from tenants import calendar, rls

_OPEN_SINCE = (
    "(SELECT min(s.due_at) FROM care_run_steps s WHERE s.tenant_id = %(tenant)s AND s.run_id = r.id "
    f"AND {OPEN})"
)
_KEYS = ("id", "version", "rule_id", "rule", "customer", "contact", "about_kind", "about_id", "about_label",
         "state", "ended_because", "begun_at", "ended_at", "updated_at")  # fmt: skip
_COLUMNS = (
    "r.id::text, r.version, r.rule_id::text, (SELECT q.name FROM care_rules q WHERE q.tenant_id = %(tenant)s "
    "AND q.id = r.rule_id), r.customer_id::text, r.contact_id::text, r.about_kind, r.about_id::text, "
    "r.about_label, r.state, r.ended_because, r.begun_at::text, r.ended_at::text, r.updated_at::text"
)
LISTING = Listing(
    table="care_runs",
    kind="",
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(instant_key("begun_at")),
    default_sort="-begun_at",
    fields=declare(
        *(Field(name, Kind.ID, f"r.{name}") for name in ("rule_id", "customer_id", "contact_id")),
        Field("state", Kind.CHOICE, "r.state", tuple(RunState)),
        Field("open_since", Kind.INSTANT, _OPEN_SINCE),
    ),
    live="true",
    searchable=False,
)
_STEPS = (
    "SELECT s.id::text, s.run_id::text, s.place, s.choices::text, s.task, s.state, s.reason, s.due_at, "
    "s.settled_at::text, s.message_id::text, s.task_id::text, m.way, m.state, "
    f"{OPEN} FROM care_run_steps s "
    "LEFT JOIN outreach_messages m ON m.tenant_id = %(tenant)s AND m.id = s.message_id "
    "WHERE s.tenant_id = %(tenant)s AND s.run_id = ANY (%(ids)s::uuid[]) ORDER BY s.run_id, s.place"
)
Item = dict[str, Any]


def page(connection: Any, actor: Actor, asked: Asked) -> Item:
    """A page of the plans of those whom the actor sees, for orjson; constant statements.

    :param connection: a psycopg connection inside the tenant's walls
    """
    reach = runs_reach(actor)
    found = pages.fetch(connection, LISTING, reach, asked, actor.tenant_id)
    body: Item = {"items": _items(connection, actor, found.rows), "next_cursor": found.next_cursor}
    if asked.total:
        body["total"] = totals.count(connection, LISTING, reach, asked, actor.tenant_id)
    return body


def whole_now(reader: Actor, run_id: UUID) -> Item:
    """One plan as it stands in the middle of a change, for orjson."""
    connection = rls.driver_of(db.session())
    statement = f"SELECT {_COLUMNS} FROM care_runs r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s"
    rows = pages.run(connection, statement, {"tenant": reader.tenant_id, "id": run_id})
    return _items(connection, reader, rows)[0]


def _items(connection: Any, actor: Actor, rows: Sequence[Sequence[Any]]) -> list[Item]:
    items = [dict(zip(_KEYS, row, strict=False)) for row in rows]
    if not items:
        return []
    steps: dict[str, list[Item]] = {item["id"]: [] for item in items}
    midnight = calendar.end_of(calendar.today(actor.zone) - timedelta(days=1), actor.zone)
    for row in pages.run(connection, _STEPS, {"tenant": actor.tenant_id, "ids": list(steps)}):
        steps[row[1]].append(_step(row, midnight))
    customers = customer_refs(connection, actor, {item["customer"] for item in items})
    contacts = contact_refs(connection, actor, {item["contact"] for item in items})
    for item in items:
        item["rule"] = {"id": item.pop("rule_id"), "name": item["rule"]}
        item["customer"] = customers.get(item["customer"])
        item["contact"] = contacts.get(item["contact"])
        for name in ("begun_at", "ended_at", "updated_at"):
            item[name] = utc_of(item[name]) if item[name] else None
        item["steps"] = steps[item["id"]]
        running = item["state"] == RunState.RUNNING
        item["overdue"] = running and any(step["overdue"] for step in item["steps"])
        waiting = [step["due_at"] for step in item["steps"] if step["state"] == StepState.WAITING]
        item["next_at"] = min(waiting) if waiting and running else None
    return items


def _step(row: Sequence[Any], midnight: Any) -> Item:
    step_id, _, place, choices, task, state, reason, due, settled, message, task_id, way, sent, is_open = row
    return {
        "id": step_id,
        "place": place,
        "ways": [one["way"] for one in _loads(choices)],
        "task": task,
        "state": state,
        "reason": reason,
        "due_at": due.astimezone(clock.now().tzinfo),
        "settled_at": utc_of(settled) if settled else None,
        "message_id": message,
        "task_id": task_id,
        "way": way,
        "message_state": sent,
        "overdue": is_open and due < midnight,
    }


def _loads(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = orjson.loads(text)
    return found
