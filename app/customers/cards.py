"""Customers as shown: rows of a list and whole records, read in one statement and written without detours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.access.permissions import Permission
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of, text_key
from app.customers import policies
from app.customers.drafts import CHOICES
from app.customers.queries import SHARING, reach_of
from app.customers.states import NEVER, UNPLANNED
from app.customers.tagging import folded
from app.fields import entities
from app.fields import shown as own_fields
from app.fields.entities import BuiltIn, Entity
from app.lists import names, pages
from app.lists.cards import Cards, held
from app.lists.editing import Editing
from app.lists.instants import utc_of
from app.lists.models import CUSTOMER
from app.lists.names import Names
from app.lists.pages import Listing
from app.lists.scopes import Reach, seen
from tenants import rls

_PLAIN = (
    "version", "kind", "name", "type", "tier", "stage", "source", "industry", "region", "address", "website",
    "credit_code", "employees", "founded_year", "founding_day", "email", "remark",
)  # fmt: skip
_REST = (
    "r.custom::text", "r.annual_revenue", "r.annual_revenue_currency", "r.phones::text", "r.tags::text",
    "r.owner_id::text",
    "r.department_id::text", "r.created_at::text", "r.updated_at::text",
    f"NULLIF(r.last_activity_at, '{NEVER}')::text", f"NULLIF(r.next_step_at, '{UNPLANNED}')::text",
)  # fmt: skip
_COLUMNS = ", ".join(("r.id::text", *(f"r.{name}" for name in _PLAIN), *_REST))
_KEYS = ("id", *_PLAIN)
_TAG = (
    "EXISTS (SELECT 1 FROM customer_tags m JOIN tag_names t ON t.tenant_id = m.tenant_id AND t.id = m.tag_id "
    "WHERE m.tenant_id = %(tenant)s AND t.tenant_id = %(tenant)s "
    "AND m.customer_id = r.id AND t.folded {match})"
)
# A parent that is not shown counts as none. Asked for as a scalar: an EXISTS could be planned as a join,
# or a hash of all customers.
_SHOWN_PARENT = (
    "(r.parent_id {match} AND COALESCE((SELECT true FROM customers p WHERE p.tenant_id = %(tenant)s "
    f"AND p.id = r.parent_id AND p.deleted_at IS NULL AND {seen('p')}), false))"
)


def _columns(reach: Reach) -> str:
    # A parent that one may not see has no name to show, and so is not shown.
    return (
        f"{_COLUMNS}, CASE WHEN r.parent_id IS NOT NULL THEN ("
        "SELECT ARRAY[p.id::text, p.name] FROM customers p WHERE p.tenant_id = %(tenant)s "
        f"AND p.id = r.parent_id AND p.deleted_at IS NULL AND {reach.predicate_of('p')}) END"
    )


def _choices(name: str) -> tuple[str, ...]:
    return tuple(str(word) for word in CHOICES[name])


LISTING = Listing(
    table="customers",
    kind=CUSTOMER,
    columns=_columns,
    sorts=sorts_of(
        *map(instant_key, ("updated_at", "created_at", "last_activity_at", "next_step_at")),
        text_key("name", "name_key"),
    ),
    default_sort="-updated_at",
    fields=declare(
        Field("name", Kind.TEXT, "r.name"),
        *(Field(name, Kind.CHOICE, f"r.{name}", _choices(name)) for name in CHOICES),
        *(Field(name, Kind.TEXT, f"r.{name}") for name in ("source", "industry", "region")),
        *(Field(name, Kind.ID, f"r.{name}") for name in ("owner_id", "department_id")),
        Field("parent_id", Kind.ID, _SHOWN_PARENT),
        Field("tag", Kind.MEMBER, _TAG, normal=folded),
        *(Field(name, Kind.INSTANT, f"r.{name}") for name in ("created_at", "updated_at")),
        Field("last_activity_at", Kind.INSTANT, "r.last_activity_at", absent=str(NEVER)),
        Field("next_step_at", Kind.INSTANT, "r.next_step_at", absent=str(UNPLANNED)),
        Field("employees", Kind.WHOLE, "r.employees"),
    ),
    entity="customer",
)

_NOWHERE = Reach("none", (), "false", {})


@dataclass(frozen=True, slots=True)
class Extra:
    """What another domain adds to the whole record for one actor.

    `sql` gives an expression over the customer `r`, the same for the same `shape`; it names `%(tenant)s` for
    each table of its own.
    """

    shape: str
    sql: Callable[[], str]
    params: Mapping[str, Any]


_extras: dict[str, Callable[[Actor], Extra]] = {}
_whole_texts: dict[tuple[object, ...], str] = {}


def also_show(name: str, extra: Callable[[Actor], Extra]) -> None:
    """Let another domain add something to the whole record."""
    _extras[name] = extra
    _whole_texts.clear()


def whole(connection: Any, actor: Actor, customer_id: UUID) -> dict[str, Any]:
    """One customer with everything its page shows, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: when there is none for the actor
    """
    return _whole(connection, actor, customer_id, reach_of(actor))


def _whole(
    connection: Any, actor: Actor, customer_id: UUID, reach: Reach, *, in_any_case: bool = False
) -> dict[str, Any]:
    more = [extra(actor) for extra in _extras.values()]
    params = {**reach.params, "tenant": actor.tenant_id, "id": customer_id, "viewer": actor.id}
    for extra in more:
        params.update(extra.params)
    rows = pages.run(connection, _whole_text(reach, more, in_any_case=in_any_case), params)
    if not rows:
        raise NotFound
    row = rows[0]
    collaborators, children, created_by, shared, *extras = row[_PARENT + 1 :]
    called = names.directory(connection, actor, {row[_OWNER], created_by, *collaborators})
    item = _item(row, called)
    item["collaborators"] = [ref for user in collaborators if (ref := called.user(user))]
    # Whoever may not read of which customer one is a part is not told which are parts of it.
    item["child_count"] = 0 if "parent_id" in actor.hides(LISTING.entity) else children
    item.update(zip(_extras, extras, strict=True))
    item["created_by"] = called.user(created_by)
    item["can"] = policies.can(actor, held(row[_OWNER], row[_OWNER + 1], shared=shared))
    item["editable"] = item["can"]["update"]
    _finish(connection, actor, [item])
    return item


def whole_now(actor: Actor, customer_id: UUID) -> dict[str, Any]:
    """One customer as it stands in the middle of a change, whether or not the actor may still see it.

    Of the customers around it, only those are told of that the actor sees.
    """
    around = reach_of(actor) if actor.may(Permission.CUSTOMER_READ) else _NOWHERE
    return _whole(rls.driver_of(db.session()), actor, customer_id, around, in_any_case=True)


def flat(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A whole customer as plain data, with the ids by which changes name what it refers to."""
    plain: dict[str, Any] = orjson.loads(orjson.dumps(shown))
    for name in ("owner", "parent"):
        plain[f"{name}_id"] = plain[name] and plain[name]["id"]
    plain["user_ids"] = sorted(user["id"] for user in plain["collaborators"])
    plain |= own_fields.flat(plain["custom"])
    return plain


def _whole_text(reach: Reach, more: Sequence[Extra], *, in_any_case: bool) -> str:
    shape = (reach.shape, in_any_case, *(extra.shape for extra in more))
    text = _whole_texts.get(shape)
    if text is None:
        of_customer = "k.tenant_id = %(tenant)s AND k.customer_id = r.id"
        children = (
            "(SELECT count(*) FROM customers p WHERE p.tenant_id = %(tenant)s AND p.parent_id = r.id "
            f"AND p.deleted_at IS NULL AND {reach.predicate_of('p')})"
        )
        parts = (
            _columns(reach),
            f"ARRAY(SELECT k.user_id::text FROM customer_collaborators k WHERE {of_customer} ORDER BY 1)",
            children,
            "r.created_by_id::text",
            f"EXISTS (SELECT 1 FROM customer_collaborators k WHERE {of_customer} AND k.user_id = %(viewer)s)",
            *(extra.sql() for extra in more),
        )
        text = _whole_texts[shape] = (
            f"SELECT {', '.join(parts)} FROM customers r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s "
            f"AND r.deleted_at IS NULL AND {'true' if in_any_case else reach.predicate}"
        )
    return text


_MONEY = len(_KEYS)
_OWNER = _MONEY + 5
_PARENT = _MONEY + len(_REST)
_REST_OF_ROW = slice(_MONEY, _PARENT + 1)


def _item(row: Sequence[Any], called: Names) -> dict[str, Any]:
    custom, amount, currency, phones, tags, owner, department, *instants, parent = row[_REST_OF_ROW]
    created_at, updated_at, followed_up, next_step = instants
    item = dict(zip(_KEYS, row, strict=False))
    item["annual_revenue"] = None if amount is None else {"amount": amount, "currency": currency}
    item["custom"] = custom
    item["phones"] = orjson.Fragment(phones)
    item["tags"] = orjson.Fragment(tags)
    item["owner"] = called.user(owner)
    item["department"] = called.department(department)
    item["parent"] = {"id": parent[0], "name": parent[1]} if parent else None
    item["created_at"] = utc_of(created_at)
    item["updated_at"] = utc_of(updated_at)
    item["last_activity_at"] = utc_of(followed_up) if followed_up else None
    item["next_step_at"] = utc_of(next_step) if next_step else None
    return item


_EDITING = Editing(Permission.CUSTOMER_UPDATE, (Permission.CUSTOMER_READ,), SHARING)
_finish = partial(own_fields.finish, entity=LISTING.entity)


def _finish_page(connection: Any, actor: Actor, items: Sequence[dict[str, Any]]) -> None:
    _EDITING.mark(connection, actor, items)
    _finish(connection, actor, items)


_CARDS = Cards(LISTING, reach_of, _OWNER, _item, _finish_page)
page, demand, refs, these = _CARDS.page, _CARDS.demand, _CARDS.refs, _CARDS.these

_COMPARED = {
    **{name: BuiltIn(name, Kind.CHOICE, _choices(name)) for name in CHOICES},
    **{name: BuiltIn(name, Kind.TEXT) for name in ("source", "industry", "region")},
    **{name: BuiltIn(name, Kind.WHOLE) for name in ("employees", "founded_year")},
    "name": BuiltIn("name", essential=True),
    "kind": BuiltIn("kind", Kind.CHOICE, _choices("kind"), essential=True),
    "parent_id": BuiltIn("parent_id", shown_as="parent"),
    "phones": BuiltIn("phones", blank=[]),
    "tags": BuiltIn("tags", filters=("tag",), blank=[]),
}
_ORDER = (
    "name", "kind", "type", "tier", "stage", "source", "industry", "region", "address", "phones", "email",
    "website", "credit_code", "employees", "founded_year", "founding_day", "annual_revenue", "parent_id",
    "tags", "remark",
)  # fmt: skip
entities.register(
    Entity(
        "customer", "customers", LISTING, tuple(_COMPARED.get(n) or BuiltIn(n) for n in _ORDER), page, refs
    )
)
