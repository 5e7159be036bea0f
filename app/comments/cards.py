"""Comments as shown: of one record the latest first, or by id where a timeline tells of them."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.comments import mentions, policies
from app.comments.states import CommentKind
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field
from app.core.keyset import After
from app.files.cards import brief_of
from app.lists import names
from app.lists.instants import utc_of
from app.lists.names import Names
from app.records import hanging
from tenants import rls

_COLUMNS = (
    "r.id::text, r.version, r.kind, r.text, r.author_id::text, r.created_at::text, r.edited_at::text, "
    "r.record_type, r.record_id::text, r.deleted_at IS NOT NULL, "
    "ARRAY(SELECT ARRAY[a.id::text, a.name, a.kind, a.media_type, a.size::text, a.has_thumbnail::text] "
    "FROM attachments a WHERE a.tenant_id = %(tenant)s AND a.record_type = 'comment' AND a.record_id = r.id "
    "AND a.field IS NULL AND a.deleted_at IS NULL ORDER BY a.created_at, a.id)"
)
_AUTHOR, _TEXT, _DELETED, _FILES = 4, 3, 9, 10
LISTING = hanging.listing("comments", _COLUMNS, Field("kind", Kind.CHOICE, "r.kind", tuple(CommentKind)))
SORT = LISTING.sorts[LISTING.default_sort]


def page(
    connection: Any, actor: Actor, record_type: str, record_id: UUID, *, after: After | None, limit: int
) -> dict[str, Any]:
    """What is said about a record that the actor sees, the latest first, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    """
    found = hanging.page(connection, actor, LISTING, (record_type, record_id), after=after, limit=limit)
    return {"items": _items(connection, actor, found.rows), "next_cursor": found.next_cursor}


def by_ids(connection: Any, actor: Actor, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Comments that were not taken back, by id; whether the actor sees their records is not asked."""
    rows = [row for row in hanging.by_ids(connection, actor, LISTING, ids) if not row[_DELETED]]
    return {item["id"]: item for item in _items(connection, actor, rows)}


def whole_now(actor: Actor, comment_id: UUID) -> dict[str, Any]:
    """One comment as it stands in the middle of a change.

    :raises NotFound: if it was taken back
    """
    found = by_ids(rls.driver_of(db.session()), actor, [str(comment_id)])
    if not found:
        raise NotFound
    return found[str(comment_id)]


def _items(connection: Any, actor: Actor, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    people = {row[_AUTHOR] for row in rows}
    for row in rows:
        people.update(mentions.ids_in(row[_TEXT]))
    called = names.directory(connection, actor, people)
    return [_item(actor, row, called) for row in rows]


def _item(actor: Actor, row: Sequence[Any], called: Names) -> dict[str, Any]:
    comment_id, version, kind, text, author, created, edited, record_type, record_id = row[:9]
    return {
        "id": comment_id,
        "version": version,
        "kind": kind,
        "text": text,
        "mentions": [user for found in mentions.ids_in(text) if (user := called.user(found))],
        "author": called.user(author),
        "record": {"type": record_type, "id": record_id},
        "created_at": utc_of(created),
        "edited_at": utc_of(edited) if edited else None,
        "attachments": [brief_of(one) for one in row[_FILES]],
        "can": policies.can(actor, author),
    }
