"""Products as shown: rows of a list and whole records, read in one statement and written without detours."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.access.permissions import Permission
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of, text_key, whole_key
from app.fields import entities
from app.fields import shown as own_fields
from app.fields.entities import BuiltIn, Entity
from app.lists import names, pages
from app.lists.cards import Cards
from app.lists.instants import utc_of
from app.lists.models import PRODUCT
from app.lists.names import Names
from app.lists.pages import Listing
from app.lists.scopes import Reach
from app.products import policies
from app.products.drafts import MONEY
from app.products.queries import EVERYWHERE, reach_of
from app.products.states import ProductState
from tenants import rls

_PLAIN = (
    "version", "code", "name", "unit", "specification", "description", "currency", *MONEY, "tax_rate",
    "state",
)  # fmt: skip
_KEYS = ("id", *_PLAIN)
_CATEGORY = (
    "(SELECT ARRAY[g.id::text, g.name] FROM product_categories g "
    "WHERE g.tenant_id = %(tenant)s AND g.id = r.category_id)"
)
_IMAGE = (
    "(SELECT ARRAY[a.id::text, a.name] FROM attachments a "
    "WHERE a.tenant_id = %(tenant)s AND a.id = r.image_id AND a.deleted_at IS NULL)"
)
_COLUMNS = ", ".join(
    (
        "r.id::text",
        *(f"r.{name}" for name in _PLAIN),
        "r.custom::text",
        "r.created_by_id::text",
        "r.created_at::text",
        "r.updated_at::text",
        _CATEGORY,
        _IMAGE,
    )
)
# A drawer holds what lies in the drawers within it. The array is made once, not for each row.
_WITHIN = (
    "COALESCE(r.category_id = ANY (ARRAY(WITH RECURSIVE d AS (SELECT g.id FROM product_categories g "
    "WHERE g.tenant_id = %(tenant)s AND g.id {match} UNION SELECT g.id FROM product_categories g "
    "JOIN d ON g.parent_id = d.id WHERE g.tenant_id = %(tenant)s) SELECT d.id FROM d)), false)"
)


def _columns(_reach: Reach) -> str:
    return _COLUMNS


LISTING = Listing(
    table="products",
    kind=PRODUCT,
    columns=_columns,
    sorts=sorts_of(
        instant_key("updated_at"),
        instant_key("created_at"),
        text_key("name", "name_key"),
        text_key("code", "code_key"),
        whole_key("list_price"),
    ),
    default_sort="-updated_at",
    fields=declare(
        *(Field(name, Kind.TEXT, f"r.{name}") for name in ("name", "code", "unit", "specification")),
        Field("category_id", Kind.ID, _WITHIN),
        Field("state", Kind.CHOICE, "r.state", tuple(ProductState)),
        *(Field(name, Kind.WHOLE, f"r.{name}") for name in MONEY),
        *(Field(name, Kind.INSTANT, f"r.{name}") for name in ("created_at", "updated_at")),
    ),
    entity="product",
)


def whole(connection: Any, actor: Actor, product_id: UUID, *, reach: Reach | None = None) -> dict[str, Any]:
    """One product with everything its page shows, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :param reach: what may be seen, if not what the actor may read
    :raises NotFound: when there is none for the actor
    """
    reach = reach or reach_of(actor)
    statement = (
        f"SELECT {_COLUMNS} FROM products r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s "
        f"AND r.deleted_at IS NULL AND {reach.predicate}"
    )
    rows = pages.run(connection, statement, {"tenant": actor.tenant_id, "id": product_id})
    if not rows:
        raise NotFound
    called = names.directory(connection, actor, {rows[0][_MAKER]})
    item = _item(rows[0], called)
    item["can"] = policies.can(actor)
    _finish(connection, actor, [item])
    return item


def whole_now(actor: Actor, product_id: UUID) -> dict[str, Any]:
    """One product as it stands in the middle of a change."""
    return whole(rls.driver_of(db.session()), actor, product_id, reach=EVERYWHERE)


def flat(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A whole product as plain data, with the ids by which changes name what it refers to."""
    plain: dict[str, Any] = orjson.loads(orjson.dumps(shown))
    for name in ("category", "image"):
        plain[f"{name}_id"] = plain[name] and plain[name]["id"]
    plain |= own_fields.flat(plain["custom"])
    return plain


_REST = len(_KEYS)
_MAKER = _REST + 1


def _item(row: Sequence[Any], called: Names) -> dict[str, Any]:
    custom, maker, created_at, updated_at, category, image = row[_REST : _REST + 6]
    item = dict(zip(_KEYS, row, strict=False))
    currency = item.pop("currency")
    for name in MONEY:
        item[name] = None if item[name] is None else {"amount": item[name], "currency": currency}
    item["custom"] = custom
    item["category"] = {"id": category[0], "name": category[1]} if category else None
    item["image"] = {"id": image[0], "name": image[1]} if image else None
    item["created_by"] = called.user(maker)
    item["created_at"] = utc_of(created_at)
    item["updated_at"] = utc_of(updated_at)
    return item


def _finish(connection: Any, actor: Actor, items: Sequence[dict[str, Any]]) -> None:
    editable = actor.may(Permission.PRODUCT_MANAGE)
    for item in items:
        item["editable"] = editable
    own_fields.finish(connection, actor, items, entity=LISTING.entity)


_CARDS = Cards(LISTING, reach_of, _MAKER, _item, _finish)
page, demand, refs, these = _CARDS.page, _CARDS.demand, _CARDS.refs, _CARDS.these
_BUILT_IN = (
    BuiltIn("name", essential=True),
    # Searches find by these, too: who could not read them could guess them.
    BuiltIn("code", Kind.TEXT, essential=True),
    BuiltIn("category_id", shown_as="category"),
    BuiltIn("unit", Kind.TEXT),
    BuiltIn("tax_rate"),
    BuiltIn("specification", Kind.TEXT, essential=True),
    BuiltIn("list_price", essential=True),
    BuiltIn("floor_price"),
    BuiltIn("cost"),
    BuiltIn("image_id", shown_as="image"),
    BuiltIn("description"),
)
entities.register(Entity("product", "products", LISTING, _BUILT_IN, page, refs))
