"""Expense claims as shown: rows of a list and whole ones, read in a few statements."""

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
from app.expense_requests import drawing
from app.expenses import limiting, line_cards, policies
from app.expenses.queries import reach_of
from app.expenses.states import ClaimState
from app.lists import names, pages
from app.lists.cards import Cards, held
from app.lists.instants import utc_of
from app.lists.models import EXPENSE_CLAIM
from app.lists.names import Names
from app.lists.pages import Listing
from app.lists.scopes import Branch, Reach
from app.records.submitting import CHANGEABLE
from tenants import rls

_PLAIN = (
    "version", "number", "title", "state", "in_approval", "returned", "currency", "amount", "tax",
    "line_count", "receipt_count",
)  # fmt: skip
_KEYS = ("id", *_PLAIN)
_INSTANTS = ("submitted_at", "approved_at", "created_at", "updated_at")
# What was spent on, most of it first: as few words as a row has room for.
_KINDS = (
    "(SELECT array_agg(k.name ORDER BY k.spent DESC, k.name) FROM (SELECT e.name, sum(l.amount) AS spent "
    "FROM expense_lines l JOIN expense_kinds e ON e.tenant_id = l.tenant_id AND e.id = l.kind_id "
    "WHERE l.tenant_id = %(tenant)s AND l.claim_id = r.id GROUP BY e.name) k)"
)
# Whose claim it is, theirs is the request too: whoever sees the one sees the other.
_REQUEST = (
    "(SELECT ARRAY[q.id::text, q.number || ' ' || q.title] FROM expense_requests q "
    "WHERE q.tenant_id = %(tenant)s AND q.id = r.request_id)"
)
_LINES_OF = "FROM expense_lines l WHERE l.tenant_id = %(tenant)s AND l.claim_id = r.id"
_ON_KIND = f"EXISTS (SELECT 1 {_LINES_OF} AND l.kind_id {{match}})"
_COLUMNS = ", ".join(
    (
        "r.id::text",
        *(f"r.{name}" for name in _PLAIN),
        "r.owner_id::text",
        "r.department_id::text",
        "r.paid_on::text",
        _KINDS,
        _REQUEST,
        *(f"r.{name}::text" for name in _INSTANTS),
    )
)
_OWNER = len(_KEYS)
_WHEN = _OWNER + 5
EVERYWHERE = Reach("all", (Branch("expense_claims r"),), "true", {})
LISTING = Listing(
    table="expense_claims",
    kind=EXPENSE_CLAIM,
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(
        instant_key("updated_at"),
        instant_key("created_at"),
        text_key("number", "number"),
        whole_key("amount"),
    ),
    default_sort="-updated_at",
    fields=declare(
        *(Field(name, Kind.TEXT, f"r.{name}") for name in ("number", "title")),
        Field("state", Kind.CHOICE, "r.state", tuple(ClaimState)),
        Field("currency", Kind.CHOICE, "r.currency", tuple(sorted(CURRENCIES))),
        *(Field(name, Kind.ID, f"r.{name}") for name in ("owner_id", "department_id", "request_id")),
        Field("amount", Kind.WHOLE, "r.amount"),
        Field("paid_on", Kind.DATE, "r.paid_on"),
        Field("kind_id", Kind.ID, _ON_KIND),
        Field("spent_from", Kind.DATE, f"(SELECT min(l.spent_on) {_LINES_OF})"),
        Field("spent_until", Kind.DATE, f"(SELECT max(l.spent_on) {_LINES_OF})"),
        *(Field(name, Kind.INSTANT, f"r.{name}") for name in _INSTANTS),
    ),
)


def whole(connection: Any, actor: Actor, claim_id: UUID, *, reach: Reach | None = None) -> dict[str, Any]:
    """One claim with its lines, receipts and payments, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :param reach: what may be seen, if not what the actor may read
    :raises NotFound: when there is none for the actor
    """
    reach = reach or reach_of(actor)
    statement = (
        f"SELECT {_COLUMNS}, r.remark FROM expense_claims r WHERE r.tenant_id = %(tenant)s "
        f"AND r.id = %(id)s AND r.deleted_at IS NULL AND {reach.predicate}"
    )
    params = {**reach.params, "tenant": actor.tenant_id, "id": claim_id}
    rows = pages.run(connection, statement, params)
    if not rows:
        raise NotFound
    row = rows[0]
    payments = line_cards.payments(connection, actor, claim_id)
    people = {row[_OWNER], *(one[name] for one in payments for name in ("made_by", "reversed_by"))}
    called = names.directory(connection, actor, people)
    item = _item(row, called)
    item["remark"] = row[-1]
    item["drawing"] = _drawing(connection, actor, item)
    item["can"] = policies.can(actor, held(row[_OWNER], row[_OWNER + 1], shared=False))
    item["editable"] = item["can"]["update"] and item["state"] in CHANGEABLE
    item["write_offs"] = line_cards.write_offs(connection, actor, claim_id)
    item["lines"] = line_cards.of(connection, actor, claim_id)
    if item["state"] in CHANGEABLE:
        _lay_limits(connection, item, row[_OWNER])
    item["payments"] = [
        {**one, **{name: called.user(one[name]) for name in ("made_by", "reversed_by")}} for one in payments
    ]
    return item


def _lay_limits(connection: Any, item: dict[str, Any], owner_id: str) -> None:
    """Tell of each line that may still be changed which limit binds it now."""
    whose = limiting.Whose(claim_id=item["id"], owner_id=owner_id, currency=item["currency"])
    lines = [{**one, "kind_id": one["kind"]["id"]} for one in item["lines"]]
    for line, limit in zip(item["lines"], limiting.told(connection, whose, lines), strict=True):
        line["limit"] = limit


def _drawing(connection: Any, reader: Actor, item: Mapping[str, Any]) -> dict[str, Any] | None:
    """What was granted to the claim, what others drew of it, what is left, and what is above that."""
    if item["request"] is None:
        return None
    statement = (
        f"SELECT q.amount, {drawing.drawn('q.id', but='%(claim)s::uuid')}, q.state = 'approved' "
        "FROM expense_requests q WHERE q.tenant_id = %(tenant)s AND q.id = %(id)s"
    )
    params = {"tenant": reader.tenant_id, "id": item["request"]["id"], "claim": item["id"]}
    granted, others, is_open = pages.run(connection, statement, params)[0]
    left = max(granted - others, 0)
    sums = {"granted": granted, "others": others, "left": left}
    sums["over"] = max(item["amount"]["amount"] - left, 0)
    told = {name: {"amount": amount, "currency": item["currency"]} for name, amount in sums.items()}
    return {**told, "open": is_open}


def whole_now(actor: Actor, claim_id: UUID) -> dict[str, Any]:
    """One claim as it stands in the middle of a change, whether or not the reader may still see it."""
    return whole(rls.driver_of(db.session()), actor, claim_id, reach=EVERYWHERE)


def flat(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A whole claim as plain data, as changes name it."""
    plain: dict[str, Any] = orjson.loads(orjson.dumps(shown))
    plain["lines"] = [_as_sent(line) for line in plain["lines"]]
    plain["request_id"] = plain["request"] and plain["request"]["id"]
    return plain | {"amount": plain["amount"]["amount"], "tax": plain["tax"]["amount"]}


def _as_sent(line: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("id", "spent_on", "amount", "tax", "description", "city", "over_reason")
    ids = {f"{name}_id": line[name] and line[name]["id"] for name in ("kind", "customer", "quote")}
    receipts = [
        {"file_id": one["file"]["id"], **{name: one[name] for name in ("invoice_code", "invoice_number")}}
        for one in line["receipts"]
    ]
    return {**{name: line[name] for name in kept}, **ids, "receipts": receipts}


def _item(row: Sequence[Any], called: Names) -> dict[str, Any]:
    owner, department, paid_on, kinds, request = row[_OWNER:_WHEN]
    item = dict(zip(_KEYS, row, strict=False))
    for name in ("amount", "tax"):
        item[name] = {"amount": item[name], "currency": item["currency"]}
    item["owner"] = called.user(owner)
    item["department"] = called.department(department)
    item["paid_on"] = paid_on
    item["kinds"] = kinds or []
    item["request"] = {"id": request[0], "name": request[1]} if request else None
    for name, at in zip(_INSTANTS, row[_WHEN:], strict=False):
        item[name] = utc_of(at) if at else None
    return item


def _finish(_connection: Any, actor: Actor, items: Sequence[dict[str, Any]]) -> None:
    for item in items:
        owner, department = item["owner"], item["department"]
        record = held(owner and owner["id"], department and department["id"], shared=False)
        item["editable"] = item["state"] in CHANGEABLE and policies.write.allows(actor, record)
        item["payable"] = item["state"] == ClaimState.APPROVED and policies.pay.allows(actor, record)


_CARDS = Cards(LISTING, reach_of, _OWNER, _item, _finish)
page, demand, these = _CARDS.page, _CARDS.demand, _CARDS.these


def these_now(actor: Actor, claim_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Claims as they stand in the middle of a change, in the order given."""
    return these(rls.driver_of(db.session()), actor, EVERYWHERE, claim_ids)
