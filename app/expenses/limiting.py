"""Limits as they hold for the lines of a claim: told while it is written, kept when it is submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Row, func, null, select, update

from app.core.db import db
from app.core.errors import FieldProblem
from app.expense_limits import queries as expense_limits
from app.expense_limits.holding import Held, Limit, binding, held, holding, written
from app.expense_limits.states import Mode, Per
from app.expenses.models import ExpenseClaim, ExpenseLine
from app.expenses.states import COUNTED
from app.lists import pages
from tenants import rls
from tenants.context import require_tenant_id

_LOCK = 0x65786C6D  # "exlm": two claims submitted at the same time could both fit below a limit of the month
_STOPS = {
    Per.LINE.value: "above-limit-per-line",
    Per.DAY.value: "above-limit-per-day",
    Per.MONTH.value: "above-limit-per-month",
}
_BESIDES = (
    "SELECT l.kind_id::text, l.spent_on::text, sum(l.amount)::bigint FROM expense_claims c "
    "JOIN expense_lines l ON l.tenant_id = c.tenant_id AND l.claim_id = c.id "
    "WHERE c.tenant_id = %(tenant)s AND c.owner_id = %(owner)s::uuid AND c.deleted_at IS NULL "
    "AND c.id <> %(claim)s::uuid AND c.state = ANY (%(states)s) AND c.currency = %(currency)s "
    "AND l.kind_id = ANY (%(kinds)s::uuid[]) AND l.spent_on >= %(first)s::date "
    "AND l.spent_on < (%(last)s::date + interval '1 month') GROUP BY l.kind_id, l.spent_on"
)
_KEEP = (
    "UPDATE expense_lines l SET limit_held = v.held "
    "FROM jsonb_to_recordset(%(rows)s::jsonb) AS v (id uuid, held jsonb) "
    "WHERE l.tenant_id = %(tenant)s AND l.id = v.id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """The claim that lines stand in; ids as text."""

    claim_id: str
    owner_id: str
    currency: str


def told(connection: Any, whose: Whose, lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any] | None]:
    """Which limit binds each line of a claim that is being written; two statements, however many there are.

    :param connection: a psycopg connection inside the tenant's walls
    :param lines: with `kind_id` and `spent_on` as text, `amount` and `city`
    """
    return [one.told if one else None for one in _binding(connection, whose, lines)]


def _binding(connection: Any, whose: Whose, lines: Sequence[Mapping[str, Any]]) -> list[Held | None]:
    tenant, kinds = require_tenant_id(), {line["kind_id"] for line in lines}
    limits = expense_limits.of(connection, tenant, whose.owner_id, kinds, whose.currency)
    holds = [holding(limits, line["kind_id"], line["city"]) for line in lines]
    summed = {one.kind_id for some in holds for one in some if one.per != Per.LINE}
    counted = _besides(connection, tenant, whose, [one for one in lines if one["kind_id"] in summed])
    found = []
    for line, some in zip(lines, holds, strict=True):
        found.append(binding([held(one, counted.get(_part(one, line), 0), line["amount"]) for one in some]))
        for part in _parts(line["kind_id"], line["spent_on"]):
            counted[part] = counted.get(part, 0) + line["amount"]
    return found


def _parts(kind_id: str, day: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The day and the month that an expense of a kind counts towards."""
    return (kind_id, day), (kind_id, day[:7])


def _part(limit: Limit, line: Mapping[str, Any]) -> tuple[str, str]:
    if limit.per == Per.LINE:
        return line["kind_id"], ""
    return _parts(line["kind_id"], line["spent_on"])[limit.per == Per.MONTH]


def _besides(
    connection: Any, tenant: int, whose: Whose, lines: Sequence[Mapping[str, Any]]
) -> dict[tuple[str, str], int]:
    """What the same person has spent on these kinds in other claims, by day and by month."""
    if not lines:
        return {}
    months = sorted(f"{line['spent_on'][:7]}-01" for line in lines)
    params = {
        "tenant": tenant,
        "owner": whose.owner_id,
        "claim": whose.claim_id,
        "currency": whose.currency,
        "states": [str(one) for one in COUNTED],
        "kinds": sorted({line["kind_id"] for line in lines}),
        "first": months[0],
        "last": months[-1],
    }
    sums: dict[tuple[str, str], int] = {}
    for kind_id, day, amount in pages.run(connection, _BESIDES, params):
        for part in _parts(kind_id, day):
            sums[part] = sums.get(part, 0) + amount
    return sums


def keep(claim: ExpenseClaim, lines: Sequence[Row[Any]]) -> list[FieldProblem]:
    """Write down which limit binds each line of a claim that is submitted, and give what stops it.

    What is above a limit that warns must say why; what is above one that stops cannot be submitted.
    """
    number = func.pg_advisory_xact_lock(_LOCK, claim.owner_id.int % 2**31)
    db.session.execute(select(number))
    driver = rls.driver_of(db.session())
    whose = Whose(claim_id=str(claim.id), owner_id=str(claim.owner_id), currency=claim.currency)
    plain = [
        {"kind_id": str(one.kind_id), "spent_on": str(one.spent_on), "amount": one.amount, "city": one.city}
        for one in lines
    ]
    found = _binding(driver, whose, plain)
    problems = [
        problem
        for place, (line, bound) in enumerate(zip(lines, found, strict=True))
        if bound and (problem := _problem(place, line, bound, claim.currency))
    ]
    rows = [{"id": line.id, "held": one.told} for line, one in zip(lines, found, strict=True) if one]
    if rows and not problems:
        driver.execute(_KEEP, {"tenant": require_tenant_id(), "rows": orjson.dumps(rows).decode()})
    return problems


def _problem(place: int, line: Row[Any], bound: Held, currency: str) -> FieldProblem | None:
    if not bound.over:
        return None
    facts = (
        ("limit", written(bound.limit.amount, currency)),
        ("over", written(bound.over, currency)),
    )
    if bound.limit.mode == Mode.STOP:
        return FieldProblem(f"lines.{place}.amount", _STOPS[bound.limit.per], facts)
    if line.over_reason is None:
        return FieldProblem(f"lines.{place}.over_reason", "over-reason-needed", facts)
    return None


def let_go(claim: ExpenseClaim) -> None:
    """Forget what held for a claim that may be written again."""
    mine = (ExpenseLine.claim_id == claim.id, ExpenseLine.limit_held.is_not(None))
    gone = update(ExpenseLine).where(*mine).values(limit_held=null())
    db.session.execute(gone.execution_options(synchronize_session=False))
