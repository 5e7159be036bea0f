"""Files as shown: of one record the latest first, or by id where a timeline tells of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.keyset import After
from app.files.policies import may_remove
from app.lists import names
from app.lists.instants import utc_of
from app.records import hanging
from app.records.kinds import Record
from tenants import rls

_COLUMNS = (
    "r.id::text, r.version, r.name, r.kind, r.media_type, r.size, r.has_thumbnail, r.uploaded_by_id::text, "
    "r.created_at::text, r.record_type, r.record_id::text, r.deleted_at IS NOT NULL"
)
_UPLOADER = 7
LISTING = hanging.listing("attachments", _COLUMNS)
SORT = LISTING.sorts[LISTING.default_sort]
Removable = Callable[[bool], bool]


def page(actor: Actor, record: Record, *, after: After | None, limit: int) -> dict[str, Any]:
    """What hangs on a record that the actor sees, the latest first, for orjson."""
    connection = rls.driver_of(db.session())
    there = (record.kind.word, record.id)
    found = hanging.page(connection, actor, LISTING, there, after=after, limit=limit)
    can = {own: may_remove(actor, record, own) for own in (True, False)}
    return {
        "items": _items(connection, actor, found.rows, lambda own: can[own]),
        "next_cursor": found.next_cursor,
    }


def by_ids(connection: Any, actor: Actor, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Files by id, deleted ones too; whether the actor sees their records is not asked."""
    rows = hanging.by_ids(connection, actor, LISTING, ids)
    return {item["id"]: item for item in _items(connection, actor, rows, lambda _own: False)}


def whole_now(actor: Actor, record: Record, attachment_id: UUID) -> dict[str, Any]:
    """One file as it stands in the middle of a change.

    :raises NotFound: if it was taken off
    """
    found = by_ids(rls.driver_of(db.session()), actor, [str(attachment_id)]).get(str(attachment_id))
    if found is None or found["deleted"]:
        raise NotFound
    own = found["uploaded_by"] is not None and found["uploaded_by"]["id"] == str(actor.id)
    return {**found, "can": _can(may_remove(actor, record, own))}


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
            "record": {"type": row[9], "id": row[10]},
            "deleted": row[11],
            "can": _can(removable(row[_UPLOADER] == str(actor.id))),
        }
        for row in rows
    ]


def _can(may: bool) -> dict[str, bool]:  # noqa: FBT001
    return {"update": may, "delete": may}
