"""What is charged to a budget, claim by claim and request by request, as far as its reader may know."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.budgets import cards, sums
from app.budgets.states import OutlayState
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import day_key, sorts_of
from app.lists import names, pages
from app.lists.cards import held
from app.lists.names import Names
from app.lists.pages import Asked, Listing
from app.lists.scopes import Branch, Reach

_LABELS = {"expense-claim": "expense_claims", "expense-request": "expense_requests"}
_LABEL = " ".join(
    (
        "CASE r.source_type",
        *(
            f"WHEN '{word}' THEN (SELECT c.number || ' ' || c.title FROM {table} c "
            "WHERE c.tenant_id = %(tenant)s AND c.id = r.source_id)"
            for word, table in _LABELS.items()
        ),
        "END",
    )
)
_KIND = (
    "(SELECT ARRAY[k.id::text, k.name] FROM expense_kinds k "
    "WHERE k.tenant_id = %(tenant)s AND k.id = r.kind_id)"
)
_COLUMNS = ", ".join(
    (
        *("r.id::text", "r.source_type", "r.source_id::text", "r.spent_on::text", "r.amount", "r.currency"),
        *("r.state", "r.owner_id::text", "r.department_id::text"),
        _KIND,
        _LABEL,
    )
)
LISTING = Listing(
    table="budget_outlays",
    kind="",
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(day_key("spent_on")),
    default_sort="-spent_on",
    fields=declare(Field("state", Kind.CHOICE, "r.state", tuple(OutlayState))),
    live="true",
    searchable=False,
)
_COVERED = (
    "EXISTS (SELECT 1 FROM budgets b WHERE b.tenant_id = %(tenant)s AND b.id = %(budget)s "
    f"AND {sums.covered('b', 'r')})"
)


def page(connection: Any, actor: Actor, budget_id: UUID, asked: Asked) -> dict[str, Any]:
    """A page of what is charged to a budget, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: when there is no such budget for the actor
    """
    cards.demand(connection, actor, budget_id)
    branches = (Branch("budget_outlays r", _COVERED),)
    reach = Reach("of-a-budget", branches, _COVERED, {"budget": budget_id})
    found = pages.fetch(connection, LISTING, reach, asked, actor.tenant_id)
    called = names.directory(connection, actor, {row[7] for row in found.rows})
    return {"items": [_item(actor, row, called) for row in found.rows], "next_cursor": found.next_cursor}


def _item(reader: Actor, row: Sequence[Any], called: Names) -> dict[str, Any]:
    outlay_id, word, record_id, day, amount, currency, state, owner, department, kind, label = row[:11]
    seen = reader.reaches(Permission.EXPENSE_READ, held(owner, department, shared=False))
    return {
        "id": outlay_id,
        "record_type": word,
        "record": {"id": record_id, "name": label} if seen and label else None,
        "owner": called.user(owner) if seen else None,
        "department": called.department(department),
        "kind": {"id": kind[0], "name": kind[1]},
        "spent_on": day,
        "amount": {"amount": amount, "currency": currency},
        "state": state,
    }
