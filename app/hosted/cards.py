"""Records at customers as shown: rows of a list and single ones, read in one statement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.access.permissions import Permission
from app.contacts.cards import refs as contact_refs
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import SortKey, instant_key, sorts_of
from app.fields import entities
from app.fields import shown as own_fields
from app.fields.entities import Entity
from app.hosted.kinds import SHARING, Hosted
from app.lists import names, pages, totals
from app.lists.cards import held
from app.lists.editing import Editing
from app.lists.instants import utc_of
from app.lists.pages import Asked, Listing
from app.lists.scopes import Branch, Reach
from tenants import rls

Item = dict[str, Any]
# The name of a customer is as visible as what stands there, and while it lies in the bin so does that.
_CUSTOMER = (
    "(SELECT ARRAY[c.id::text, c.name] FROM customers c "
    "WHERE c.tenant_id = %(tenant)s AND c.id = r.customer_id)"
)
PRODUCT = (
    "(SELECT ARRAY[p.id::text, p.name] FROM products p "
    "WHERE p.tenant_id = %(tenant)s AND p.id = r.product_id AND p.deleted_at IS NULL)"
)
"""The product that a record is of, for kinds that name one."""
_BASE = {
    "id": "r.id::text",
    "version": "r.version",
    "owner": "r.owner_id::text",
    "department": "r.department_id::text",
    "created_by": "r.created_by_id::text",
    "customer": _CUSTOMER,
    "contact": "r.contact_id::text",
    "custom": "r.custom::text",
    "created_at": "r.created_at::text",
    "updated_at": "r.updated_at::text",
}
_SHARED = (
    "EXISTS (SELECT 1 FROM customer_collaborators k WHERE k.tenant_id = %(tenant)s "
    "AND k.customer_id = r.customer_id AND k.user_id = %(viewer)s)"
)
_IDS = ("customer_id", "contact_id", "owner_id", "department_id", "created_by_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How records of a kind are listed, beside where they stand."""

    columns: Mapping[str, str]
    """What is shown of them, as SQL over `r`."""
    sorts: Sequence[SortKey]
    default_sort: str
    fields: Sequence[Field]
    tell: Callable[[Item], None] = lambda _item: None
    """Puts an item's values into the form in which they are sent."""
    people: Sequence[str] = ()
    """Which of the columns are the ids of colleagues."""


class HostedCards:
    """How the records of a kind are shown."""

    def __init__(self, hosted: Hosted[Any], look: Look) -> None:
        shown = {**_BASE, **look.columns}
        self._hosted, self._tell = hosted, look.tell
        self._names, self._text = tuple(shown), ", ".join(shown.values())
        self._people = ("owner", "created_by", *look.people)
        self._editing = Editing(hosted.needed.update, hosted.needed.reading, SHARING, host="customer")
        self._everywhere = Reach("all", (Branch(f"{hosted.table} r"),), "true", {})
        self.listing = Listing(
            table=hosted.table,
            kind=hosted.kind,
            columns=lambda _reach: self._text,
            sorts=sorts_of(instant_key("updated_at"), instant_key("created_at"), *look.sorts),
            default_sort=look.default_sort,
            fields=declare(
                *look.fields,
                *(Field(name, Kind.ID, f"r.{name}") for name in _IDS),
                *(Field(name, Kind.INSTANT, f"r.{name}") for name in ("created_at", "updated_at")),
            ),
            searchable=bool(hosted.kind),
            entity=hosted.word,
        )
        own = hosted.own
        entities.register(
            Entity(own.entity, hosted.table, self.listing, own.built_in, self.page, reader=lambda: own.read)
        )

    def page(self, connection: Any, actor: Actor, asked: Asked) -> dict[str, Any]:
        """A page, for orjson: {"items", "next_cursor", "total" if asked for}.

        :param connection: a psycopg connection inside the tenant's walls
        """
        reach = self._hosted.reach_of(actor)
        found = pages.fetch(connection, self.listing, reach, asked, actor.tenant_id)
        body: dict[str, Any] = {
            "items": self._items(connection, actor, found.rows),
            "next_cursor": found.next_cursor,
        }
        if asked.total:
            body["total"] = totals.count(connection, self.listing, reach, asked, actor.tenant_id)
        return body

    def these(self, connection: Any, actor: Actor, reach: Reach, ids: Sequence[UUID]) -> list[Item]:
        """Those of some records that are within reach outside the bin, in the order given.

        :param connection: a psycopg connection inside the tenant's walls
        """
        rows = self._rows(connection, actor, reach, ids)
        there = {row[0]: row for row in rows}
        return self._items(connection, actor, [there[str(one)] for one in ids if str(one) in there])

    def whole(self, connection: Any, actor: Actor, record_id: UUID, *, reach: Reach | None = None) -> Item:
        """One with everything its page shows, for orjson.

        :param connection: a psycopg connection inside the tenant's walls
        :param reach: what may be seen, if not what the actor may read
        :raises NotFound: when there is none for the actor
        """
        rows = self._rows(connection, actor, reach or self._hosted.reach_of(actor), [record_id])
        if not rows:
            raise NotFound
        [item] = self._items(connection, actor, rows)
        row = dict(zip(self._names, rows[0], strict=False))
        record = held(row["owner"], row["department"], shared=rows[0][-1])
        item["can"] = self._hosted.rules.can(actor, record)
        item["editable"] = item["can"]["update"]
        return item

    def whole_now(self, actor: Actor, record_id: UUID) -> Item:
        """One as it stands in the middle of a change, whether or not the reader may still see it."""
        return self.whole(rls.driver_of(db.session()), actor, record_id, reach=self._everywhere)

    def demand(self, connection: Any, actor: Actor, record_id: UUID) -> None:
        """Make sure that there is such a record for the actor, outside the bin.

        :param connection: a psycopg connection inside the tenant's walls
        :raises NotFound: otherwise
        """
        if not self._rows(connection, actor, self._hosted.reach_of(actor), [record_id]):
            raise NotFound

    def _rows(
        self, connection: Any, actor: Actor, reach: Reach, ids: Sequence[UUID]
    ) -> Sequence[tuple[Any, ...]]:
        statement = (
            f"SELECT {self._text}, {_SHARED} FROM {self._hosted.table} r WHERE r.tenant_id = %(tenant)s "  # noqa: S608
            f"AND r.id = ANY (%(ids)s) AND r.deleted_at IS NULL AND {reach.predicate}"
        )
        params = {**reach.params, "tenant": actor.tenant_id, "viewer": actor.id, "ids": list(ids)}
        return pages.run(connection, statement, params)

    def _items(self, connection: Any, actor: Actor, rows: Sequence[Sequence[Any]]) -> list[Item]:
        items: list[Item] = [dict(zip(self._names, row, strict=False)) for row in rows]
        called = names.directory(
            connection, actor, {item[name] for item in items for name in self._people if item[name]}
        )
        contacts = contact_refs(connection, actor, {item["contact"] for item in items})
        sees_products = actor.may(Permission.PRODUCT_READ)
        for item in items:
            for name in self._people:
                item[name] = called.user(item[name])
            item["department"] = called.department(item["department"])
            item["contact"] = contacts.get(item["contact"]) if item["contact"] else None
            item["customer"] = ref_of(item["customer"])
            if "product" in item:
                item["product"] = ref_of(item["product"]) if sees_products else None
            for name in ("created_at", "updated_at"):
                item[name] = utc_of(item[name])
            self._tell(item)
        self._editing.mark(connection, actor, items)
        own_fields.finish(connection, actor, items, entity=self._hosted.own.entity)
        return items


def ref_of(pair: Sequence[str] | None) -> dict[str, str] | None:
    """An id and a name as an answer names another record."""
    return {"id": pair[0], "name": pair[1]} if pair else None


def flat(whole: Mapping[str, Any]) -> dict[str, Any]:
    """A whole record as plain data, with the ids by which changes name what it refers to."""
    plain: dict[str, Any] = orjson.loads(orjson.dumps(whole))
    for name in ("contact", "product", "asset", "done_by"):
        if name in plain:
            plain[f"{name}_id"] = plain[name] and plain[name]["id"]
    return plain | own_fields.flat(plain["custom"])
