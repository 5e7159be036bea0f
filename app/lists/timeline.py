"""What happened to a record, from the trail, the latest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.core.keyset import After, instant_key, sorts_of, write_cursor
from app.lists import pages
from app.lists.instants import utc

SORT = sorts_of(instant_key("at"))["-at"]
_COLUMNS = (
    "r.id::text, r.at, r.actor_id, r.actor_name, r.action, r.subject_type, r.subject_id::text, "
    "r.subject_label, r.changes, r.at::text"
)
_TAKEN = "ANY (ARRAY(SELECT h.id FROM {host} h WHERE h.tenant_id = %(tenant)s AND h.merged_into_id = %(id)s))"
_ELSEWHERE = "r.subject_id <> %(id)s AND r.about_id IS DISTINCT FROM %(id)s"
_OF_TAKEN = (
    f"r.about_id = {_TAKEN} AND {_ELSEWHERE} AND r.also_about_id IS DISTINCT FROM %(id)s "
    f"AND NOT r.subject_id = {_TAKEN}"
)
_ALSO_OF_TAKEN = (
    f"r.also_about_id = {_TAKEN} AND {_ELSEWHERE} AND NOT r.subject_id = {_TAKEN} "
    f"AND (r.about_id IS NULL OR NOT r.about_id = {_TAKEN})"
)
_PLACES = (
    "r.subject_id = %(id)s",
    "r.about_id = %(id)s AND r.subject_id <> %(id)s",
    "r.also_about_id = %(id)s AND r.subject_id <> %(id)s AND r.about_id IS DISTINCT FROM %(id)s",
)
_OF_THOSE_TAKEN = (
    f"r.subject_id = {_TAKEN} AND {_ELSEWHERE} AND r.also_about_id IS DISTINCT FROM %(id)s",
    _OF_TAKEN,
    _ALSO_OF_TAKEN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Which lines of the trail are told: of which kinds of records, and on what condition."""

    types: Iterable[str]
    host: str
    """The table of the record itself: what was told of those whose place it has taken is told of it.

    Empty for records that take nobody's place.
    """
    condition: str = "true"
    """SQL over a line `r`."""
    params: Mapping[str, Any] = field(default_factory=dict)


def fetch(
    connection: Any, tenant_id: int, record_id: UUID, told: Told, *, after: After | None, limit: int
) -> dict[str, Any]:
    """A page of the timeline of a record: {"items", "next_cursor"}.

    :param connection: a psycopg connection inside the tenant's walls
    """
    place = f" AND {SORT.beyond}" if after else ""
    ends = f"ORDER BY {SORT.order} LIMIT {limit + 1}"
    # An index scan each, in order; a single OR would read the whole history and sort it.
    parts = (
        f"(SELECT r.* FROM audit_records r WHERE r.tenant_id = %(tenant)s AND {of.format(host=told.host)} "
        f"AND r.subject_type = ANY (%(types)s) AND {told.condition}{place} {ends})"
        for of in (*_PLACES, *(_OF_THOSE_TAKEN if told.host else ()))
    )
    params: dict[str, Any] = {
        "tenant": tenant_id,
        "id": record_id,
        "types": sorted(told.types),
        **told.params,
    }
    if after:
        params.update(after_value=after.value, after_id=after.id)
    statement = f"SELECT {_COLUMNS} FROM ({' UNION ALL '.join(parts)}) r {ends}"
    rows = pages.run(connection, statement, params)
    last = rows[limit - 1] if len(rows) > limit else None
    return {
        "items": [_item(row) for row in rows[:limit]],
        "next_cursor": write_cursor(SORT, last[-1], last[0]) if last else None,
    }


def _item(row: tuple[Any, ...]) -> Mapping[str, Any]:
    row_id, at, actor_id, actor_name, action, subject_type, subject_id, label, changes, _ = row
    return {
        "id": row_id,
        "at": utc(at),
        "actor": {"id": actor_id, "name": actor_name} if actor_id and actor_id.int else None,
        "kind": action,
        "subject_type": subject_type,
        "subject_id": subject_id,
        "subject_label": label,
        "changes": changes,
    }
