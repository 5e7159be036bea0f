"""The limits of a company: making, changing and archiving them, and trying them out."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.access.actor import Actor
from app.access.models import Role, User
from app.access.permissions import Permission
from app.access.rules import Rule, guarded, permitted
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, FieldProblem, Invalid, invalid
from app.core.ids import new_id
from app.core.money import MOST
from app.core.plain_text import Unplain, tidied
from app.expense_kinds.models import ExpenseKind
from app.expense_limits import queries
from app.expense_limits.holding import Held, binding, city_key, held, holding, written
from app.expense_limits.models import ExpenseLimit
from tenants import rls
from tenants.context import require_tenant_id

SUBJECT = "expense-limit"
MOST_LIMITS, MOST_ROLES, MOST_CITIES, LONGEST_CITY = 500, 50, 100, 50
LARGEST = MOST // 100
arrange: Rule[Any] = Rule(Permission.EXPENSE_MANAGE, when=lambda _actor, _limit: True)


class TooManyLimits(Conflict):
    """Nobody understands more of them."""

    code = "too-many-expense-limits"


@permitted(Permission.EXPENSE_MANAGE)
def create(actor: Actor, wanted: Mapping[str, Any]) -> ExpenseLimit:
    """A new limit.

    :param wanted: its columns
    :raises Invalid: for a kind that cannot be chosen any more, or roles that there are not
    """
    if (db.session.scalar(select(func.count()).select_from(ExpenseLimit)) or 0) >= MOST_LIMITS:
        raise TooManyLimits
    at = clock.now()
    made = ExpenseLimit(id=new_id(), archived=False, created_at=at, updated_at=at, **_stored(wanted, None))
    db.session.add(made)
    db.session.flush()
    told = [one for one in audit.differences({}, _told(made)) if one["after"] not in (None, [], False)]
    audit.record(actor, _entry(made, "created", told))
    return made


@guarded(arrange)
def change(actor: Actor, limit: ExpenseLimit, changes: Mapping[str, Any]) -> None:
    """Change what a limit says, archive it or take it up again; what was submitted before stays as it was.

    :raises Invalid: for a kind that cannot be chosen any more, or roles that there are not
    """
    before = _told(limit)
    for name, value in _stored(changes, limit).items():
        setattr(limit, name, value)
    told = audit.differences(before, _told(limit))
    if told:
        limit.updated_at = clock.now()
        db.session.flush()
        audit.record(actor, _entry(limit, "updated", told))


@permitted(Permission.EXPENSE_MANAGE)
def attempt(
    _actor: Actor, *, user_id: UUID, kind_id: UUID, city: str | None, money: tuple[int, str]
) -> Held | None:
    """Which limit would bind an expense of somebody who has spent nothing else; None where none holds.

    :raises Invalid: for somebody or a kind that there is not
    """
    if db.session.scalar(select(User.id).where(User.id == user_id)) is None:
        raise invalid("user_id", "unknown-reference")
    _demand_kind(kind_id, None)
    amount, currency = money
    driver = rls.driver_of(db.session())
    limits = queries.of(driver, require_tenant_id(), user_id, {str(kind_id)}, currency)
    return binding([held(one, 0, amount) for one in holding(limits, str(kind_id), city)])


def _stored(wanted: Mapping[str, Any], limit: ExpenseLimit | None) -> dict[str, Any]:
    stored = dict(wanted)
    if "kind_id" in stored:
        _demand_kind(stored["kind_id"], limit)
    if "role_ids" in stored:
        stored["role_ids"] = _roles(stored["role_ids"], limit.role_ids if limit else ())
    if "cities" in stored:
        stored["cities"] = _cities(stored["cities"])
    return stored


def _demand_kind(kind_id: UUID, limit: ExpenseLimit | None) -> None:
    kind = db.session.scalars(select(ExpenseKind).where(ExpenseKind.id == kind_id)).first()
    if kind is None:
        raise invalid("kind_id", "unknown-reference")
    if kind.archived and (limit is None or limit.kind_id != kind_id):
        raise invalid("kind_id", "expense-kind-archived")


def _roles(wanted: Sequence[UUID], former: Sequence[str]) -> list[str]:
    found = set(db.session.scalars(select(Role.id).where(Role.id.in_(wanted)))) if wanted else set()
    for place, one in enumerate(wanted):
        # A role that is gone since can stay: without it the limit might be one for everybody.
        if one not in found and str(one) not in former:
            raise invalid(f"role_ids.{place}", "unknown-reference")
    return list(dict.fromkeys(map(str, wanted)))


def _cities(wanted: Sequence[str]) -> list[str]:
    kept: dict[str, str] = {}
    problems = []
    for place, one in enumerate(wanted):
        try:
            city = tidied(one, LONGEST_CITY)
        except Unplain as wrong:
            problems.append(FieldProblem(f"cities.{place}", wrong.code, tuple(wrong.facts.items())))
            continue
        if not city_key(city):
            problems.append(FieldProblem(f"cities.{place}", "required"))
        kept.setdefault(city_key(city), city)
    if problems:
        raise Invalid(*problems)
    return list(kept.values())


def _told(limit: ExpenseLimit) -> dict[str, Any]:
    """What of a limit people are told when it changes."""
    (shown,) = queries.shown([limit])
    return {
        "expense_kind": shown["kind"].name,
        "roles": [role.name for role in shown["roles"]],
        "cities": list(limit.cities),
        "amount": {"amount": limit.amount, "currency": limit.currency},
        "limit_per": limit.per,
        "limit_mode": limit.mode,
        "archived": limit.archived,
    }


def _entry(limit: ExpenseLimit, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    kind = db.session.scalars(select(ExpenseKind.name).where(ExpenseKind.id == limit.kind_id)).one()
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=limit.id,
        subject_label=f"{kind} {written(limit.amount, limit.currency)}",
        changes=changes,
    )
