"""The recycle bin: what was deleted, of every kind, as far as the reader may delete it too.

What went with its customer is not listed: it comes back with that customer, or not at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import refuse
from app.activities.queries import reach_of_bin as activities_in_reach
from app.advances.queries import reach_of_bin as advances_in_reach
from app.assets.queries import reach_of_bin as assets_in_reach
from app.contacts.queries import reach_of_bin as contacts_in_reach
from app.core.keyset import After, instant_key, sorts_of, write_cursor
from app.core.search import Query
from app.expense_requests.queries import reach_of_bin as requests_in_reach
from app.expenses.queries import reach_of_bin as claims_in_reach
from app.lists import names, pages
from app.lists.instants import utc
from app.lists.models import ADVANCE, ASSET, CONTACT, CUSTOMER, EXPENSE_CLAIM, EXPENSE_REQUEST, PRODUCT, QUOTE
from app.lists.names import Names
from app.lists.pages import Asked, Listing
from app.lists.scopes import Reach, narrowest, reach
from app.products.queries import reach_of_bin as products_in_reach
from app.purchases.queries import reach_of_bin as purchases_in_reach
from app.quotes.queries import reach_of_bin as quotes_in_reach
from app.service_records.models import GIST
from app.service_records.queries import reach_of_bin as service_records_in_reach

_SORTS = sorts_of(instant_key("deleted_at"))
SORT = _SORTS["-deleted_at"]
_COLUMNS = "r.id::text, r.deleted_at, {name}, r.version, r.deleted_by_id::text, {owner}"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of record that can lie in the bin."""

    permission: Permission
    listing: Listing
    reach_of: Callable[[Actor], Reach]


def _customers_in_reach(actor: Actor) -> Reach:
    return reach(
        narrowest(Permission.CUSTOMER_READ, Permission.CUSTOMER_DELETE, of=actor), "customers", of=actor
    )


def _listing(
    table: str,
    kind: str,
    live: str,
    *,
    name: str = "r.name",
    owner: str = "r.owner_id::text",
    searchable: bool = True,
) -> Listing:
    columns = _COLUMNS.format(name=name, owner=owner)
    return Listing(
        table=table,
        kind=kind,
        columns=lambda _reach: columns,
        sorts=_SORTS,
        default_sort=SORT.token,
        fields={},
        live=live,
        searchable=searchable,
    )


KINDS = {
    "customer": _Kind(
        Permission.CUSTOMER_DELETE,
        _listing("customers", CUSTOMER, "r.deleted_at IS NOT NULL AND r.merged_into_id IS NULL"),
        _customers_in_reach,
    ),
    "contact": _Kind(
        Permission.CONTACT_DELETE,
        _listing(
            "contacts",
            CONTACT,
            "r.deleted_at IS NOT NULL AND r.deleted_with_id IS NULL AND r.merged_into_id IS NULL",
        ),
        contacts_in_reach,
    ),
    "activity": _Kind(
        Permission.ACTIVITY_DELETE,
        _listing(
            "activities",
            "",
            "r.deleted_at IS NOT NULL AND r.deleted_with_id IS NULL",
            name="left(split_part(r.content, E'\\n', 1), 60)",
            searchable=False,
        ),
        activities_in_reach,
    ),
    "product": _Kind(
        Permission.PRODUCT_MANAGE,
        _listing("products", PRODUCT, "r.deleted_at IS NOT NULL", owner="NULL::text"),
        products_in_reach,
    ),
    "quote": _Kind(
        Permission.QUOTE_DELETE,
        _listing(
            "quotes",
            QUOTE,
            "r.deleted_at IS NOT NULL AND r.deleted_with_id IS NULL",
            name="r.number || ' ' || r.title",
        ),
        quotes_in_reach,
    ),
    "asset": _Kind(
        Permission.ASSET_DELETE,
        _listing(
            "assets",
            ASSET,
            "r.deleted_at IS NOT NULL AND r.deleted_with_id IS NULL",
            name="concat_ws(' ', r.name, r.serial)",
        ),
        assets_in_reach,
    ),
    "service-record": _Kind(
        Permission.ASSET_DELETE,
        _listing(
            "service_records",
            "",
            "r.deleted_at IS NOT NULL AND r.deleted_with_id IS NULL",
            name=f"left(split_part(r.content, E'\\n', 1), {GIST})",
            searchable=False,
        ),
        service_records_in_reach,
    ),
    "purchase": _Kind(
        Permission.ASSET_DELETE,
        _listing(
            "purchases",
            "",
            "r.deleted_at IS NOT NULL AND r.deleted_with_id IS NULL",
            searchable=False,
        ),
        purchases_in_reach,
    ),
    "expense-claim": _Kind(
        Permission.EXPENSE_CREATE,
        _listing(
            "expense_claims",
            EXPENSE_CLAIM,
            "r.deleted_at IS NOT NULL",
            name="r.number || ' ' || r.title",
        ),
        claims_in_reach,
    ),
    "expense-request": _Kind(
        Permission.EXPENSE_CREATE,
        _listing(
            "expense_requests",
            EXPENSE_REQUEST,
            "r.deleted_at IS NOT NULL",
            name="r.number || ' ' || r.title",
        ),
        requests_in_reach,
    ),
    "advance": _Kind(
        Permission.EXPENSE_CREATE,
        _listing(
            "advances",
            ADVANCE,
            "r.deleted_at IS NOT NULL",
            name="r.number || ' ' || r.title",
        ),
        advances_in_reach,
    ),
}


def page(
    connection: Any, actor: Actor, *, kind: str | None, query: Query | None, after: After | None, limit: int
) -> dict[str, Any]:
    """A page of the bin, the latest deleted first, for orjson: {"items", "next_cursor"}.

    :param connection: a psycopg connection inside the tenant's walls
    :param kind: one of `KINDS`; None for all that the actor may delete
    :raises Forbidden: when the actor may delete none of it
    """
    asked = Asked(SORT, limit, after=after, query=query)
    found: list[tuple[str, Sequence[Any]]] = []
    more = False
    for word in [kind] if kind else _deletable(actor):
        if query and not KINDS[word].listing.searchable:
            continue
        part = pages.fetch(
            connection, KINDS[word].listing, KINDS[word].reach_of(actor), asked, actor.tenant_id
        )
        found += [(word, row) for row in part.rows]
        more = more or part.next_cursor is not None
    # Ids are compared as the database does: as text in lower case they sort alike.
    found.sort(key=lambda one: (one[1][1], one[1][0]), reverse=True)
    shown, last = found[:limit], found[limit - 1][1] if len(found) >= limit else None
    called = names.directory(connection, actor, {user for _, row in shown for user in row[4:6]})
    return {
        "items": [_item(word, row, called) for word, row in shown],
        "next_cursor": write_cursor(SORT, last[-1], last[0]) if last and (more or found[limit:]) else None,
    }


def _deletable(actor: Actor) -> list[str]:
    words = [word for word, kind in KINDS.items() if actor.may(kind.permission)]
    if not words:
        raise refuse(actor, Permission.CUSTOMER_DELETE)
    return words


def _item(word: str, row: Sequence[Any], called: Names) -> dict[str, Any]:
    row_id, deleted_at, name, version, deleted_by, owner, _ = row
    return {
        "type": word,
        "id": row_id,
        "name": name,
        "deleted_at": utc(deleted_at),
        "deleted_by": called.user(deleted_by),
        "owner": called.user(owner),
        "version": version,
    }
