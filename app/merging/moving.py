"""Everything that points to some records, moved to another and back; a few statements per place."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.db import db
from app.fields import entities
from app.fields.models import FieldDefinition
from app.fields.states import FieldKind
from app.records import references
from app.records.references import Reference
from tenants import rls
from tenants.context import require_tenant_id

_LINKS = "custom"
_LEFT = (
    "SELECT count(*) FROM merge_moves m WHERE m.tenant_id = %(tenant)s AND m.merge_id = %(merge)s "
    "AND m.place = %(place)s"
)


def move(merge_id: UUID, word: str, master: Any, losers: Collection[UUID]) -> None:
    """Let everything that points to `losers` point to the master, and note where it pointed."""
    for reference in references.to(word):
        _run(_noting(reference), merge_id, word, master, losers)
        _run(_pointing(reference), merge_id, word, master, losers)
    for link in _links_to(word):
        for statement in (_NOTE_LINKS, _INDEX_LINKS, _LINK):
            _run(link.fill(statement), merge_id, word, master, losers, **link.params)


def _run(
    statement: str, merge_id: UUID, word: str, master: Any, losers: Collection[UUID], **more: Any
) -> None:
    params = {
        "tenant": require_tenant_id(),
        "merge": merge_id,
        "type": word,
        "master": master.id,
        "losers": list(losers),
        "owner": master.owner_id,
        "department": master.department_id,
        **more,
    }
    rls.driver_of(db.session()).execute(statement, params)


def _where(reference: Reference, ids: str) -> str:
    typed = " AND r.record_type = %(type)s" if reference.typed else ""
    return f"r.tenant_id = %(tenant)s AND r.{reference.column} = {ids}{typed}"


def _noting(reference: Reference) -> str:
    primary = "r.is_primary" if reference.primary else "NULL::boolean"
    return (
        "INSERT INTO merge_moves (tenant_id, merge_id, place, row_id, former_id, was_primary) "
        f"SELECT %(tenant)s, %(merge)s, '{reference.place}', r.id, r.{reference.column}, {primary} "
        f"FROM {reference.table} r WHERE {_where(reference, 'ANY (%(losers)s)')}"
    )


def _pointing(reference: Reference) -> str:
    changes = [f"{reference.column} = %(master)s"]
    changes += ["version = r.version + 1"] if reference.versioned else []
    if reference.follows:
        changes += ["owner_id = %(owner)s", "department_id = %(department)s"]
    if reference.primary:
        # A customer has one primary contact: its own, or else the first that comes to it.
        changes.append(
            "is_primary = r.is_primary AND r.id = (SELECT p.id FROM contacts p "
            "WHERE p.tenant_id = %(tenant)s AND p.customer_id = ANY (%(losers)s || %(master)s::uuid) "
            "AND p.is_primary AND p.deleted_at IS NULL ORDER BY p.customer_id <> %(master)s, p.id LIMIT 1)"
        )
    return (
        f"UPDATE {reference.table} r SET {', '.join(changes)} WHERE {_where(reference, 'ANY (%(losers)s)')}"
    )


# A value that must not be there twice stays where it is if the master is pointed to already.
_LINKED = (
    "r.tenant_id = %(tenant)s AND r.custom->>%(key)s = ANY (%(losers)s::text[]) AND NOT EXISTS ("
    "SELECT 1 FROM field_values v WHERE v.tenant_id = %(tenant)s AND v.field_id = %(field)s AND v.sole "
    "AND v.word = %(master)s::text)"
)
_OF_MERGE = "m.merge_id = %(merge)s AND m.place = %(place)s AND r.tenant_id = %(tenant)s AND r.id = m.row_id"
_STILL = "r.custom->>%(key)s = %(master)s::text"
_NOTE_LINKS = (
    "INSERT INTO merge_moves (tenant_id, merge_id, place, row_id, former_id) "
    "SELECT %(tenant)s, %(merge)s, %(place)s, r.id, (r.custom->>%(key)s)::uuid "
    f"FROM {{table}} r WHERE {_LINKED}"
)
_INDEX_LINKS = (
    "UPDATE field_values v SET word = %(master)s::text FROM merge_moves m, {table} r "
    f"WHERE v.tenant_id = %(tenant)s AND m.tenant_id = %(tenant)s AND {_OF_MERGE} "
    "AND v.record_id = m.row_id AND v.field_id = %(field)s"
)
_LINK = (
    "UPDATE {table} r SET custom = jsonb_set(r.custom, %(path)s::text[], to_jsonb(%(master)s::text)) "
    f"{{versioned}}FROM merge_moves m WHERE m.tenant_id = %(tenant)s AND {_OF_MERGE}"
)
_INDEX_LINKS_BACK = (
    "UPDATE field_values v SET word = m.former_id::text FROM merge_moves m, {table} r "
    f"WHERE v.tenant_id = %(tenant)s AND m.tenant_id = %(tenant)s AND {_OF_MERGE} AND v.record_id = m.row_id "
    f"AND v.field_id = %(field)s AND {_STILL}"
)
_LINK_BACK = (
    "WITH back AS (UPDATE {table} r SET custom = jsonb_set(r.custom, %(path)s::text[], "
    f"to_jsonb(m.former_id::text)) {{versioned}}FROM merge_moves m "
    f"WHERE m.tenant_id = %(tenant)s AND {_OF_MERGE} "
    f"AND {_STILL} RETURNING r.id) DELETE FROM merge_moves m USING back b "
    "WHERE m.tenant_id = %(tenant)s AND m.merge_id = %(merge)s AND m.place = %(place)s AND m.row_id = b.id"
)


@dataclass(frozen=True, slots=True)
class _Link:
    """One of the company's own fields that point to records, in a table where values of it stand."""

    definition: FieldDefinition
    table: str
    is_of_records: bool

    @property
    def params(self) -> dict[str, Any]:
        one = self.definition
        place = f"{one.entity if self.is_of_records else self.table}.{_LINKS}.{one.key}"
        return {"place": place, "key": one.key, "field": one.id, "path": [one.key]}

    def fill(self, statement: str) -> str:
        versioned = ", version = r.version + 1 " if self.is_of_records else ""
        return statement.format(table=self.table, versioned=versioned)


def _links_to(word: str) -> Iterator[_Link]:
    """The company's own fields that point to records of a kind, retired ones too."""
    found = db.session.scalars(select(FieldDefinition).where(FieldDefinition.kind == FieldKind.RECORD))
    for one in [one for one in found if one.settings.get("target") == word]:
        entity = entities.get(one.entity)
        yield _Link(one, entity.table, is_of_records=True)
        if entity.handed_on_in:
            yield _Link(one, entity.handed_on_in, is_of_records=False)


def move_back(merge_id: UUID, word: str, master: Any) -> dict[str, int]:
    """Let what still points to the master point where it did; how many rows of each place do not any more."""
    left: dict[str, int] = {}
    for reference in references.to(word):
        _run(_pointing_back(reference), merge_id, word, master, (), place=reference.place)
        left[reference.place] = _left(merge_id, reference.place)
    for link in _links_to(word):
        for statement in (_INDEX_LINKS_BACK, _LINK_BACK):
            _run(link.fill(statement), merge_id, word, master, (), **link.params)
        left[link.params["place"]] = _left(merge_id, link.params["place"])
    return {place: count for place, count in left.items() if count}


def _pointing_back(reference: Reference) -> str:
    changes = [f"{reference.column} = m.former_id"]
    changes += ["version = r.version + 1"] if reference.versioned else []
    tables = "merge_moves m"
    also = ""
    if reference.follows:
        changes += ["owner_id = c.owner_id", "department_id = c.department_id"]
        tables += f", {reference.to}s c"
        also = "AND c.tenant_id = %(tenant)s AND c.id = m.former_id "
    if reference.primary:
        changes.append("is_primary = m.was_primary")
    return (
        f"WITH back AS (UPDATE {reference.table} r SET {', '.join(changes)} FROM {tables} "
        "WHERE m.tenant_id = %(tenant)s AND m.merge_id = %(merge)s AND m.place = %(place)s "
        f"AND r.id = m.row_id {also}AND {_where(reference, '%(master)s')} RETURNING r.id) "
        "DELETE FROM merge_moves m USING back b WHERE m.tenant_id = %(tenant)s AND m.merge_id = %(merge)s "
        "AND m.place = %(place)s AND m.row_id = b.id"
    )


def _left(merge_id: UUID, place: str) -> int:
    params = {"tenant": require_tenant_id(), "merge": merge_id, "place": place}
    [(count,)] = rls.driver_of(db.session()).execute(_LEFT, params).fetchall()
    return int(count)
