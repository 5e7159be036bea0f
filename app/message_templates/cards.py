"""Templates as shown: rows of a list and whole ones."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.access.permissions import Permission
from app.consents.states import Purpose
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of, text_key
from app.lists import names, pages
from app.lists.cards import Cards
from app.lists.instants import utc_of
from app.lists.names import Names
from app.lists.pages import Listing
from app.message_templates.queries import TABLE, reach_of
from app.message_templates.states import LOCALES, WAYS, TemplateState
from tenants import rls

_PLAIN = (
    "version", "name", "way", "purpose", "locale", "subject", "body", "links", "variables", "state",
)  # fmt: skip
_KEYS = ("id", *_PLAIN, "used", "twin_of_id", "twins")
_TWINS = (
    "(SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'locale', t.locale, 'state', t.state) "
    "ORDER BY t.locale), '[]') FROM message_templates t "
    "WHERE t.tenant_id = r.tenant_id AND t.twin_of_id = r.id)"
)
_COLUMNS = ", ".join(
    (
        "r.id::text",
        *(f"r.{name}" for name in _PLAIN),
        "(r.activated_at IS NOT NULL)",
        "r.twin_of_id::text",
        _TWINS,
        "r.updated_by_id::text",
        "r.created_at::text",
        "r.updated_at::text",
    )
)
_BY = len(_KEYS)
LISTING = Listing(
    table=TABLE,
    kind="",
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(instant_key("updated_at"), instant_key("created_at"), text_key("name", "name")),
    default_sort="-updated_at",
    fields=declare(
        Field("name", Kind.TEXT, "r.name"),
        Field("way", Kind.CHOICE, "r.way", tuple(WAYS)),
        Field("purpose", Kind.CHOICE, "r.purpose", tuple(Purpose)),
        Field("locale", Kind.CHOICE, "r.locale", LOCALES),
        Field("state", Kind.CHOICE, "r.state", tuple(TemplateState)),
        Field("twin_of_id", Kind.ID, "r.twin_of_id"),
    ),
    live="true",
    searchable=False,
)


def _item(row: Sequence[Any], called: Names) -> dict[str, Any]:
    item = dict(zip(_KEYS, row, strict=False))
    by, created, updated = row[_BY : _BY + 3]
    return item | {
        "updated_by": called.user(by),
        "created_at": utc_of(created),
        "updated_at": utc_of(updated),
    }


def _finish(_connection: Any, actor: Actor, items: Sequence[dict[str, Any]]) -> None:
    for item in items:
        item["editable"] = actor.may(Permission.MESSAGE_MANAGE)


_CARDS = Cards(LISTING, reach_of, _BY, _item, _finish)
page = _CARDS.page


def whole(connection: Any, actor: Actor, template_id: UUID) -> dict[str, Any]:
    """One template, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: if there is none such
    """
    statement = f"SELECT {_COLUMNS} FROM {TABLE} r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s"  # noqa: S608
    rows = pages.run(connection, statement, {"tenant": actor.tenant_id, "id": template_id})
    if not rows:
        raise NotFound
    item = _item(rows[0], names.directory(connection, actor, {rows[0][_BY]}))
    _finish(connection, actor, [item])
    return item


def whole_now(actor: Actor, template_id: UUID) -> dict[str, Any]:
    """One template as it stands in the middle of a change."""
    return whole(rls.driver_of(db.session()), actor, template_id)


def flat(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A whole template as plain data, as changes name it."""
    plain: dict[str, Any] = orjson.loads(orjson.dumps(shown))
    return plain
