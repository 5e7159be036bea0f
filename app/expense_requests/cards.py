"""Expense requests as shown: rows of a list and whole ones, read in a few statements."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of, text_key, whole_key
from app.core.money import CURRENCIES
from app.customers.cards import refs as customer_refs
from app.expense_requests import drawing, policies
from app.expense_requests.queries import reach_of
from app.expense_requests.states import RequestState
from app.lists import names, pages
from app.lists.cards import Cards, held
from app.lists.instants import utc_of
from app.lists.models import EXPENSE_REQUEST
from app.lists.names import Names
from app.lists.pages import Listing
from app.lists.scopes import Branch, Reach
from app.quotes import cards as quote_cards
from app.records.submitting import CHANGEABLE
from tenants import rls

_PLAIN = (
    "version", "number", "title", "state", "in_approval", "returned", "currency", "amount", "line_count",
    "city",
)  # fmt: skip
_KEYS = ("id", *_PLAIN)
_DAYS = ("starts_on", "ends_on")
_INSTANTS = ("submitted_at", "approved_at", "closed_at", "created_at", "updated_at")
_KINDS = (
    "(SELECT array_agg(k.name ORDER BY k.asked DESC, k.name) FROM (SELECT e.name, sum(l.amount) AS asked "
    "FROM expense_request_lines l JOIN expense_kinds e ON e.tenant_id = l.tenant_id AND e.id = l.kind_id "
    "WHERE l.tenant_id = %(tenant)s AND l.request_id = r.id GROUP BY e.name) k)"
)
_COLUMNS = ", ".join(
    (
        "r.id::text",
        *(f"r.{name}" for name in _PLAIN),
        "r.owner_id::text",
        "r.department_id::text",
        *(f"r.{name}::text" for name in _DAYS),
        _KINDS,
        drawing.drawn("r.id"),
        drawing.used_up("r.id"),
        *(f"r.{name}::text" for name in _INSTANTS),
    )
)
_OWNER = len(_KEYS)
_WHEN = _OWNER + 7
EVERYWHERE = Reach("all", (Branch("expense_requests r"),), "true", {})
LISTING = Listing(
    table="expense_requests",
    kind=EXPENSE_REQUEST,
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(
        instant_key("updated_at"),
        instant_key("created_at"),
        text_key("number", "number"),
        whole_key("amount"),
    ),
    default_sort="-updated_at",
    fields=declare(
        *(Field(name, Kind.TEXT, f"r.{name}") for name in ("number", "title", "city")),
        Field("state", Kind.CHOICE, "r.state", tuple(RequestState)),
        Field("currency", Kind.CHOICE, "r.currency", tuple(sorted(CURRENCIES))),
        *(Field(name, Kind.ID, f"r.{name}") for name in ("owner_id", "department_id")),
        Field("amount", Kind.WHOLE, "r.amount"),
        *(Field(name, Kind.DATE, f"r.{name}") for name in _DAYS),
        *(Field(name, Kind.INSTANT, f"r.{name}") for name in _INSTANTS),
    ),
)
_LINES = (
    "SELECT r.id::text, r.amount, r.description, (SELECT ARRAY[k.id::text, k.name, k.archived::text] "
    "FROM expense_kinds k WHERE k.tenant_id = %(tenant)s AND k.id = r.kind_id) "
    "FROM expense_request_lines r WHERE r.tenant_id = %(tenant)s AND r.request_id = %(id)s "
    "ORDER BY r.position"
)


def whole(connection: Any, actor: Actor, request_id: UUID, *, reach: Reach | None = None) -> dict[str, Any]:
    """One request with its lines, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :param reach: what may be seen, if not what the actor may read
    :raises NotFound: when there is none for the actor
    """
    reach = reach or reach_of(actor)
    statement = (
        f"SELECT {_COLUMNS}, r.remark, r.customer_id::text, r.quote_id::text FROM expense_requests r "
        f"WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s AND r.deleted_at IS NULL AND {reach.predicate}"
    )
    params = {**reach.params, "tenant": actor.tenant_id, "id": request_id}
    rows = pages.run(connection, statement, params)
    if not rows:
        raise NotFound
    row = rows[0]
    remark, customer_id, quote_id = row[-3:]
    item = _item(row, names.directory(connection, actor, {row[_OWNER]}))
    customers = customer_refs(connection, actor, {customer_id} if customer_id else set())
    item["remark"] = remark
    item["customer"] = customers.get(customer_id)
    item["for_another"] = bool(customer_id and customer_id not in customers)
    item["quote"] = quote_cards.refs(connection, actor, {quote_id} if quote_id else set()).get(quote_id)
    item["can"] = policies.can(actor, held(row[_OWNER], row[_OWNER + 1], shared=False))
    item["editable"] = item["can"]["update"] and item["state"] in CHANGEABLE
    item["lines"] = [
        {
            "id": line[0],
            "amount": line[1],
            "description": line[2],
            "kind": {"id": line[3][0], "name": line[3][1]},
            "usable": line[3][2] == "false",
        }
        for line in pages.run(connection, _LINES, {"tenant": actor.tenant_id, "id": request_id})
    ]
    return item


def whole_now(actor: Actor, request_id: UUID) -> dict[str, Any]:
    """One request as it stands in the middle of a change, whether or not the reader may still see it."""
    return whole(rls.driver_of(db.session()), actor, request_id, reach=EVERYWHERE)


def flat(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A whole request as plain data, as changes name it."""
    plain: dict[str, Any] = orjson.loads(orjson.dumps(shown))
    plain["lines"] = [
        {"kind_id": line["kind"]["id"], "amount": line["amount"], "description": line["description"]}
        for line in plain["lines"]
    ]
    ids = {f"{name}_id": plain[name] and plain[name]["id"] for name in ("customer", "quote")}
    return plain | ids | {"amount": plain["amount"]["amount"]}


def _item(row: Sequence[Any], called: Names) -> dict[str, Any]:
    owner, department, starts_on, ends_on, kinds, drawn, used_up = row[_OWNER:_WHEN]
    item = dict(zip(_KEYS, row, strict=False))
    granted = item["amount"]
    for name, amount in (("amount", granted), ("drawn", drawn), ("left", max(granted - drawn, 0))):
        item[name] = {"amount": amount, "currency": item["currency"]}
    item |= {"owner": called.user(owner), "department": called.department(department)}
    item |= {"starts_on": starts_on, "ends_on": ends_on, "kinds": kinds or []}
    item["used_up"] = used_up and item["state"] == RequestState.APPROVED
    for name, at in zip(_INSTANTS, row[_WHEN:], strict=False):
        item[name] = utc_of(at) if at else None
    return item


def _finish(_connection: Any, actor: Actor, items: Sequence[dict[str, Any]]) -> None:
    for item in items:
        owner, department = item["owner"], item["department"]
        record = held(owner and owner["id"], department and department["id"], shared=False)
        item["editable"] = item["state"] in CHANGEABLE and policies.write.allows(actor, record)


_CARDS = Cards(LISTING, reach_of, _OWNER, _item, _finish)
page, demand, these = _CARDS.page, _CARDS.demand, _CARDS.these
