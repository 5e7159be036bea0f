"""Files as shown: of one record the latest first, or by id where a timeline tells of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, Op, Test
from app.core.keyset import After
from app.files.models import Attachment
from app.files.policies import may_remove
from app.files.uploads import UPLOAD
from app.lists import names
from app.lists.instants import utc_of
from app.records import hanging
from app.records.kinds import Record
from tenants import rls

_COLUMNS = (
    "r.id::text, r.version, r.name, r.kind, r.media_type, r.size, r.has_thumbnail, r.uploaded_by_id::text, "
    "r.created_at::text, r.record_type, r.record_id::text, r.deleted_at IS NOT NULL, r.field"
)
_UPLOADER, _DELETED, _FIELD = 7, 11, 12
LISTING = hanging.listing("attachments", _COLUMNS, Field("field", Kind.TEXT, "r.field"))
SORT = LISTING.sorts[LISTING.default_sort]
Removable = Callable[[bool], bool]


def page(actor: Actor, record: Record, *, after: After | None, limit: int) -> dict[str, Any]:
    """What hangs on a record that the actor sees, the latest first, for orjson."""
    connection = rls.driver_of(db.session())
    there = (record.kind.word, record.id)
    loose = Test(LISTING.fields["field"], Op.EMPTY, value=True)
    found = hanging.page(connection, actor, LISTING, there, loose, after=after, limit=limit)
    can = {own: may_remove(actor, record, own) for own in (True, False)}
    return {
        "items": _items(connection, actor, found.rows, lambda own: can[own]),
        "next_cursor": found.next_cursor,
    }


def by_ids(connection: Any, actor: Actor, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Files by id, deleted ones too; whether the actor sees their records is not asked."""
    rows = hanging.by_ids(connection, actor, LISTING, ids)
    return {item["id"]: item for item in _items(connection, actor, rows, lambda _own: False)}


def briefs(connection: Any, actor: Actor, ids: Iterable[str | None]) -> dict[str, dict[str, Any]]:
    """What a line needs to show files, by id; whether the actor sees their records is not asked.

    :param connection: a psycopg connection inside the tenant's walls
    """
    wanted = (one for one in ids if one)
    return {row[0]: brief(row[0], *row[2:7]) for row in hanging.by_ids(connection, actor, LISTING, wanted)}


def brief_of(told: Sequence[str]) -> dict[str, Any]:
    """The same from an array of texts, as statements about records bring along."""
    file_id, name, kind, media_type, size, has_thumbnail = told
    return brief(file_id, name, kind, media_type, int(size), has_thumbnail == "true")


def brief_now(attachment: Attachment) -> dict[str, Any]:
    """The same of a file that is at hand."""
    facts = (
        attachment.name,
        attachment.kind,
        attachment.media_type,
        attachment.size,
        attachment.has_thumbnail,
    )
    return brief(str(attachment.id), *facts)


def brief(file_id: str, *facts: Any) -> dict[str, Any]:
    """What a line needs to show a file."""
    name, kind, media_type, size, has_thumbnail = facts
    return {
        "id": file_id,
        "name": name,
        "kind": kind,
        "media_type": media_type,
        "size": size,
        "has_thumbnail": has_thumbnail,
    }


def whole_now(actor: Actor, record: Record, attachment_id: UUID) -> dict[str, Any]:
    """One file as it stands in the middle of a change.

    :raises NotFound: if it was taken off
    """
    connection = rls.driver_of(db.session())
    rows = hanging.by_ids(connection, actor, LISTING, [str(attachment_id)])
    if not rows or rows[0][_DELETED]:
        raise NotFound
    return _items(connection, actor, rows, lambda own: may_remove(actor, record, own))[0]


def _items(
    connection: Any, actor: Actor, rows: Sequence[Sequence[Any]], removable: Removable
) -> list[dict[str, Any]]:
    called = names.directory(connection, actor, {row[_UPLOADER] for row in rows})
    return [
        {
            "id": row[0],
            "version": row[1],
            "name": row[2],
            "kind": row[3],
            "media_type": row[4],
            "size": row[5],
            "has_thumbnail": row[6],
            "uploaded_by": called.user(row[_UPLOADER]),
            "created_at": utc_of(row[8]),
            "record": None if row[9] == UPLOAD else {"type": row[9], "id": row[10]},
            "deleted": row[11],
            # What lies in a field is changed with the field.
            "can": _can(row[_FIELD] is None and removable(row[_UPLOADER] == str(actor.id))),
        }
        for row in rows
    ]


def _can(may: bool) -> dict[str, bool]:  # noqa: FBT001
    return {"update": may, "delete": may}
