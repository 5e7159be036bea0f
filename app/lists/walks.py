"""Everything a list holds, however much, in its order: which rows they are, at one moment."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from app.lists.asides import beside
from app.lists.pages import Asked, Listing, bind, both, conditions
from app.lists.scopes import Reach

_AT_ONCE = 10_000


def ids(
    connection: Any, listing: Listing, reach: Reach, asked: Asked, tenant_id: int
) -> Iterator[list[UUID]]:
    """The ids of all rows asked for, some thousand at a time: the server holds the rest.

    :param connection: a psycopg connection inside the tenant's walls
    """
    with connection.cursor(name="walk") as cursor:
        cursor.execute(_text(listing, reach, asked), bind(reach, asked, tenant_id))
        while rows := cursor.fetchmany(_AT_ONCE):
            yield [row[0] for row in rows]


def _text(listing: Listing, reach: Reach, asked: Asked) -> str:
    where, key = conditions(listing, reach, asked), asked.sort.key
    value = beside(key.aside) if key.aside else ""
    shown = f"SELECT r.id, {key.column} AS sort_value FROM"
    parts = (f"{shown} {branch.rows}{value} WHERE {both(where, branch.where)}" for branch in reach.branches)
    return (
        f"SELECT w.id FROM ({' UNION ALL '.join(parts)}) w ORDER BY {asked.sort.by('w.sort_value', 'w.id')}"
    )
