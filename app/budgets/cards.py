"""Budgets as shown: rows of a list and whole ones, with what is used, reserved and left of each."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.access.permissions import Permission
from app.budgets import sums
from app.budgets.queries import reach_of
from app.budgets.states import Mode
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import SortKey, day_key, instant_key, sorts_of, text_key, whole_key
from app.core.money import CURRENCIES
from app.lists import names, pages
from app.lists import totals as counts
from app.lists.cards import Cards
from app.lists.instants import utc_of
from app.lists.names import Names
from app.lists.pages import Asked, Listing
from app.lists.scopes import Branch, Reach
from tenants import rls

_PLAIN = ("version", "name", "currency", "amount", "mode", "archived", "note")
_KEYS = ("id", *_PLAIN)
_DAYS = ("first_day", "last_day")
_INSTANTS = ("created_at", "updated_at")
_KIND = (
    "(SELECT ARRAY[k.id::text, k.name] FROM expense_kinds k "
    "WHERE k.tenant_id = %(tenant)s AND k.id = r.kind_id)"
)
_SUMS = f"(SELECT ARRAY[s.used, s.reserved] FROM {sums.of('r')} s)"
_SPENT = sums.spent("r")
_COLUMNS = ", ".join(
    (
        "r.id::text",
        *(f"r.{name}" for name in _PLAIN),
        "r.department_id::text",
        _KIND,
        *(f"r.{name}::text" for name in (*_DAYS, *_INSTANTS)),
        _SUMS,
    )
)
_MORE = len(_KEYS)
EVERYWHERE = Reach("all", (Branch("budgets r"),), "true", {})
LISTING = Listing(
    table="budgets",
    kind="",
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(
        instant_key("updated_at"),
        day_key("first_day"),
        day_key("last_day"),
        text_key("name", "name"),
        whole_key("amount"),
        SortKey("left", f"(r.amount - {_SPENT})", whole_key("left").read),
    ),
    default_sort="-last_day",
    fields=declare(
        Field("name", Kind.TEXT, "r.name"),
        *(Field(name, Kind.ID, f"r.{name}") for name in ("department_id", "kind_id")),
        *(Field(name, Kind.DATE, f"r.{name}") for name in _DAYS),
        Field("currency", Kind.CHOICE, "r.currency", tuple(sorted(CURRENCIES))),
        Field("mode", Kind.CHOICE, "r.mode", tuple(Mode)),
        Field("amount", Kind.WHOLE, "r.amount"),
        Field("archived", Kind.YES, "r.archived"),
        Field("over", Kind.YES, f"({_SPENT} > r.amount)"),
    ),
    live="true",
    searchable=False,
)


def _item(row: Sequence[Any], called: Names) -> dict[str, Any]:
    item = dict(zip(_KEYS, row, strict=False))
    department, kind, *days, created, updated, (used, reserved) = row[_MORE : _MORE + 7]
    amount = item["amount"]
    figures = {"amount": amount, "used": used, "reserved": reserved, "left": amount - used - reserved}
    item |= {name: {"amount": figure, "currency": item["currency"]} for name, figure in figures.items()}
    item |= dict(zip(_DAYS, days, strict=True))
    item["percent"] = (used + reserved) * 100 // amount
    item["over"] = used + reserved > amount
    item["department"] = called.department(department)
    item["kind"] = {"id": kind[0], "name": kind[1]} if kind else None
    item |= {"created_at": utc_of(created), "updated_at": utc_of(updated)}
    return item


def _finish(_connection: Any, actor: Actor, items: Sequence[dict[str, Any]]) -> None:
    # Whoever sees a budget and arranges expenses arranges it.
    for item in items:
        item["editable"] = actor.may(Permission.EXPENSE_MANAGE)


_NOBODY = 0
_CARDS = Cards(LISTING, reach_of, _NOBODY, _item, _finish)
demand = _CARDS.demand


def page(connection: Any, actor: Actor, asked: Asked) -> dict[str, Any]:
    """A page of the budgets that the actor sees, for orjson; as many statements however many there are.

    :param connection: a psycopg connection inside the tenant's walls
    """
    reach = reach_of(actor)
    found = pages.fetch(connection, LISTING, reach, asked, actor.tenant_id)
    called = names.directory(connection, actor)
    items = [_item(row, called) for row in found.rows]
    _finish(connection, actor, items)
    body: dict[str, Any] = {"items": items, "next_cursor": found.next_cursor}
    if asked.total:
        body["total"] = counts.count(connection, LISTING, reach, asked, actor.tenant_id)
    return body


def whole(connection: Any, actor: Actor, budget_id: UUID, *, reach: Reach | None = None) -> dict[str, Any]:
    """One budget, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :param reach: what may be seen, if not what the actor may read
    :raises NotFound: when there is none for the actor
    """
    reach = reach or reach_of(actor)
    statement = (
        f"SELECT {_COLUMNS} FROM budgets r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s "
        f"AND {reach.predicate}"
    )
    params = {**reach.params, "tenant": actor.tenant_id, "id": budget_id}
    rows = pages.run(connection, statement, params)
    if not rows:
        raise NotFound
    item = _item(rows[0], names.directory(connection, actor))
    _finish(connection, actor, [item])
    return item


def whole_now(actor: Actor, budget_id: UUID) -> dict[str, Any]:
    """One budget as it stands in the middle of a change."""
    return whole(rls.driver_of(db.session()), actor, budget_id, reach=EVERYWHERE)


def flat(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A whole budget as plain data, as changes name it."""
    plain: dict[str, Any] = orjson.loads(orjson.dumps(shown))
    ids = {f"{name}_id": plain[name] and plain[name]["id"] for name in ("department", "kind")}
    return plain | ids | {"amount": plain["amount"]["amount"]}


_TOTALS = (
    "SELECT t.currency, count(*), count(*) FILTER (WHERE t.used + t.reserved > t.amount), "
    "sum(t.amount)::bigint, sum(t.used)::bigint, sum(t.reserved)::bigint FROM ("
    "SELECT r.currency, r.amount, s.used, s.reserved FROM {rows} CROSS JOIN LATERAL {sums} s WHERE {where}"
    ") t GROUP BY t.currency ORDER BY 2 DESC, 1"
)


def totals(connection: Any, actor: Actor, asked: Asked) -> list[dict[str, Any]]:
    """What the budgets asked for come to, currency by currency, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    """
    reach = reach_of(actor)
    [branch] = reach.branches
    where = pages.both(pages.conditions(LISTING, reach, asked), branch.where)
    statement = _TOTALS.format(rows=branch.rows, sums=sums.of("r"), where=where)
    params = pages.bind(reach, asked, actor.tenant_id)
    return [
        {
            "count": count,
            "over_count": over,
            **{
                name: {"amount": figure, "currency": currency}
                for name, figure in (
                    ("amount", amount), ("used", used), ("reserved", reserved),
                    ("left", amount - used - reserved),
                )
            },
        }
        for currency, count, over, amount, used, reserved in pages.run(
            connection, statement, params, by_value=True
        )
    ]  # fmt: skip


def months(connection: Any, actor: Actor, budget_id: UUID) -> list[dict[str, Any]]:
    """What of a budget is used and reserved month by month, in minor units; months without any are left out.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: when there is no such budget for the actor
    """
    demand(connection, actor, budget_id)
    params = {"tenant": actor.tenant_id, "id": budget_id}
    rows = pages.run(connection, sums.by_month("b"), params, by_value=True)
    return [{"month": month, "used": used, "reserved": reserved} for month, used, reserved in rows]
