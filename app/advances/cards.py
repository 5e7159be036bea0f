"""Advances as shown: rows of a list, whole ones with their ledger, and what is owed in all."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.advances import entry_cards, policies
from app.advances.queries import reach_of
from app.advances.states import AdvanceState
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import day_key, instant_key, sorts_of, text_key, whole_key
from app.core.money import CURRENCIES
from app.lists import names, pages
from app.lists.cards import Cards, held
from app.lists.instants import utc_of
from app.lists.models import ADVANCE
from app.lists.names import Names
from app.lists.pages import Listing
from app.lists.scopes import Branch, Reach
from app.records.submitting import CHANGEABLE
from tenants import rls

_PLAIN = (
    "version", "number", "title", "state", "in_approval", "returned", "currency", "amount", "outstanding",
)  # fmt: skip
_KEYS = ("id", *_PLAIN)
_DAYS = ("due_on", "paid_on")
_INSTANTS = ("submitted_at", "approved_at", "created_at", "updated_at")
_COLUMNS = ", ".join(
    (
        "r.id::text",
        *(f"r.{name}" for name in _PLAIN),
        "r.owner_id::text",
        "r.department_id::text",
        *(f"r.{name}::text" for name in (*_DAYS, *_INSTANTS)),
    )
)
_OWNER = len(_KEYS)
_WHEN = _OWNER + 2
# By the company's calendar.
_OVERDUE = (
    "(r.state = 'outstanding' AND r.due_on < (now() AT TIME ZONE "
    "(SELECT t.timezone FROM tenants t WHERE t.id = r.tenant_id))::date)"
)
_TOTALS = (
    "SELECT r.currency, count(*), sum(r.outstanding)::bigint, "
    f"count(*) FILTER (WHERE {_OVERDUE}), "
    f"coalesce(sum(r.outstanding) FILTER (WHERE {_OVERDUE}), 0)::bigint "
    "FROM advances r WHERE r.tenant_id = %(tenant)s AND r.state = 'outstanding' AND r.deleted_at IS NULL "
    "{own} AND {reach} GROUP BY r.currency ORDER BY 2 DESC, 1"
)
EVERYWHERE = Reach("all", (Branch("advances r"),), "true", {})
LISTING = Listing(
    table="advances",
    kind=ADVANCE,
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(
        instant_key("updated_at"),
        instant_key("created_at"),
        text_key("number", "number"),
        day_key("due_on"),
        whole_key("amount"),
        whole_key("outstanding"),
    ),
    default_sort="-updated_at",
    fields=declare(
        *(Field(name, Kind.TEXT, f"r.{name}") for name in ("number", "title")),
        Field("state", Kind.CHOICE, "r.state", tuple(AdvanceState)),
        Field("currency", Kind.CHOICE, "r.currency", tuple(sorted(CURRENCIES))),
        *(Field(name, Kind.ID, f"r.{name}") for name in ("owner_id", "department_id")),
        *(Field(name, Kind.WHOLE, f"r.{name}") for name in ("amount", "outstanding")),
        *(Field(name, Kind.DATE, f"r.{name}") for name in _DAYS),
        Field("overdue", Kind.YES, _OVERDUE),
        *(Field(name, Kind.INSTANT, f"r.{name}") for name in _INSTANTS),
    ),
)


def whole(connection: Any, actor: Actor, advance_id: UUID, *, reach: Reach | None = None) -> dict[str, Any]:
    """One advance with its ledger, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :param reach: what may be seen, if not what the actor may read
    :raises NotFound: when there is none for the actor
    """
    reach = reach or reach_of(actor)
    statement = (
        f"SELECT {_COLUMNS}, r.remark FROM advances r WHERE r.tenant_id = %(tenant)s "
        f"AND r.id = %(id)s AND r.deleted_at IS NULL AND {reach.predicate}"
    )
    params = {**reach.params, "tenant": actor.tenant_id, "id": advance_id}
    rows = pages.run(connection, statement, params)
    if not rows:
        raise NotFound
    row = rows[0]
    entries = entry_cards.of(connection, actor, advance_id)
    called = names.directory(connection, actor, {row[_OWNER], *(one["made_by"] for one in entries)})
    item = _item(row, called)
    item["remark"] = row[-1]
    item["can"] = policies.can(actor, held(row[_OWNER], row[_OWNER + 1], shared=False))
    item["editable"] = item["can"]["update"] and item["state"] in CHANGEABLE
    item["overdue"] = _overdue(item, actor)
    item["entries"] = [{**one, "made_by": called.user(one["made_by"])} for one in entries]
    return item


def whole_now(actor: Actor, advance_id: UUID) -> dict[str, Any]:
    """One advance as it stands in the middle of a change, whether or not the reader may still see it."""
    return whole(rls.driver_of(db.session()), actor, advance_id, reach=EVERYWHERE)


def flat(shown: Mapping[str, Any]) -> dict[str, Any]:
    """A whole advance as plain data, as changes name it."""
    plain: dict[str, Any] = orjson.loads(orjson.dumps(shown))
    return plain | {name: plain[name]["amount"] for name in ("amount", "outstanding")}


def _item(row: Sequence[Any], called: Names) -> dict[str, Any]:
    item = dict(zip(_KEYS, row, strict=False))
    for name in ("amount", "outstanding"):
        item[name] = {"amount": item[name], "currency": item["currency"]}
    item["owner"] = called.user(row[_OWNER])
    item["department"] = called.department(row[_OWNER + 1])
    days = row[_WHEN : _WHEN + len(_DAYS)]
    item |= dict(zip(_DAYS, days, strict=True))
    for name, at in zip(_INSTANTS, row[_WHEN + len(_DAYS) :], strict=False):
        item[name] = utc_of(at) if at else None
    return item


def _overdue(item: Mapping[str, Any], reader: Actor) -> bool:
    today = clock.now().astimezone(reader.zone).date().isoformat()
    return bool(item["state"] == AdvanceState.OUTSTANDING and item["due_on"] < today)


def _finish(_connection: Any, actor: Actor, items: Sequence[dict[str, Any]]) -> None:
    for item in items:
        owner, department = item["owner"], item["department"]
        record = held(owner and owner["id"], department and department["id"], shared=False)
        item["overdue"] = _overdue(item, actor)
        item["editable"] = item["state"] in CHANGEABLE and policies.write.allows(actor, record)
        item["payable"] = item["state"] == AdvanceState.APPROVED and policies.pay.allows(actor, record)


_CARDS = Cards(LISTING, reach_of, _OWNER, _item, _finish)
page, demand, these = _CARDS.page, _CARDS.demand, _CARDS.these


def these_now(actor: Actor, advance_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Advances as they stand in the middle of a change, in the order given."""
    return these(rls.driver_of(db.session()), actor, EVERYWHERE, advance_ids)


def totals(connection: Any, actor: Actor, *, mine: bool) -> list[dict[str, Any]]:
    """What is owed, currency by currency, the most advances first, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :param mine: only what the actor owes, not all that they see
    :raises Forbidden: when the actor sees no advances at all
    """
    reach = reach_of(actor)
    params = {**reach.params, "tenant": actor.tenant_id}
    if mine:
        params["reader"] = actor.id
    statement = _TOTALS.format(own="AND r.owner_id = %(reader)s" if mine else "", reach=reach.predicate)
    return [
        {
            "count": count,
            "outstanding": {"amount": owed, "currency": currency},
            "overdue_count": late,
            "overdue": {"amount": owed_late, "currency": currency},
        }
        for currency, count, owed, late, owed_late in pages.run(connection, statement, params)
    ]
