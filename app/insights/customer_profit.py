"""What a customer brings, and what it costs to serve it: year by year, each currency on its own.

Counted is only what the reader could add up themselves: quotes that they see, costs if they may know them,
and expenses of claims that they see.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission, Scope
from app.access.rules import permitted
from app.core.db import db
from app.customers.cards import demand
from app.expenses.queries import reach_of as claims_in_reach
from app.lists import names, pages
from app.quotes.policies import READING, sees_cost
from app.quotes.queries import reach_of as quotes_in_reach
from tenants import rls

MOST = 100
"""How many of the quotes and of the expenses behind the numbers are named."""
_QUOTES = (
    "FROM quotes r WHERE r.tenant_id = %(tenant)s AND r.customer_id = %(id)s AND r.deleted_at IS NULL "
    "AND r.state = 'accepted' AND {seen}"
)
_DAY = "(r.decided_at AT TIME ZONE %(zone)s)::date"
_REVENUE = " ".join(
    (
        "SELECT r.currency,",
        f"extract(year FROM {_DAY})::int, count(*), sum(r.net)::bigint,",
        "COALESCE(sum(r.cost), 0)::bigint, count(*) FILTER (WHERE r.cost IS NULL)",
        f"{_QUOTES} GROUP BY 1, 2",
    )
)
_ACCEPTED = " ".join(
    (
        f"SELECT r.id::text, r.number, r.title, r.currency, {_DAY}::text, r.net, r.cost",
        f"{_QUOTES} ORDER BY r.decided_at DESC, r.id DESC LIMIT %(most)s",
    )
)
# Approved or paid: what was only asked for may never be spent.
_LINES = (
    "FROM expense_lines l JOIN expense_claims r ON r.tenant_id = %(tenant)s AND r.id = l.claim_id "
    "WHERE l.tenant_id = %(tenant)s AND l.customer_id = %(id)s AND r.deleted_at IS NULL "
    "AND r.state IN ('approved', 'paid') AND {seen}"
)
_SPENT = " ".join(
    (
        "SELECT r.currency, extract(year FROM l.spent_on)::int, count(*), sum(l.amount)::bigint",
        f"{_LINES} GROUP BY 1, 2",
    )
)
_NAMED = " ".join(
    (
        "SELECT l.id::text, r.id::text, r.number, r.title, r.currency, l.spent_on::text, l.amount,",
        "r.owner_id::text, (SELECT k.name FROM expense_kinds k",
        "WHERE k.tenant_id = %(tenant)s AND k.id = l.kind_id)",
        f"{_LINES} ORDER BY l.spent_on DESC, l.id DESC LIMIT %(most)s",
    )
)
_OF_QUOTES, _OF_COSTS, _OF_EXPENSES = ("quotes", "revenue"), ("cost", "uncosted"), ("lines", "expenses")


@permitted(Permission.CUSTOMER_READ)
def of(actor: Actor, customer_id: UUID) -> dict[str, Any]:
    """What one customer is worth as far as the reader may know, for orjson; null is what they may not.

    :raises NotFound: when there is no such customer for the actor
    :raises Forbidden: for who sees neither quotes nor expenses
    """
    connection = rls.driver_of(db.session())
    demand(connection, actor, customer_id)
    quoted = all(actor.may(permission) for permission in READING)
    spent = actor.may(Permission.EXPENSE_READ) or not quoted
    costs = quoted and sees_cost(actor)
    asked = {"tenant": actor.tenant_id, "id": customer_id, "zone": str(actor.zone), "most": MOST + 1}
    years: dict[str, dict[int, dict[str, int]]] = {}
    accepted, lines = [], []
    if quoted:
        reach = quotes_in_reach(actor)
        for row in _rows(connection, _REVENUE, reach, asked):
            _put(years, row, (*_OF_QUOTES, *_OF_COSTS))
        accepted = [_quote(row, costs=costs) for row in _rows(connection, _ACCEPTED, reach, asked)]
    if spent:
        reach = claims_in_reach(actor)
        for row in _rows(connection, _SPENT, reach, asked):
            _put(years, row, _OF_EXPENSES)
        found = _rows(connection, _NAMED, reach, asked)
        called = names.directory(connection, actor, {row[7] for row in found})
        lines = [{**_line(row), "owner": called.user(row[7])} for row in found]
    known = (*(_OF_QUOTES if quoted else ()), *(_OF_COSTS if costs else ()), *(_OF_EXPENSES if spent else ()))
    return {
        "quotes_counted": quoted,
        "costs_counted": costs,
        "expenses_counted": _extent(actor) if spent else "none",
        "currencies": [_currency(one, years[one], known) for one in sorted(years, key=_by_size(years))],
        "quotes": accepted[:MOST],
        "lines": lines[:MOST],
        "cut": len(accepted) > MOST or len(lines) > MOST,
    }


def _extent(actor: Actor) -> str:
    return "all" if actor.grants[Permission.EXPENSE_READ] is Scope.ALL else "seen"


def _rows(connection: Any, text: str, reach: Any, asked: Mapping[str, Any]) -> Sequence[Any]:
    # The predicate is our own words, never a caller's.
    found: Sequence[Any] = pages.run(
        connection, text.replace("{seen}", reach.predicate), {**reach.params, **asked}
    )
    return found


def _put(years: dict[str, dict[int, dict[str, int]]], row: Sequence[Any], words: Sequence[str]) -> None:
    one = years.setdefault(row[0], {}).setdefault(row[1], {})
    one.update(zip(words, row[2:], strict=True))


def _by_size(years: Mapping[str, Mapping[int, Mapping[str, int]]]) -> Any:
    """The currency with most quotes and expenses first."""

    def key(currency: str) -> tuple[int, str]:
        found = years[currency].values()
        return -sum(one.get("quotes", 0) + one.get("lines", 0) for one in found), currency

    return key


def _currency(currency: str, years: Mapping[int, Mapping[str, int]], known: Sequence[str]) -> dict[str, Any]:
    total: dict[str, int] = {}
    for one in years.values():
        for name, figure in one.items():
            total[name] = total.get(name, 0) + figure
    return {
        "currency": currency,
        "total": _figures(total, known),
        "years": [{"year": year, **_figures(years[year], known)} for year in sorted(years)],
    }


def _figures(found: Mapping[str, int], known: Sequence[str]) -> dict[str, int | None]:
    figures: dict[str, int | None] = {
        name: found.get(name, 0) if name in known else None
        for name in (*_OF_QUOTES, *_OF_COSTS, *_OF_EXPENSES)
    }
    whole = all(name in known for name in ("revenue", "cost", "expenses"))
    profit = found.get("revenue", 0) - found.get("cost", 0) - found.get("expenses", 0)
    return {**figures, "profit": profit if whole else None}


def _quote(row: Sequence[Any], *, costs: bool) -> dict[str, Any]:
    quote = dict(zip(("id", "number", "title", "currency", "accepted_on", "net", "cost"), row, strict=True))
    return {**quote, "cost": quote["cost"] if costs else None}


def _line(row: Sequence[Any]) -> dict[str, Any]:
    claim = {"id": row[1], "number": row[2], "title": row[3]}
    return {
        "id": row[0],
        "claim": claim,
        "currency": row[4],
        "spent_on": row[5],
        "amount": row[6],
        "kind": row[8],
    }
