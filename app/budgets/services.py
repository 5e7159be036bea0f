"""The budgets of a company: making, changing, archiving them, and copying those of a period to the next."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.budgets import charging, drafts, periods, policies, queries, trail
from app.budgets.charging import Bill, Charge
from app.budgets.models import Budget
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.ids import new_id
from app.core.money import share_of
from app.expense_kinds import queries as expense_kinds
from tenants.context import require_tenant_id

MOST_BUDGETS = 2000
SAME, MOST_PERCENT = 100, 1000


class TooManyBudgets(Conflict):
    """Nobody can look after more of them."""

    code = "too-many-budgets"


@permitted(Permission.EXPENSE_MANAGE)
def create(actor: Actor, wanted: Mapping[str, Any]) -> UUID:
    """A new budget; what was submitted before within its days counts too.

    :param wanted: its columns
    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand(actor, wanted)
    _demand_room(1)
    at = clock.now()
    made = Budget(
        tenant_id=require_tenant_id(), id=new_id(), archived=False, created_at=at, updated_at=at, **values
    )
    db.session.add(made)
    db.session.flush()
    audit.record(actor, trail.entry(made, "created", _facts(trail.shown([made])[0])))
    return made.id


@guarded(policies.manage)
def change(actor: Actor, budget: Budget, changes: Mapping[str, Any]) -> None:
    """Change what a budget says, archive it or take it up again; what is charged to it is reckoned anew.

    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand(actor, changes, budget)
    [before] = trail.shown([budget])
    for name, value in values.items():
        setattr(budget, name, value)
    told = audit.differences(before, trail.shown([budget])[0])
    if told:
        budget.updated_at = clock.now()
        db.session.flush()
        audit.record(actor, trail.entry(budget, "updated", told))


@permitted(Permission.EXPENSE_MANAGE)
def copy(actor: Actor, *, first_day: date, last_day: date, percent: int = SAME) -> tuple[int, date, date]:
    """Make the budgets of a period anew for the one that follows; how many, and its first and last day.

    What was copied before is not copied again, even if the copy was changed or archived since: there may be
    nothing left to do.

    :param percent: how much of their amounts the new ones have
    :raises Invalid: for days of another age
    """
    if last_day < first_day:
        raise invalid("last_day", "ends-before-its-beginning")
    first, last = _following(first_day, last_day)
    there = queries.of_period(actor, first_day, last_day)
    done = queries.copied(there)
    fresh = [one for one in there if one.id not in done]
    if not fresh:
        return 0, first, last
    _demand_room(len(fresh))
    made = [_next(one, first, last, percent) for one in fresh]
    insert_many(Budget, [_row(one) for one in made])
    shown = trail.shown(made)
    audit.record_many(
        actor,
        [trail.entry(one, "created", _facts(facts)) for one, facts in zip(made, shown, strict=True)],
    )
    return len(made), first, last


@permitted(Permission.EXPENSE_CREATE)
def attempt(_actor: Actor, bill: Bill) -> list[Charge]:
    """What one would be charged for, budget by budget, if one submitted something now; nothing is bound.

    :raises Invalid: for kinds of expense that there are not
    """
    kinds = expense_kinds.these({one.kind_id for one in bill.outlays})
    for place, one in enumerate(bill.outlays):
        if one.kind_id not in kinds:
            raise invalid(f"lines.{place}.kind_id", "unknown-reference")
    return charging.charges(bill)


def _following(first_day: date, last_day: date) -> tuple[date, date]:
    """The days that follow, if they are of this age: beyond it no calendar need go."""
    years = periods.YEARS
    if first_day.year in years and last_day.year in years:
        first, last = periods.following(first_day, last_day)
        if last.year in years:
            return first, last
    raise invalid("last_day", "too-far", first=years.start, last=years.stop - 1)


def _demand_room(more: int) -> None:
    if (db.session.scalar(select(func.count()).select_from(Budget)) or 0) + more > MOST_BUDGETS:
        raise TooManyBudgets


def _next(budget: Budget, first: date, last: date, percent: int) -> Budget:
    at, plain = clock.now(), ("name", "department_id", "kind_id", "currency", "mode", "note")
    return Budget(
        tenant_id=budget.tenant_id, id=new_id(), version=1, first_day=first, last_day=last, archived=False,
        # No budget is for nothing.
        amount=min(max(share_of(budget.amount, percent, SAME), 1), drafts.LARGEST),
        copied_from_id=budget.id, created_at=at, updated_at=at,
        **{name: getattr(budget, name) for name in plain},
    )  # fmt: skip


def _row(budget: Budget) -> dict[str, Any]:
    return {column.key: getattr(budget, column.key) for column in Budget.__mapper__.column_attrs}


def _facts(shown: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return [one for one in audit.differences({}, shown) if one["after"] not in (None, "", False)]
