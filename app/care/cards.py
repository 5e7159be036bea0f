"""Care rules as shown: how they are told, and what comes of them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.care import telling
from app.care.open_steps import OPEN
from app.care.queries import reach_of
from app.care.states import RuleState, TriggerKind
from app.consents.states import Purpose
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of, text_key
from app.lists import names, pages, totals
from app.lists.instants import utc_of
from app.lists.pages import Asked, Listing
from app.lists.scopes import Reach
from tenants import calendar, rls

MONTH = timedelta(days=30)
_PLAIN = ("id", "version", "name", "purpose", "state")
_JSON = ("trigger", "audience", "steps", "stops")
_COLUMNS = ", ".join(
    (
        "r.id::text",
        *(f"r.{name}" for name in _PLAIN[1:]),
        *(f"r.{name}::text" for name in _JSON),
        "r.owner_id::text",
        *(f"r.{name}::text" for name in ("on_since", "created_at", "updated_at")),
    )
)
LISTING = Listing(
    table="care_rules",
    kind="",
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(instant_key("updated_at"), instant_key("created_at"), text_key("name", "name")),
    default_sort="-updated_at",
    fields=declare(
        Field("name", Kind.TEXT, "r.name"),
        Field("state", Kind.CHOICE, "r.state", tuple(RuleState)),
        Field("purpose", Kind.CHOICE, "r.purpose", tuple(Purpose)),
        Field("trigger_kind", Kind.CHOICE, "r.trigger_kind", tuple(TriggerKind)),
    ),
    searchable=False,
)
# Of each rule at once: what went out in a month, and what is planned next.
_MESSAGES = (
    "SELECT m.origin_id::text, count(*) FILTER (WHERE m.state IN ('sent', 'delivered', 'uncertain') "
    "AND m.released_at >= %(since)s), count(*) FILTER (WHERE m.state = 'waiting'), "
    "min(m.next_at) FILTER (WHERE m.state = 'waiting')::text FROM outreach_messages m "
    "WHERE m.tenant_id = %(tenant)s AND m.origin_type = 'care-rule' AND m.origin_id = ANY (%(ids)s::uuid[]) "
    "GROUP BY m.origin_id"
)
_PLANS = (
    "SELECT u.rule_id::text, count(DISTINCT u.id) FILTER (WHERE u.state IN ('running', 'paused')), "
    "count(s.id) FILTER (WHERE u.state = 'running' AND s.due_at < %(today)s), "
    "min(s.due_at) FILTER (WHERE u.state = 'running' AND s.state = 'waiting')::text "
    "FROM care_runs u LEFT JOIN care_run_steps s ON s.tenant_id = %(tenant)s AND s.run_id = u.id "
    f"AND {OPEN} "
    "WHERE u.tenant_id = %(tenant)s AND u.rule_id = ANY (%(ids)s::uuid[]) GROUP BY u.rule_id"
)
Item = dict[str, Any]


def page(connection: Any, actor: Actor, asked: Asked) -> Item:
    """A page of the rules, for orjson; as many statements however many there are.

    :param connection: a psycopg connection inside the tenant's walls
    """
    reach = reach_of(actor)
    found = pages.fetch(connection, LISTING, reach, asked, actor.tenant_id)
    body: Item = {"items": _items(connection, actor, found.rows), "next_cursor": found.next_cursor}
    if asked.total:
        body["total"] = totals.count(connection, LISTING, reach, asked, actor.tenant_id)
    return body


def these(connection: Any, actor: Actor, within: Reach, ids: Sequence[UUID]) -> list[Item]:
    """Those of some rules that there still are, in the order given, as files tell of them.

    :param connection: a psycopg connection inside the tenant's walls
    """
    statement = (
        f"SELECT {_COLUMNS} FROM care_rules r WHERE r.tenant_id = %(tenant)s AND r.id = ANY (%(ids)s) "
        f"AND r.deleted_at IS NULL AND {within.predicate}"
    )
    asked = {**within.params, "tenant": actor.tenant_id, "ids": list(ids)}
    found = {item["id"]: item for item in _items(connection, actor, pages.run(connection, statement, asked))}
    waits, does = telling.teller(actor)
    return [
        {**item, "trigger": waits(item), "sentence": does(item), "whom": item["audience"]["whom"]}
        for one in ids
        if (item := found.get(str(one)))
    ]


def whole(connection: Any, actor: Actor, rule_id: UUID) -> Item:
    """One rule, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: when there is none for the actor
    """
    reach_of(actor)
    statement = (
        f"SELECT {_COLUMNS} FROM care_rules r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s "
        "AND r.deleted_at IS NULL"
    )
    rows = pages.run(connection, statement, {"tenant": actor.tenant_id, "id": rule_id})
    if not rows:
        raise NotFound
    return _items(connection, actor, rows)[0]


def whole_now(actor: Actor, rule_id: UUID) -> Item:
    """One rule as it stands in the middle of a change."""
    return whole(rls.driver_of(db.session()), actor, rule_id)


def flat(shown: Mapping[str, Any]) -> Item:
    """A whole rule as plain data, as changes name it."""
    plain: Item = orjson.loads(orjson.dumps(shown))
    return plain


def _items(connection: Any, actor: Actor, rows: Sequence[Sequence[Any]]) -> list[Item]:
    ids = [row[0] for row in rows]
    called = names.directory(connection, actor, {row[len(_PLAIN) + len(_JSON)] for row in rows})
    today = calendar.today(actor.zone)
    asked = {
        "tenant": actor.tenant_id,
        "ids": ids,
        "since": clock.now() - MONTH,
        "today": calendar.end_of(today - timedelta(days=1), actor.zone),
    }
    sent = {row[0]: row[1:] for row in pages.run(connection, _MESSAGES, asked)} if ids else {}
    plans = {row[0]: row[1:] for row in pages.run(connection, _PLANS, asked)} if ids else {}
    return [_item(row, called, sent.get(row[0]), plans.get(row[0])) for row in rows]


def _item(row: Sequence[Any], called: names.Names, sent: Any, plans: Any) -> Item:
    item = dict(zip(_PLAIN, row, strict=False))
    rest = row[len(_PLAIN) :]
    item |= {name: orjson.loads(text) for name, text in zip(_JSON, rest, strict=False)}
    owner, on_since, created, updated = rest[len(_JSON) : len(_JSON) + 4]
    item["owner"] = called.user(owner)
    item["on_since"] = utc_of(on_since) if on_since else None
    item |= {"created_at": utc_of(created), "updated_at": utc_of(updated)}
    sent_count, planned, next_message = sent or (0, 0, None)
    running, overdue, next_step = plans or (0, 0, None)
    item |= {"sent_30_days": sent_count, "planned": planned, "running": running, "overdue": overdue}
    coming = [one for one in (next_message, next_step) if one]
    item["next_at"] = min(map(utc_of, coming)) if coming and item["state"] == RuleState.ON else None
    return item
