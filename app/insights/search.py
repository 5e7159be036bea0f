"""One box that finds records of many kinds alike, while one types."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.assets.cards import LISTING as ASSETS
from app.assets.policies import NEEDED as NEEDED_FOR_ASSETS
from app.assets.queries import reach_of as assets_in_reach
from app.contacts.cards import LISTING as CONTACTS
from app.contacts.policies import READING as READING_CONTACTS
from app.contacts.queries import reach_of as contacts_in_reach
from app.core.search import Query
from app.customers.cards import LISTING as CUSTOMERS
from app.customers.queries import reach_of as customers_in_reach
from app.expenses.cards import LISTING as CLAIMS
from app.expenses.queries import reach_of as claims_in_reach
from app.fields import rights
from app.lists import names, pages
from app.lists.pages import Asked, Listing
from app.lists.scopes import Reach
from app.products.cards import LISTING as PRODUCTS
from app.products.queries import reach_of as products_in_reach
from app.quotes.cards import LISTING as QUOTES
from app.quotes.policies import READING as READING_QUOTES
from app.quotes.queries import reach_of as quotes_in_reach

DEFAULT_LIMIT, MAX_LIMIT = 8, 20
_CUSTOMERS = replace(
    CUSTOMERS, columns=lambda _reach: "r.id::text, r.name, r.stage, r.owner_id::text, r.search_text"
)
_CONTACTS = replace(
    CONTACTS,
    columns=lambda _reach: (
        "r.id::text, r.name, r.title, (SELECT ARRAY[c.id::text, c.name] FROM customers c "
        "WHERE c.tenant_id = %(tenant)s AND c.id = r.customer_id)"
    ),
)


_PRODUCTS = replace(PRODUCTS, columns=lambda _reach: "r.id::text, r.name, r.code, r.specification, r.state")
_QUOTES = replace(
    QUOTES,
    columns=lambda _reach: (
        "r.id::text, r.title, r.number, r.state, (SELECT ARRAY[c.id::text, c.name] FROM customers c "
        "WHERE c.tenant_id = %(tenant)s AND c.id = r.customer_id)"
    ),
)
_ASSETS = replace(
    ASSETS,
    columns=lambda _reach: (
        "r.id::text, r.name, r.serial, r.state, (SELECT ARRAY[c.id::text, c.name] FROM customers c "
        "WHERE c.tenant_id = %(tenant)s AND c.id = r.customer_id)"
    ),
)
_CLAIMS = replace(CLAIMS, columns=lambda _reach: "r.id::text, r.title, r.number, r.state, r.owner_id::text")


def find(connection: Any, actor: Actor, query: Query | None, limit: int) -> dict[str, Any]:
    """What is found of each kind, names that begin with it first, for orjson.

    A single letter finds nothing yet: no index could help with it.

    :param connection: a psycopg connection inside the tenant's walls
    """
    if query is None or query.needles is None:
        return {word: [] for word in _KINDS}
    return {word: found(connection, actor, query, limit) for word, found in _KINDS.items()}


def _customers(connection: Any, actor: Actor, query: Query, limit: int) -> list[dict[str, Any]]:
    if not actor.may(Permission.CUSTOMER_READ):
        return []
    rows = _best(connection, actor, _CUSTOMERS, customers_in_reach(actor), query, limit)
    called = names.directory(connection, actor, {row[3] for row in rows})
    return [
        {
            "id": row_id,
            "name": name,
            "stage": None if "stage" in actor.hides(CUSTOMERS.entity) else stage,
            "owner": called.user(owner),
            "matched": query.words[0].matched(text),
        }
        for row_id, name, stage, owner, text, _ in rows
    ]


def _contacts(connection: Any, actor: Actor, query: Query, limit: int) -> list[dict[str, Any]]:
    if not all(actor.may(permission) for permission in READING_CONTACTS):
        return []
    rows = _best(connection, actor, _CONTACTS, contacts_in_reach(actor), query, limit)
    return [
        {
            "id": row_id,
            "name": name,
            "title": None if "title" in actor.hides(CONTACTS.entity) else title,
            "customer": {"id": customer[0], "name": customer[1]} if customer else None,
        }
        for row_id, name, title, customer, _ in rows
    ]


def _products(connection: Any, actor: Actor, query: Query, limit: int) -> list[dict[str, Any]]:
    if not actor.may(Permission.PRODUCT_READ):
        return []
    rows = _best(connection, actor, _PRODUCTS, products_in_reach(actor), query, limit)
    return [
        {"id": row_id, "name": name, "code": code, "specification": specification, "state": state}
        for row_id, name, code, specification, state, _ in rows
    ]


def _quotes(connection: Any, actor: Actor, query: Query, limit: int) -> list[dict[str, Any]]:
    if not all(actor.may(permission) for permission in READING_QUOTES):
        return []
    rows = _best(connection, actor, _QUOTES, quotes_in_reach(actor), query, limit)
    return [
        {
            "id": row_id,
            "title": title,
            "number": number,
            "state": state,
            "customer": {"id": customer[0], "name": customer[1]} if customer else None,
        }
        for row_id, title, number, state, customer, _ in rows
    ]


def _assets(connection: Any, actor: Actor, query: Query, limit: int) -> list[dict[str, Any]]:
    if not all(actor.may(permission) for permission in NEEDED_FOR_ASSETS.reading):
        return []
    rows = _best(connection, actor, _ASSETS, assets_in_reach(actor), query, limit)
    return [
        {
            "id": row_id,
            "name": name,
            "serial": serial,
            "state": state,
            "customer": {"id": customer[0], "name": customer[1]} if customer else None,
        }
        for row_id, name, serial, state, customer, _ in rows
    ]


def _claims(connection: Any, actor: Actor, query: Query, limit: int) -> list[dict[str, Any]]:
    if not actor.may(Permission.EXPENSE_READ):
        return []
    rows = _best(connection, actor, _CLAIMS, claims_in_reach(actor), query, limit)
    called = names.directory(connection, actor, {row[4] for row in rows})
    return [
        {"id": row_id, "title": title, "number": number, "state": state, "owner": called.user(owner)}
        for row_id, title, number, state, owner, _ in rows
    ]


def _best(
    connection: Any, actor: Actor, listing: Listing, reach: Reach, query: Query, limit: int
) -> Sequence[tuple[Any, ...]]:
    allowed = rights.searchable(actor, listing.entity, query)
    if allowed is None or allowed.needles is None:
        return []
    asked = Asked(listing.sorts[listing.default_sort], limit, query=allowed, best_first=True)
    return pages.fetch(connection, listing, reach, asked, actor.tenant_id).rows


_KINDS = {
    "customers": _customers,
    "contacts": _contacts,
    "products": _products,
    "assets": _assets,
    "quotes": _quotes,
    "expense_claims": _claims,
}
