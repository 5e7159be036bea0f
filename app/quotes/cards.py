"""Quotes as shown: rows of a list and whole ones, read in one or two statements, written without detours."""

from collections.abc import Collection, Mapping, Sequence
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
from app.core.keyset import instant_key, sorts_of, text_key, whole_key
from app.core.money import CURRENCIES
from app.fields import entities
from app.fields import shown as own_fields
from app.fields.entities import BuiltIn, Entity
from app.lists import names, pages
from app.lists.cards import Cards, held
from app.lists.editing import Editing
from app.lists.instants import utc_of
from app.lists.models import QUOTE
from app.lists.names import Names
from app.lists.pages import Listing
from app.lists.scopes import Branch, Reach
from app.quotes import line_cards, policies
from app.quotes.queries import SHARING, reach_of
from app.quotes.states import QuoteState
from tenants import rls

Rows = Sequence[Mapping[str, Any]]
COSTS = ("cost", "margin", "margin_rate")
"""What is no field of its own: it comes from what products cost, and goes with the right to see that."""
MONEY = ("net", "tax", "gross", "cost", "margin")
_PLAIN = (
    "version", "number", "revision", "title", "state", "in_approval", "returned", "returned_note", "currency",
    "with_tax", *MONEY, "margin_rate", "off_list", "below_floor", "line_count",
)  # fmt: skip
_KEYS = ("id", *_PLAIN)
_INSTANTS = ("submitted_at", "approved_at", "sent_at", "decided_at", "created_at", "updated_at")
# The name of a customer is as visible as its quotes, and while it lies in the bin so do they.
_CUSTOMER = (
    "(SELECT ARRAY[c.id::text, c.name] FROM customers c "
    "WHERE c.tenant_id = %(tenant)s AND c.id = r.customer_id)"
)
_COLUMNS = ", ".join(
    (
        "r.id::text",
        *(f"r.{name}" for name in _PLAIN),
        "r.owner_id::text",
        "r.department_id::text",
        "r.contact_id::text",
        "r.created_by_id::text",
        "r.valid_until::text",
        "r.custom::text",
        _CUSTOMER,
        *(f"r.{name}::text" for name in _INSTANTS),
    )
)
_OWNER = len(_KEYS)
_MAKER, _WHEN = _OWNER + 3, _OWNER + 7
_WHOLE = ("terms", "remark", "discount_rate", "discount_amount", "list_amount", "line_discounts", "discount",
          "decline_reason")  # fmt: skip
EVERYWHERE = Reach("all", (Branch("quotes r"),), "true", {})
LISTING = Listing(
    table="quotes",
    kind=QUOTE,
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(
        instant_key("updated_at"), instant_key("created_at"), text_key("number", "number"), whole_key("gross")
    ),
    default_sort="-updated_at",
    fields=declare(
        *(Field(name, Kind.TEXT, f"r.{name}") for name in ("number", "title")),
        Field("state", Kind.CHOICE, "r.state", tuple(QuoteState)),
        Field("currency", Kind.CHOICE, "r.currency", tuple(sorted(CURRENCIES))),
        *(
            Field(name, Kind.ID, f"r.{name}")
            for name in ("customer_id", "contact_id", "owner_id", "department_id", "created_by_id")
        ),
        *(Field(name, Kind.WHOLE, f"r.{name}") for name in ("gross", "margin_rate", "off_list")),
        Field("below_floor", Kind.YES, "r.below_floor"),
        Field("valid_until", Kind.DATE, "r.valid_until"),
        *(Field(name, Kind.INSTANT, f"r.{name}") for name in _INSTANTS),
    ),
    entity="quote",
)


def whole(
    connection: Any, actor: Actor, quote_id: UUID, *, reach: Reach | None = None, lines: Rows | None = None
) -> dict[str, Any]:
    """One quote with its lines and everything its page shows, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :param reach: what may be seen, if not what the actor may read
    :param lines: its lines as rows, if they are at hand
    :raises NotFound: when there is none for the actor
    """
    reach = reach or reach_of(actor)
    params = {**reach.params, "tenant": actor.tenant_id, "id": quote_id, "viewer": actor.id}
    rows = pages.run(connection, _whole_text(reach), params)
    if not rows:
        raise NotFound
    row = rows[0]
    shared, more = row[-1], dict(zip(_WHOLE, row[-1 - len(_WHOLE) : -1], strict=True))
    called = names.directory(connection, actor, {row[_OWNER], row[_MAKER]})
    item = _item(row, called)
    item["can"] = policies.can(actor, held(row[_OWNER], row[_OWNER + 1], shared=shared))
    item["editable"] = item["can"]["update"] and item["state"] == QuoteState.DRAFT
    item |= {name: more[name] for name in ("terms", "remark", "decline_reason")}
    item["discount"] = {"rate": more["discount_rate"], "amount": more["discount_amount"]}
    item["lines"] = (
        line_cards.of(connection, actor, quote_id)
        if lines is None
        else line_cards.of_rows(connection, actor, lines)
    )
    sums = {name: more[name] for name in ("list_amount", "line_discounts", "discount")}
    item["figures"] = {**sums, "rates": line_cards.by_rate(item["lines"])}
    _finish(connection, actor, [item])
    return item


def _whole_text(reach: Reach) -> str:
    return (
        f"SELECT {_COLUMNS}, {', '.join(f'r.{name}' for name in _WHOLE)}, "
        "EXISTS (SELECT 1 FROM customer_collaborators k WHERE k.tenant_id = %(tenant)s "
        "AND k.customer_id = r.customer_id AND k.user_id = %(viewer)s) "
        "FROM quotes r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s AND r.deleted_at IS NULL "
        f"AND {reach.predicate}"
    )


def whole_now(actor: Actor, quote_id: UUID, lines: Rows | None = None) -> dict[str, Any]:
    """One quote as it stands in the middle of a change, whether or not the reader may still see it.

    :param lines: its lines as rows, if they are at hand
    """
    return whole(rls.driver_of(db.session()), actor, quote_id, reach=EVERYWHERE, lines=lines)


def flat(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A whole quote as plain data, with the ids by which changes name what it refers to."""
    plain: dict[str, Any] = orjson.loads(orjson.dumps(shown))
    for name in ("customer", "contact"):
        plain[f"{name}_id"] = plain[name] and plain[name]["id"]
    plain |= own_fields.flat(plain["custom"])
    return plain


def _item(row: Sequence[Any], called: Names) -> dict[str, Any]:
    owner, department, contact, maker, valid_until, custom, customer = row[_OWNER:_WHEN]
    item = dict(zip(_KEYS, row, strict=False))
    for name in MONEY:
        item[name] = None if item[name] is None else {"amount": item[name], "currency": item["currency"]}
    item["owner"] = called.user(owner)
    item["department"] = called.department(department)
    item["contact"] = contact
    item["created_by"] = called.user(maker)
    item["valid_until"] = valid_until
    item["custom"] = custom
    item["customer"] = {"id": customer[0], "name": customer[1]} if customer else None
    for name, at in zip(_INSTANTS, row[_WHEN:], strict=False):
        item[name] = utc_of(at) if at else None
    return item


def _finish(connection: Any, actor: Actor, items: Sequence[dict[str, Any]]) -> None:
    contacts = contact_refs(connection, actor, {item["contact"] for item in items})
    unseen = dict.fromkeys(() if policies.sees_cost(actor) else COSTS)
    for item in items:
        item["contact"] = contacts.get(item["contact"]) if item["contact"] else None
        item.update(unseen)
    own_fields.finish(connection, actor, items, entity=LISTING.entity)


_EDITING = Editing(Permission.QUOTE_UPDATE, policies.READING, SHARING, host="customer")


def _finish_page(connection: Any, actor: Actor, items: Sequence[dict[str, Any]]) -> None:
    _EDITING.mark(connection, actor, items)
    for item in items:
        item["editable"] = item["editable"] and item["state"] == QuoteState.DRAFT
    _finish(connection, actor, items)


_CARDS = Cards(LISTING, reach_of, _OWNER, _item, _finish_page)
page, demand, these = _CARDS.page, _CARDS.demand, _CARDS.these
_BUILT_IN = (
    BuiltIn("title", essential=True),
    BuiltIn("customer_id", essential=True),
    BuiltIn("contact_id", shown_as="contact"),
    BuiltIn("valid_until"),
    BuiltIn("terms"),
    BuiltIn("remark"),
)
entities.register(Entity("quote", "quotes", LISTING, _BUILT_IN, page))


def refs(connection: Any, reader: Actor, ids: Collection[str]) -> dict[str, dict[str, str]]:
    """What those of these quotes that a reader may see are called, by id."""
    if not ids or not all(reader.may(permission) for permission in policies.READING):
        return {}
    found = these(connection, reader, reach_of(reader), sorted(map(UUID, ids)))
    return {one["id"]: {"id": one["id"], "name": f"{one['number']} {one['title']}"} for one in found}
