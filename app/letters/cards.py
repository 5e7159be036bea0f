"""Letters as shown: what they say, and when they were printed."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of, text_key
from app.letters.queries import reach_of
from app.lists import names, pages, totals
from app.lists.instants import utc_of
from app.lists.pages import Asked, Listing
from tenants import rls

Item = dict[str, Any]
PRINTINGS = 50
"""So many of the printings of a letter are shown, the newest first."""
_TEXTS = (
    "heading", "salutation", "body", "signature", "sender_name", "sender_address", "sender_postcode",
    "sender_phone", "campaign_part",
)  # fmt: skip
_PLAIN = ("id", "version", "name", "locale", *_TEXTS, "letterhead", "one_each")
_KEYS = (*_PLAIN, "dated_on", "campaign_id", "campaign_name")
_REST = len(_KEYS)
_OWNER = _REST + 3
_COLUMNS = ", ".join(
    (
        "r.id::text",
        *(f"r.{name}" for name in _PLAIN[1:]),
        "r.dated_on::text",
        "r.campaign_id::text",
        "(SELECT c.name FROM campaigns c WHERE c.tenant_id = r.tenant_id AND c.id = r.campaign_id)",
        "r.audience::text",
        "r.created_at::text",
        "r.updated_at::text",
        "r.owner_id::text",
    )
)
LISTING = Listing(
    table="letters",
    kind="",
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(instant_key("updated_at"), instant_key("created_at"), text_key("name", "name")),
    default_sort="-updated_at",
    fields=declare(
        Field("name", Kind.TEXT, "r.name"),
        Field("created_at", Kind.INSTANT, "r.created_at"),
        Field("updated_at", Kind.INSTANT, "r.updated_at"),
    ),
    searchable=False,
)
_PRINTED = (
    "SELECT p.letter_id::text, max(p.created_at)::text, count(*) FROM letter_printings p "
    "WHERE p.tenant_id = %(tenant)s AND p.letter_id = ANY (%(ids)s::uuid[]) GROUP BY p.letter_id"
)
_EACH = (
    "SELECT p.id::text, p.job_id::text, p.form, p.created_at::text, j.state, j.succeeded, j.skipped, "
    "j.total, j.created_by_id::text FROM letter_printings p "
    "JOIN jobs j ON j.tenant_id = p.tenant_id AND j.id = p.job_id "
    "WHERE p.tenant_id = %(tenant)s AND p.letter_id = %(id)s "
    f"ORDER BY p.created_at DESC, p.id DESC LIMIT {PRINTINGS}"
)
_PRINTING = ("id", "job_id", "paper", "created_at", "state", "succeeded", "skipped", "total")


def page(connection: Any, actor: Actor, asked: Asked) -> Item:
    """A page of letters, for orjson; as many statements however many there are.

    :param connection: a psycopg connection inside the tenant's walls
    """
    reach = reach_of(actor)
    found = pages.fetch(connection, LISTING, reach, asked, actor.tenant_id)
    body: Item = {"items": _items(connection, actor, found.rows), "next_cursor": found.next_cursor}
    if asked.total:
        body["total"] = totals.count(connection, LISTING, reach, asked, actor.tenant_id)
    return body


def whole(connection: Any, actor: Actor, letter_id: UUID) -> Item:
    """One letter, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: when there is none for the actor
    """
    reach_of(actor)
    statement = (
        f"SELECT {_COLUMNS} FROM letters r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s "
        "AND r.deleted_at IS NULL"
    )
    rows = pages.run(connection, statement, {"tenant": actor.tenant_id, "id": letter_id})
    if not rows:
        raise NotFound
    return _items(connection, actor, rows)[0]


def whole_now(actor: Actor, letter_id: UUID) -> Item:
    """One letter as it stands in the middle of a change."""
    return whole(rls.driver_of(db.session()), actor, letter_id)


def flat(shown: Mapping[str, Any]) -> Item:
    """A whole letter as plain data, as changes name it."""
    plain: Item = orjson.loads(orjson.dumps(shown))
    return plain


def printings(connection: Any, actor: Actor, letter_id: UUID) -> Item:
    """When a letter was printed, by whom and what became of it, the newest first.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: when there is no such letter for the actor
    """
    whole(connection, actor, letter_id)
    rows = pages.run(connection, _EACH, {"tenant": actor.tenant_id, "id": letter_id})
    called = names.directory(connection, actor, {row[-1] for row in rows})
    items = []
    for row in rows:
        item: Item = dict(zip(_PRINTING, row, strict=False))
        items.append(item | {"created_at": utc_of(item["created_at"]), "by": called.user(row[-1])})
    return {"items": items}


def _items(connection: Any, actor: Actor, rows: Sequence[Sequence[Any]]) -> list[Item]:
    called = names.directory(connection, actor, {row[_OWNER] for row in rows})
    asked = {"tenant": actor.tenant_id, "ids": [row[0] for row in rows]}
    printed = {row[0]: row[1:] for row in pages.run(connection, _PRINTED, asked)} if rows else {}
    return [_item(row, called, printed.get(row[0], (None, 0))) for row in rows]


def _item(row: Sequence[Any], called: names.Names, printed: Sequence[Any]) -> Item:
    item: Item = dict(zip(_KEYS, row, strict=False))
    audience, created, updated, owner = row[_REST : _OWNER + 1]
    campaign, name = item.pop("campaign_id"), item.pop("campaign_name")
    at, times = printed
    return item | {
        "audience": orjson.loads(audience),
        "campaign": {"id": campaign, "name": name} if campaign else None,
        "owner": called.user(owner),
        "printed_at": utc_of(at) if at else None,
        "printings": times,
        "created_at": utc_of(created),
        "updated_at": utc_of(updated),
    }
