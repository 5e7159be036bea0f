"""What was spent, by person, department, customer, kind and month: of the claims that the reader may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.access import actors
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core import clock
from app.core.db import db
from app.core.errors import invalid
from app.customers.cards import refs as customer_refs
from app.expenses.queries import reach_of
from app.expenses.states import ClaimState
from app.insights.periods import Period, shifted
from app.lists import names, pages
from app.lists.names import Ref
from tenants import rls

YEARS = range(2000, 2101)
MOST_DAYS, MOST_ROWS = 1100, 200
"""States in which something was really spent, as far as one knows."""


class Counted(StrEnum):
    """By which day an expense belongs to a period."""

    SPENT = "spent"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked at."""

    first: date
    last: date
    by: str = Counted.SPENT
    states: Sequence[str] = (ClaimState.APPROVED, ClaimState.PAID)
    currency: str | None = None
    department_id: UUID | None = None
    owner_id: UUID | None = None
    kind_id: UUID | None = None
    customer_id: UUID | None = None


_DAYS = {Counted.SPENT: "l.spent_on", Counted.PAID: "r.paid_on"}
_ONLY = {
    "department_id": "r.department_id = ANY (%(department_id)s::uuid[])",
    "owner_id": "r.owner_id = %(owner_id)s",
    "kind_id": "l.kind_id = %(kind_id)s",
    "customer_id": "l.customer_id = %(customer_id)s",
}
_ROWS = (
    "FROM expense_lines l JOIN expense_claims r ON r.tenant_id = %(tenant)s AND r.id = l.claim_id "
    "WHERE l.tenant_id = %(tenant)s AND r.deleted_at IS NULL AND r.state = ANY (%(states)s) "
    "AND {day} BETWEEN %(begin)s AND %(last)s AND ({day} >= %(first)s OR {day} <= %(ended)s) "
)
_NOW, _THEN = "FILTER (WHERE s.now)", "FILTER (WHERE NOT s.now)"
_CURRENCIES = f"SELECT r.currency {_ROWS}{{more}} GROUP BY r.currency ORDER BY count(*) DESC, r.currency"
_PARTS = ("owner_id", "department_id", "customer_id", "kind_id", "month")
# All ways to divide it in one reading; a company's thousands of customers come down to the dearest here.
_SUMS = " ".join(
    (
        "WITH spent AS (SELECT r.owner_id, r.department_id, l.customer_id, l.kind_id, l.amount,",
        "date_trunc('month', {day}::timestamp)::date AS month, {day} >= %(first)s AS now",
        f"{_ROWS}{{more}} AND r.currency = %(currency)s),",
        f"grouped AS (SELECT GROUPING({', '.join(f's.{one}' for one in _PARTS)}) AS part,",
        f"{', '.join(f's.{one}::text' for one in _PARTS)}, ",
        f"COALESCE(sum(s.amount) {_NOW}, 0)::bigint AS amount,",
        f"count(*) {_NOW} AS lines, COALESCE(sum(s.amount) {_THEN}, 0)::bigint AS before",
        "FROM spent s GROUP BY GROUPING SETS ((), (s.owner_id), (s.department_id), (s.customer_id),",
        "(s.kind_id), (s.month, s.kind_id)))",
        f"SELECT k.part, {', '.join(f'k.{one}' for one in _PARTS)}, k.amount, k.lines, k.before, k.groups",
        "FROM (SELECT g.*, count(*) OVER (PARTITION BY g.part) AS groups, row_number() OVER (",
        "PARTITION BY g.part ORDER BY g.amount DESC, g.before DESC, g.owner_id, g.department_id,",
        "g.customer_id, g.kind_id) AS place FROM grouped g) k",
        "WHERE k.place <= %(most)s OR k.month IS NOT NULL ORDER BY k.part, k.place",
    )
)
_KINDS = "SELECT k.id::text, k.name FROM expense_kinds k WHERE k.tenant_id = %(tenant)s ORDER BY k.position"
# GROUPING has a bit, from the left, for each part that is summed over.
_OWNERS, _DEPARTMENTS, _CUSTOMERS, _OF_KINDS, _MONTHS, _ALL = (
    0b01111,
    0b10111,
    0b11011,
    0b11101,
    0b11100,
    0b11111,
)


@permitted(Permission.EXPENSE_READ)
def of(actor: Actor, wanted: Wanted) -> dict[str, Any]:
    """What was spent in a period and in the one before it, for orjson; several currencies are never added up.

    :raises Invalid: for days of another age or too many, or a customer that there is not for the actor
    """
    period, connection = _period(wanted), rls.driver_of(db.session())
    before = period.before(clock.now().astimezone(actor.zone).date())
    if wanted.customer_id and not customer_refs(connection, actor, [str(wanted.customer_id)]):
        raise invalid("customer_id", "unknown-reference")
    sql, asked = _asked(actor, wanted, period, before)
    currencies = [row[0] for row in pages.run(connection, sql(_CURRENCIES), asked, by_value=True)]
    currency = wanted.currency or (currencies[0] if currencies else None)
    rows: Sequence[Any] = ()
    if currency in currencies:
        rows = pages.run(connection, sql(_SUMS), {**asked, "currency": currency}, by_value=True)
    return {
        "first": period.first, "last": period.last, "before": {"first": before.first, "last": before.last},
        "currency": currency, "currencies": currencies, **_divided(connection, actor, rows, period),
    }  # fmt: skip


def _period(wanted: Wanted) -> Period:
    for name, day in (("first", wanted.first), ("last", wanted.last)):
        if day.year not in YEARS:
            raise invalid(name, "too-far", first=YEARS.start, last=YEARS.stop - 1)
    if not timedelta(0) <= wanted.last - wanted.first < timedelta(days=MOST_DAYS):
        raise invalid(
            "last",
            "ends-before-its-beginning" if wanted.last < wanted.first else "too-many-days",
            max=MOST_DAYS,
        )
    return Period(wanted.first, wanted.last)


def _asked(actor: Actor, wanted: Wanted, period: Period, before: Period) -> tuple[Any, dict[str, Any]]:
    """How a statement is filled in, and with what."""
    reach, by = reach_of(actor), Counted(wanted.by)
    only = {name: value for name in _ONLY if (value := getattr(wanted, name)) is not None}
    more = " ".join(f"AND {part}" for part in (reach.predicate, *(_ONLY[name] for name in only)))
    if wanted.department_id:
        only["department_id"] = list(actors.subtree_of(wanted.department_id))
    asked = {
        **reach.params, **only, "tenant": actor.tenant_id, "begin": before.first, "ended": before.last,
        "first": period.first, "last": period.last, "most": MOST_ROWS,
        "states": [ClaimState.PAID] if by is Counted.PAID else list(wanted.states),
    }  # fmt: skip

    def sql(text: str) -> str:
        # All of it is our own words, never a caller's.
        return text.replace("{day}", _DAYS[by]).replace("{more}", more)

    return sql, asked


def _divided(connection: Any, actor: Actor, rows: Sequence[Any], period: Period) -> dict[str, Any]:
    parts: dict[int, list[Any]] = {}
    for row in rows:
        parts.setdefault(row[0], []).append(row)
    [total] = parts.get(_ALL, [(_ALL, *[None] * 5, 0, 0, 0, 1)])
    kinds = dict(pages.run(connection, _KINDS, {"tenant": actor.tenant_id}))
    called = names.directory(connection, actor, {row[1] for row in parts.get(_OWNERS, ())})
    by_person = [(called.user(row[1]), False, row) for row in parts.get(_OWNERS, ())]
    by_department = [(called.department(row[2]), False, row) for row in parts.get(_DEPARTMENTS, ())]
    by_kind = [(_ref(row[4], kinds), False, row) for row in parts.get(_OF_KINDS, ())]
    return {
        "total": _figures(total),
        "people": _groups(by_person, total),
        "departments": _groups(by_department, total),
        "customers": _groups(_of_customers(connection, actor, parts.get(_CUSTOMERS, ())), total),
        "kinds": _groups(by_kind, total),
        "months": _months(parts.get(_MONTHS, ()), kinds, period),
    }


def _ref(found: str, called: Mapping[str, str]) -> Ref:
    return {"id": found, "name": called[found]}


def _figures(row: Sequence[Any]) -> dict[str, int]:
    return dict(zip(("amount", "lines", "before"), row[6:9], strict=True))


def _of_customers(connection: Any, actor: Actor, rows: Sequence[Any]) -> list[Any]:
    """Customers that the reader does not see are one group, without a name."""
    seen = customer_refs(connection, actor, {row[3] for row in rows})
    shown = [(seen.get(row[3]), False, row) for row in rows if row[3] is None or row[3] in seen]
    hidden = [row for row in rows if row[3] is not None and row[3] not in seen]
    if hidden:
        sums = [sum(row[place] for row in hidden) for place in (6, 7, 8)]
        shown.append((None, True, (*hidden[0][:6], *sums)))
    return shown


def _groups(found: Sequence[tuple[Ref | None, bool, Any]], total: Sequence[Any]) -> dict[str, Any]:
    """:param found: whose it is (None: nobody's), whether that is hidden, and its row"""
    items = [{"of": of, "hidden": hidden, **_figures(row)} for of, hidden, row in found]
    sums = _figures(total)
    for _of, _hidden, row in found:
        sums = {name: sums[name] - figure for name, figure in _figures(row).items()}
    return {"items": items, "rest": sums if any(sums.values()) else None}


def _months(rows: Sequence[Any], kinds: Mapping[str, str], period: Period) -> list[dict[str, Any]]:
    """Month by month with its kinds; what went before stands beside the month it is compared with."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        month, kind, (amount, lines, before) = row[5], row[4], row[6:9]
        spent_now = found.setdefault(month[:7], _month()) if lines else None
        if spent_now is not None:
            spent_now["amount"] += amount
            spent_now["lines"] += lines
            spent_now["kinds"].append({"of": _ref(kind, kinds), "amount": amount})
        if before and period.months:
            met = shifted(date.fromisoformat(month), period.months).isoformat()
            found.setdefault(met[:7], _month())["before"] += before
    for one in found.values():
        one["kinds"].sort(key=lambda part: -part["amount"])
    return [{"month": month, **found[month]} for month in sorted(found)]


def _month() -> dict[str, Any]:
    return {"amount": 0, "lines": 0, "before": 0, "kinds": []}
