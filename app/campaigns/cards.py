"""Campaigns as shown: how they are told, and what has come of them by now."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.campaigns.queries import reach_of
from app.campaigns.states import PURPOSES, CampaignState
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of, text_key
from app.lists import names, pages, totals
from app.lists.instants import utc_of
from app.lists.pages import Asked, Listing
from tenants import rls

Item = dict[str, Any]
_PLAIN = ("id", "version", "name", "purpose", "state", "lasts_hours", "pace", "pace_per")
_JSON = ("audience", "choices")
_MOMENTS = ("start_at", "due_at", "begun_at", "expires_at", "ended_at", "created_at", "updated_at")
_OWNER = len(_PLAIN) + len(_JSON) + len(_MOMENTS)
_COLUMNS = ", ".join(
    (
        "r.id::text",
        *(f"r.{name}" for name in _PLAIN[1:]),
        *(f"r.{name}::text" for name in (*_JSON, *_MOMENTS)),
        "r.owner_id::text",
    )
)
LISTING = Listing(
    table="campaigns",
    kind="",
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(instant_key("updated_at"), instant_key("created_at"), text_key("name", "name")),
    default_sort="-updated_at",
    fields=declare(
        Field("name", Kind.TEXT, "r.name"),
        Field("state", Kind.CHOICE, "r.state", tuple(CampaignState)),
        Field("purpose", Kind.CHOICE, "r.purpose", PURPOSES),
        Field("created_at", Kind.INSTANT, "r.created_at"),
    ),
    searchable=False,
)
_PEOPLE = (
    "SELECT p.campaign_id::text, count(*), count(*) FILTER (WHERE p.same_address), "
    "count(*) FILTER (WHERE p.planned_at IS NULL AND NOT p.same_address) FROM campaign_people p "
    "WHERE p.tenant_id = %(tenant)s AND p.campaign_id = ANY (%(ids)s::uuid[]) GROUP BY p.campaign_id"
)
_MESSAGES = (
    "SELECT m.origin_id::text, m.state, m.reason, count(*) FROM outreach_messages m "
    "WHERE m.tenant_id = %(tenant)s AND m.origin_type = 'campaign' AND m.origin_id = ANY (%(ids)s::uuid[]) "
    "GROUP BY m.origin_id, m.state, m.reason ORDER BY count(*) DESC, m.state, m.reason"
)


def page(connection: Any, actor: Actor, asked: Asked) -> Item:
    """A page of campaigns, for orjson; as many statements however many there are.

    :param connection: a psycopg connection inside the tenant's walls
    """
    reach = reach_of(actor)
    found = pages.fetch(connection, LISTING, reach, asked, actor.tenant_id)
    body: Item = {"items": _items(connection, actor, found.rows), "next_cursor": found.next_cursor}
    if asked.total:
        body["total"] = totals.count(connection, LISTING, reach, asked, actor.tenant_id)
    return body


def whole(connection: Any, actor: Actor, campaign_id: UUID) -> Item:
    """One campaign, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: when there is none for the actor
    """
    reach_of(actor)
    statement = (
        f"SELECT {_COLUMNS} FROM campaigns r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s "
        "AND r.deleted_at IS NULL"
    )
    rows = pages.run(connection, statement, {"tenant": actor.tenant_id, "id": campaign_id})
    if not rows:
        raise NotFound
    return _items(connection, actor, rows)[0]


def whole_now(actor: Actor, campaign_id: UUID) -> Item:
    """One campaign as it stands in the middle of a change."""
    return whole(rls.driver_of(db.session()), actor, campaign_id)


def flat(shown: Mapping[str, Any]) -> Item:
    """A whole campaign as plain data, as changes name it."""
    plain: Item = orjson.loads(orjson.dumps(shown))
    return plain


def _items(connection: Any, actor: Actor, rows: Sequence[Sequence[Any]]) -> list[Item]:
    called = names.directory(connection, actor, {row[_OWNER] for row in rows})
    asked = {"tenant": actor.tenant_id, "ids": [row[0] for row in rows]}
    people = {row[0]: row[1:] for row in pages.run(connection, _PEOPLE, asked)} if rows else {}
    come: dict[str, list[Item]] = {}
    for campaign_id, state, reason, count in pages.run(connection, _MESSAGES, asked) if rows else ():
        come.setdefault(campaign_id, []).append({"state": state, "reason": reason, "count": count})
    return [_item(row, called, people.get(row[0], (0, 0, 0)), come.get(row[0], [])) for row in rows]


def _item(row: Sequence[Any], called: names.Names, people: Sequence[int], come: list[Item]) -> Item:
    item: Item = dict(zip(_PLAIN, row, strict=False))
    rest = row[len(_PLAIN) :]
    item |= {name: orjson.loads(text) for name, text in zip(_JSON, rest, strict=False)}
    for name, moment in zip(_MOMENTS, rest[len(_JSON) :], strict=False):
        item[name] = utc_of(moment) if moment else None
    item["owner"] = called.user(row[_OWNER])
    total, same_address, left = people
    item["results"] = {"people": total, "same_address": same_address, "left": left, "messages": come}
    return item
