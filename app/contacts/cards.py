"""Contacts as shown: rows of a list and whole records, read in one statement and written without detours."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.access.permissions import Permission
from app.contacts import policies
from app.contacts.queries import SHARING, reach_of
from app.contacts.states import BuyingRole, Gender
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of, text_key
from app.core.messages import LOCALES
from app.customers.cards import Extra, also_show
from app.fields import entities
from app.fields import shown as own_fields
from app.fields.entities import BuiltIn, Entity
from app.lists import names, pages
from app.lists.cards import Cards, held
from app.lists.editing import Editing
from app.lists.instants import utc_of
from app.lists.models import CONTACT
from app.lists.names import Names
from app.lists.pages import Listing
from app.lists.scopes import Branch, Reach
from tenants import rls

_PLAIN = (
    "version", "name", "gender", "title", "department_name", "role", "email", "wechat", "is_primary",
    "remark", "language",
)  # fmt: skip
_KEYS = ("id", *_PLAIN)
_BIRTHDAY = ("calendar", "month", "day", "leap", "year")
# The name of a customer is as visible as its contacts, and while it lies in the bin so do they.
_CUSTOMER = (
    "(SELECT ARRAY[c.id::text, c.name] FROM customers c "
    "WHERE c.tenant_id = %(tenant)s AND c.id = r.customer_id)"
)
_COLUMNS = ", ".join(
    (
        "r.id::text",
        *(f"r.{name}" for name in _PLAIN),
        *(f"r.birthday_{part}" for part in _BIRTHDAY),
        "r.custom::text",
        "r.phones::text",
        "r.owner_id::text",
        "r.department_id::text",
        "r.created_at::text",
        "r.updated_at::text",
        _CUSTOMER,
    )
)


def _columns(_reach: Reach) -> str:
    return _COLUMNS


LISTING = Listing(
    table="contacts",
    kind=CONTACT,
    columns=_columns,
    sorts=sorts_of(instant_key("updated_at"), instant_key("created_at"), text_key("name", "name_key")),
    default_sort="-updated_at",
    fields=declare(
        *(Field(name, Kind.TEXT, f"r.{name}") for name in ("name", "title", "department_name")),
        Field("role", Kind.CHOICE, "r.role", tuple(BuyingRole)),
        Field("gender", Kind.CHOICE, "r.gender", tuple(Gender)),
        Field("language", Kind.CHOICE, "r.language", LOCALES),
        *(Field(name, Kind.ID, f"r.{name}") for name in ("customer_id", "owner_id", "department_id")),
        *(Field(name, Kind.INSTANT, f"r.{name}") for name in ("created_at", "updated_at")),
    ),
    entity="contact",
)

EVERYWHERE = Reach("all", (Branch("contacts r"),), "true", {})

_NOT_TOLD = Extra("none", lambda: "NULL::bigint", {})


def _count_for(actor: Actor) -> Extra:
    """How many of the contacts of a customer the actor sees; unknown to whoever reads no contacts."""
    if not all(actor.may(permission) for permission in policies.READING):
        return _NOT_TOLD
    reach = reach_of(actor)

    def sql() -> str:
        seen = reach.predicate_of("x").replace("%(departments)s", "%(contact_departments)s")
        return (
            "(SELECT count(*) FROM contacts x WHERE x.tenant_id = %(tenant)s AND x.customer_id = r.id "
            f"AND x.deleted_at IS NULL AND {seen})"
        )

    if not reach.params:
        return Extra(reach.shape, sql, {})
    # Customers may be seen farther than contacts, in the same statement.
    return Extra(reach.shape, sql, {"me": actor.id, "contact_departments": reach.params["departments"]})


also_show("contact_count", _count_for)


def whole(connection: Any, actor: Actor, contact_id: UUID, *, reach: Reach | None = None) -> dict[str, Any]:
    """One contact with everything its page shows, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :param reach: what may be seen, if not what the actor may read
    :raises NotFound: when there is none for the actor
    """
    reach = reach or reach_of(actor)
    params = {**reach.params, "tenant": actor.tenant_id, "id": contact_id, "viewer": actor.id}
    rows = pages.run(connection, _whole_text(reach), params)
    if not rows:
        raise NotFound
    row = rows[0]
    created_by, shared = row[-2:]
    called = names.directory(connection, actor, {row[_OWNER], created_by})
    item = _item(row, called)
    item["created_by"] = called.user(created_by)
    item["can"] = policies.can(actor, held(row[_OWNER], row[_OWNER + 1], shared=shared))
    item["editable"] = item["can"]["update"]
    _finish(connection, actor, [item])
    return item


def whole_now(actor: Actor, contact_id: UUID) -> dict[str, Any]:
    """One contact as it stands in the middle of a change, whether or not the reader may still see it."""
    return whole(rls.driver_of(db.session()), actor, contact_id, reach=EVERYWHERE)


def flat(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A whole contact as plain data, with the id by which changes name its customer."""
    plain: dict[str, Any] = orjson.loads(orjson.dumps(shown))
    plain["customer_id"] = plain["customer"] and plain["customer"]["id"]
    plain |= own_fields.flat(plain["custom"])
    return plain


def _whole_text(reach: Reach) -> str:
    return (
        f"SELECT {_COLUMNS}, r.created_by_id::text, EXISTS (SELECT 1 FROM customer_collaborators k "
        "WHERE k.tenant_id = %(tenant)s AND k.customer_id = r.customer_id AND k.user_id = %(viewer)s) "
        "FROM contacts r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s AND r.deleted_at IS NULL "
        f"AND {reach.predicate}"
    )


_BORN = len(_KEYS)
_REST = _BORN + len(_BIRTHDAY)
_OWNER = _REST + 2


def _item(row: Sequence[Any], called: Names) -> dict[str, Any]:
    custom, phones, owner, department, created_at, updated_at, customer = row[_REST : _REST + 7]
    item = dict(zip(_KEYS, row, strict=False))
    item["birthday"] = dict(zip(_BIRTHDAY, row[_BORN:_REST], strict=True)) if row[_BORN] else None
    item["custom"] = custom
    item["phones"] = orjson.Fragment(phones)
    item["owner"] = called.user(owner)
    item["department"] = called.department(department)
    item["customer"] = {"id": customer[0], "name": customer[1]} if customer else None
    item["created_at"] = utc_of(created_at)
    item["updated_at"] = utc_of(updated_at)
    return item


_EDITING = Editing(Permission.CONTACT_UPDATE, policies.READING, SHARING, host="customer")
_finish = partial(own_fields.finish, entity=LISTING.entity)


def _finish_page(connection: Any, actor: Actor, items: Sequence[dict[str, Any]]) -> None:
    _EDITING.mark(connection, actor, items)
    _finish(connection, actor, items)


_CARDS = Cards(LISTING, reach_of, _OWNER, _item, _finish_page)
page, demand, refs, these = _CARDS.page, _CARDS.demand, _CARDS.refs, _CARDS.these
_BUILT_IN = (
    BuiltIn("name", essential=True),
    BuiltIn("customer_id", essential=True),
    BuiltIn("title", Kind.TEXT),
    BuiltIn("department_name", Kind.TEXT),
    BuiltIn("role", Kind.CHOICE, tuple(BuyingRole)),
    BuiltIn("phones", blank=[]),
    *map(BuiltIn, ("email", "wechat")),
    BuiltIn("gender", Kind.CHOICE, tuple(Gender)),
    BuiltIn("language", Kind.CHOICE, LOCALES, essential=True),
    BuiltIn("birthday"),
    BuiltIn("is_primary", essential=True),
    BuiltIn("remark"),
)
entities.register(Entity("contact", "contacts", LISTING, _BUILT_IN, page, refs))
