"""What waits under a user's bell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, literal, select

from app.access.actor import Actor
from app.messaging import texts
from app.messaging.models import Notification

MOST_COUNTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """A notification in the reader's language."""

    id: UUID
    kind: str
    title: str
    body: str
    link: str | None
    read_at: datetime | None
    created_at: datetime


_table = Notification.__table__.c
_own = (_table.tenant_id == bindparam("tenant_id"), _table.user_id == bindparam("user_id"))
_newest = (
    select(_table.id, _table.kind, _table.facts, _table.link, _table.read_at, _table.created_at)
    .where(*_own)
    .order_by(_table.id.desc())
    .limit(bindparam("limit"))
)
_older = _table.id < bindparam("before")
_unread = _table.read_at.is_(None)
_LISTS = {
    (False, False): _newest,
    (False, True): _newest.where(_older),
    (True, False): _newest.where(_unread),
    (True, True): _newest.where(_unread, _older),
}
_COUNT = select(func.count()).select_from(
    select(literal(1))
    .select_from(Notification.__table__)
    .where(*_own, _unread)
    .limit(MOST_COUNTED)
    .subquery()
)


def bells(
    connection: Connection, actor: Actor, *, unread: bool, before: UUID | None, limit: int
) -> Sequence[Bell]:
    """One's notifications, the newest first, after a given one."""
    found = connection.execute(
        _LISTS[unread, before is not None],
        {"tenant_id": actor.tenant_id, "user_id": actor.id, "before": before, "limit": limit},
    )
    return [_worded(row, actor.locale) for row in found]


def unread_count(connection: Connection, actor: Actor) -> int:
    """How many are unread; a hundred means at least that."""
    count: int = connection.execute(_COUNT, {"tenant_id": actor.tenant_id, "user_id": actor.id}).scalar_one()
    return count


def _worded(row: Any, locale: str) -> Bell:
    title, body = texts.bell(row.kind, row.facts, locale)
    return Bell(
        id=row.id,
        kind=row.kind,
        title=title,
        body=body,
        link=row.link,
        read_at=row.read_at,
        created_at=row.created_at,
    )
