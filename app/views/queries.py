"""Reading views: one's own, and those shared with one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.filters import Fields
from app.fields import catalogue as catalogues
from app.lists import names, pages
from app.lists.instants import utc_of
from app.views import kinds, policies, readings
from app.views.kinds import ListKind
from app.views.models import SavedView
from app.views.states import Audience
from tenants import rls

_ABOVE = (
    "WITH RECURSIVE above AS (SELECT d.id, d.parent_id FROM departments d "
    "WHERE d.tenant_id = %(tenant)s AND d.id = %(department)s UNION SELECT d.id, d.parent_id "
    "FROM departments d JOIN above a ON a.parent_id = d.id WHERE d.tenant_id = %(tenant)s) "
)
_SEEN = (
    "(v.owner_id = %(me)s OR v.audience = 'everyone' OR (v.audience = 'some' AND ("
    "v.role_ids ?| ARRAY(SELECT u.role_id::text FROM user_roles u "
    "WHERE u.tenant_id = %(tenant)s AND u.user_id = %(me)s) "
    "OR v.department_ids ?| ARRAY(SELECT a.id::text FROM above a))))"
)
_COLUMNS = (
    "v.id::text, v.version, v.list_name, v.name, v.owner_id, v.audience, v.role_ids, "
    "v.department_ids, v.filter, v.columns, v.sort, v.is_default, v.updated_at::text"
)
_ALL = (
    f"{_ABOVE}SELECT {_COLUMNS} FROM saved_views v "
    "WHERE v.tenant_id = %(tenant)s AND v.list_name = %(list)s AND v.deleted_at IS NULL "
    f"AND {_SEEN} ORDER BY v.audience = 'private', v.created_at, v.id"
)
_ONE = (
    f"{_ABOVE}SELECT {_COLUMNS} FROM saved_views v "
    "WHERE v.tenant_id = %(tenant)s AND v.id = %(id)s AND v.deleted_at IS NULL "
    f"AND {_SEEN}"
)
_CHOICE = (
    "SELECT c.default_view_id::text, c.view_ids FROM saved_view_choices c "
    "WHERE c.tenant_id = %(tenant)s AND c.user_id = %(me)s AND c.list_name = %(list)s"
)
_RETIRED = (
    "SELECT f.key, f.label FROM field_definitions f WHERE f.tenant_id = %(tenant)s "
    "AND f.entity = %(entity)s AND f.key = ANY (%(keys)s) AND f.retired_at IS NOT NULL"
)


def all_of(connection: Any, reader: Actor, list_name: str) -> dict[str, Any]:
    """The views of a list that somebody sees, in their own order: {"items", "default_view_id"}.

    :param connection: a psycopg connection inside the tenant's walls
    """
    kind = kinds.get(reader, list_name)
    asked = {**_params(reader), "list": list_name}
    items = _cards(connection, reader, kind, pages.run(connection, _ALL, asked))
    [(preferred, order)] = pages.run(connection, _CHOICE, asked) or [(None, [])]
    places = {view_id: place for place, view_id in enumerate(order)}
    items.sort(key=lambda item: places.get(item["id"], len(places)))
    there = {item["id"] for item in items}
    of_company = next((item["id"] for item in items if item["is_default"]), None)
    return {"items": items, "default_view_id": preferred if preferred in there else of_company}


def all_of_now(reader: Actor, list_name: str) -> dict[str, Any]:
    """The same in the middle of a change."""
    return all_of(rls.driver_of(db.session()), reader, list_name)


def one(connection: Any, reader: Actor, view_id: UUID) -> dict[str, Any]:
    """A view as somebody may have it.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: when there is none for them
    """
    rows = pages.run(connection, _ONE, {**_params(reader), "id": view_id})
    if not rows:
        raise NotFound
    return _cards(connection, reader, kinds.get(reader, rows[0][2]), rows)[0]


def one_now(reader: Actor, view_id: UUID) -> dict[str, Any]:
    """The same in the middle of a change."""
    return one(rls.driver_of(db.session()), reader, view_id)


def to_change(reader: Actor, view_id: UUID, *, deleted: bool = False) -> SavedView:
    """A view that somebody sees, locked; one of their own that they have deleted, if that is meant.

    :raises NotFound: when there is none for them
    """
    view = db.session.scalars(
        select(SavedView)
        .where(SavedView.id == view_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if view is None:
        raise NotFound
    kinds.get(reader, view.list_name)
    if view.deleted_at is None:
        one_now(reader, view_id)
    elif not deleted or not _was_theirs(reader, view):
        raise NotFound
    return view


def _was_theirs(reader: Actor, view: SavedView) -> bool:
    shared = view.audience != Audience.PRIVATE
    return policies.may_change(reader, view.owner_id, shared=shared) and (
        view.owner_id == reader.id or view.audience == Audience.EVERYONE
    )


def _params(reader: Actor) -> dict[str, Any]:
    return {"tenant": reader.tenant_id, "me": reader.id, "department": reader.department_id}


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a list knows at this moment, by which its kept views are read."""

    reader: Actor
    kind: ListKind
    fields: Fields
    sorts: Collection[str]
    own: Mapping[str, Any]
    called: names.Names

    def card(self, row: Sequence[Any]) -> dict[str, Any]:
        """A view as it is shown; `dropped` still names the fields that are there no more."""
        view_id, version, list_name, name, owner_id, audience, role_ids, department_ids = row[:8]
        stored, wanted, sort, is_default, updated_at = row[8:]
        tree, filters_out = readings.kept(stored, self.fields, self.reader.zone)
        columns, columns_out = readings.columns(self.kind, self.reader, wanted, self.own)
        may = policies.can(self.reader, owner_id, shared=audience != Audience.PRIVATE)
        return {
            "id": view_id,
            "version": version,
            "list": list_name,
            "name": name,
            "owner": self.called.user(str(owner_id)),
            "mine": owner_id == self.reader.id,
            "audience": audience,
            "role_ids": role_ids if may["update"] else [],
            "department_ids": department_ids if may["update"] else [],
            "filter": tree,
            "shown_columns": columns,
            "sort": sort if sort in self.sorts else "",
            "is_default": is_default,
            "updated_at": utc_of(updated_at),
            "dropped": [*(("filter", out) for out in filters_out), *(("column", out) for out in columns_out)],
            "can": may,
        }


def _cards(
    connection: Any, reader: Actor, kind: ListKind, rows: Sequence[Sequence[Any]]
) -> list[dict[str, Any]]:
    entity = kind.listing.entity
    reading = _Reading(
        reader,
        kind,
        kind.fields(connection, reader),
        kind.sorts(connection, reader),
        catalogues.of(connection, reader, entity).fields if entity else {},
        names.directory(connection, reader, {str(row[4]) for row in rows}),
    )
    cards = [reading.card(row) for row in rows]
    unknown = {name for card in cards for _, name in card["dropped"]}
    labels = _labels_of_retired(connection, reader, entity, unknown - set(reading.own))
    for card in cards:
        card["dropped"] = [{"part": part, "label": labels.get(name)} for part, name in card["dropped"]]
    return cards


def _labels_of_retired(
    connection: Any, reader: Actor, entity: str, keys: Collection[str]
) -> Mapping[str, str]:
    """What fields were called that are there no more; nothing of those hidden from the reader."""
    wanted = sorted(set(keys) - reader.hides(entity)) if entity else []
    if not wanted:
        return {}
    asked = {"tenant": reader.tenant_id, "entity": entity, "keys": wanted}
    return dict(pages.run(connection, _RETIRED, asked))
