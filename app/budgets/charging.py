"""What outlays take of the budgets that cover them: told while one writes, looked at when one submits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from app.budgets import sums
from app.budgets.states import Mode
from app.core.db import db
from app.core.errors import Conflict
from app.events.expenses import Outlay
from app.expense_limits.holding import written
from app.lists import pages
from tenants import rls
from tenants.context import require_tenant_id


class BudgetExceeded(Conflict):
    """A budget that stops has not so much left."""

    code = "budget-exceeded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What somebody is to spend, for one department and in one currency."""

    outlays: Sequence[Outlay]
    department_id: UUID | None
    currency: str
    record_id: UUID | None = None
    """The claim or request it stands in, which is not counted a second time."""
    request_id: UUID | None = None
    """The request that it draws on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What a bill takes of one budget, in minor units."""

    budget_id: UUID
    name: str
    mode: str
    currency: str
    left: int
    """Before it; nothing where the budget is used up."""
    needed: int
    """What it takes besides what its request has reserved."""

    @property
    def over(self) -> int:
        """By how much it goes over."""
        return max(0, self.needed - self.left)


_MINE = "jsonb_to_recordset(%(rows)s::jsonb) AS m (kind_id uuid, spent_on date, amount bigint)"
_ABOVE = (
    "(WITH RECURSIVE above AS (SELECT %(department)s::uuid AS id UNION ALL SELECT d.parent_id "
    "FROM departments d JOIN above ON d.id = above.id WHERE d.tenant_id = %(tenant)s "
    "AND d.parent_id IS NOT NULL) SELECT above.id FROM above)"
)
_COVERS = (
    "NOT b.archived AND b.currency = %(currency)s "
    f"AND (b.department_id IS NULL OR b.department_id IN {_ABOVE})"
)
_FITS = "m.spent_on BETWEEN b.first_day AND b.last_day AND (b.kind_id IS NULL OR m.kind_id = b.kind_id)"
_LOCK = (
    f"SELECT b.id FROM budgets b WHERE b.tenant_id = %(tenant)s AND {_COVERS} "
    f"AND EXISTS (SELECT 1 FROM {_MINE} WHERE {_FITS}) ORDER BY b.id FOR UPDATE"
)
_SO_FAR = (
    "SELECT coalesce(sum(o.amount) FILTER (WHERE o.source_id = o.request_id), 0) AS asked, "
    "coalesce(sum(o.amount) FILTER (WHERE o.source_id <> o.request_id), 0) AS drawn "
    f"FROM budget_outlays o WHERE o.tenant_id = %(tenant)s AND {sums.covered('b', 'o')} "
    "AND o.request_id = %(request)s::uuid AND o.source_id <> %(record)s::uuid"
)
_CHARGES = (
    "SELECT b.id, b.name, b.mode, b.amount - s.used - s.reserved, "
    "(CASE WHEN %(record)s::uuid = %(request)s::uuid THEN greatest(c.mine, q.drawn) "
    "ELSE greatest(q.asked, q.drawn + c.mine) END - greatest(q.asked, q.drawn))::bigint "
    f"FROM budgets b CROSS JOIN LATERAL (SELECT sum(m.amount) AS mine FROM {_MINE} WHERE {_FITS}) c "
    f"CROSS JOIN LATERAL {sums.of('b', but='%(record)s::uuid')} s CROSS JOIN LATERAL ({_SO_FAR}) q "
    f"WHERE b.tenant_id = %(tenant)s AND {_COVERS} AND c.mine > 0 ORDER BY b.last_day, b.name, b.id"
)
_NOTHING = UUID(int=0)


def charges(bill: Bill) -> list[Charge]:
    """What a bill takes of each budget that covers any of it, in one statement.

    It is the same before it is bound and after: what stands in its own record is left out.
    """
    if not bill.outlays:
        return []
    rows = pages.run(rls.driver_of(db.session()), _CHARGES, _params(bill), by_value=True)
    return [
        Charge(
            budget_id=row[0], name=row[1], mode=row[2], currency=bill.currency, left=max(0, row[3]),
            needed=row[4],
        )
        for row in rows
    ]  # fmt: skip


def hold(bill: Bill) -> None:
    """Lock the budgets that cover a bill until the transaction ends, and refuse what one of them stops.

    They are locked one after the other by their ids, so that two who submit never wait for each other, and
    of those who submit at the same time each sees what the other took.

    :raises BudgetExceeded: if a budget that stops has not so much left
    """
    if not bill.outlays or not pages.run(rls.driver_of(db.session()), _LOCK, _params(bill), by_value=True):
        return
    for one in charges(bill):
        if one.over and one.mode == Mode.STOP:
            left, needed = (written(amount, bill.currency) for amount in (one.left, one.needed))
            raise BudgetExceeded(budget=one.name, left=left, needed=needed)


def _params(bill: Bill) -> dict[str, Any]:
    rows = [
        {"kind_id": str(one.kind_id), "spent_on": one.on.isoformat(), "amount": one.amount}
        for one in bill.outlays
    ]
    return {
        "tenant": require_tenant_id(),
        "rows": orjson.dumps(rows).decode(),
        "currency": bill.currency,
        "department": bill.department_id,
        "record": bill.record_id or _NOTHING,
        "request": bill.request_id,
    }


def told(found: Sequence[Charge]) -> list[dict[str, Any]]:
    """Charges as whoever spends is told of them: not what the budget comes to."""
    return [
        {
            "budget": one.name,
            "mode": one.mode,
            "left": {"amount": one.left, "currency": one.currency},
            "over": {"amount": one.over, "currency": one.currency},
        }
        for one in found
    ]


def facts(bill: Bill) -> dict[str, Any]:
    """What those who decide are told: whether it goes over a budget, and over which by how much."""
    over = told([one for one in charges(bill) if one.over])
    return {"over_budget": bool(over), "above_budget": [_without_mode(one) for one in over] or None}


def _without_mode(one: dict[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in ("budget", "left", "over")}
