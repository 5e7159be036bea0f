"""Where a subject stands: its approvals, for the page of the subject itself."""

from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.approvals import queries
from app.approvals.cards import columns
from app.core.db import db
from app.lists import names, pages
from app.lists.instants import utc_of
from tenants import rls

_ROWS = (
    f"SELECT r.id::text, r.title, r.state, r.submitted_at::text, r.ended_at::text, "
    f"r.stuck_since IS NOT NULL, {columns.where('r.id')} FROM approvals r "
    "WHERE r.tenant_id = %(tenant)s AND r.id = ANY(%(ids)s) ORDER BY r.submitted_at DESC, r.id DESC"
)


def about(reader: Actor, word: str, subject_id: UUID) -> list[dict[str, Any]]:
    """The latest approvals of a subject that the reader may see, the last one first, for orjson.

    :raises NotFound: for a kind that there is not
    """
    seen = queries.of_subject(reader, word, subject_id)
    if not seen:
        return []
    connection = rls.driver_of(db.session())
    params = {"tenant": reader.tenant_id, "ids": [one.id for one in seen]}
    rows = pages.run(connection, _ROWS, params)
    called = names.directory(connection, reader, {user for row in rows for user in row[-1] or ()})
    return [
        {
            "id": row[0],
            "title": row[1],
            "state": row[2],
            "submitted_at": utc_of(row[3]),
            "ended_at": utc_of(row[4]) if row[4] else None,
            "stuck": row[5],
            "at": row[6],
            "holders": [one for user in row[7] or () if (one := called.user(user))],
        }
        for row in rows
    ]
