"""Other records that a row points to, by id and name, as far as its reader may see them."""

from collections.abc import Iterable
from typing import Any

from app.access.actor import Actor
from app.lists import pages
from app.lists.names import Ref
from app.lists.scopes import Reach


def visible(
    connection: Any, actor: Actor, table: str, reach: Reach, ids: Iterable[str | None]
) -> dict[str, Ref]:
    """{"id", "name"}, by id, of those of these records that lie within a reach and not in the bin.

    :param connection: a psycopg connection inside the tenant's walls
    """
    wanted = {record_id for record_id in ids if record_id}
    if not wanted:
        return {}
    text = (
        f"SELECT r.id::text, r.name FROM {table} r WHERE r.tenant_id = %(tenant)s "
        f"AND r.id = ANY (%(ids)s::uuid[]) AND r.deleted_at IS NULL AND {reach.predicate}"
    )
    params = {**reach.params, "tenant": actor.tenant_id, "ids": sorted(wanted)}
    return {row_id: {"id": row_id, "name": name} for row_id, name in pages.run(connection, text, params)}
