"""Rows of a listing as cards: a page of them, and whether there is one for the actor."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.core.errors import Forbidden, NotFound
from app.lists import names, pages, totals
from app.lists.names import Names, Ref
from app.lists.pages import Asked, Listing
from app.lists.scopes import Reach


@dataclass(frozen=True, slots=True)
class Cards:
    """How the records of a listing are shown."""

    listing: Listing
    reach_of: Callable[[Actor], Reach]
    owner: int
    """Which column is the owner's id."""
    item: Callable[[Sequence[Any], Names], dict[str, Any]]

    def page(self, connection: Any, actor: Actor, asked: Asked) -> dict[str, Any]:
        """A page, for orjson: {"items", "next_cursor", "total" if asked for}.

        :param connection: a psycopg connection inside the tenant's walls
        """
        reach, owner, item = self.reach_of(actor), self.owner, self.item
        found = pages.fetch(connection, self.listing, reach, asked, actor.tenant_id)
        called = names.directory(connection, actor, {row[owner] for row in found.rows})
        body: dict[str, Any] = {
            "items": [item(row, called) for row in found.rows],
            "next_cursor": found.next_cursor,
        }
        if asked.total:
            body["total"] = totals.count(connection, self.listing, reach, asked, actor.tenant_id)
        return body

    def these(self, connection: Any, actor: Actor, reach: Reach, ids: Sequence[UUID]) -> list[dict[str, Any]]:
        """Those of some records that are within reach outside the bin, in the order given.

        :param connection: a psycopg connection inside the tenant's walls
        """
        statement = (
            f"SELECT {self.listing.columns(reach)} FROM {self.listing.table} r "
            f"WHERE r.tenant_id = %(tenant)s AND r.id = ANY (%(ids)s) "
            f"AND {self.listing.live} AND {reach.predicate}"
        )
        params = {**reach.params, "tenant": actor.tenant_id, "ids": list(ids)}
        rows = {row[0]: row for row in pages.run(connection, statement, params)}
        called = names.directory(connection, actor, {row[self.owner] for row in rows.values()})
        return [self.item(rows[key], called) for key in map(str, ids) if key in rows]

    def demand(self, connection: Any, actor: Actor, record_id: UUID) -> None:
        """Make sure that there is such a record for the actor, outside the bin.

        :param connection: a psycopg connection inside the tenant's walls
        :raises NotFound: otherwise
        """
        reach = self.reach_of(actor)
        statement = (
            f"SELECT 1 FROM {self.listing.table} r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s "
            f"AND {self.listing.live} AND {reach.predicate}"
        )
        params = {**reach.params, "tenant": actor.tenant_id, "id": record_id}
        if not pages.run(connection, statement, params):
            raise NotFound

    def refs(self, connection: Any, actor: Actor, ids: Iterable[str | None]) -> dict[str, Ref]:
        """{"id", "name"}, by id, of those of these records that the actor sees outside the bin.

        :param connection: a psycopg connection inside the tenant's walls
        """
        wanted = {record_id for record_id in ids if record_id}
        try:
            reach = self.reach_of(actor)
        except Forbidden:
            return {}
        if not wanted:
            return {}
        statement = (
            f"SELECT r.id::text, r.name FROM {self.listing.table} r WHERE r.tenant_id = %(tenant)s "
            f"AND r.id = ANY (%(ids)s::uuid[]) AND {self.listing.live} AND {reach.predicate}"
        )
        params = {**reach.params, "tenant": actor.tenant_id, "ids": sorted(wanted)}
        return {
            found: {"id": found, "name": name} for found, name in pages.run(connection, statement, params)
        }


def plain(items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Cards as plain data: what is written without detours is read again."""
    read: list[dict[str, Any]] = orjson.loads(orjson.dumps(items))
    return read


@dataclass(frozen=True, slots=True)
class Held:
    """Whose a record is, and whether it is shared with the actor, as policies ask."""

    owner_id: UUID | None
    department_id: UUID | None
    shared: bool


def held(owner_id: str | None, department_id: str | None, *, shared: bool) -> Held:
    """The same from a row that carries ids as text."""
    return Held(id_of(owner_id), id_of(department_id), shared)


def id_of(text: str | None) -> UUID | None:
    """An id from a row that carries it as text."""
    return UUID(text) if text else None
