"""Reading limits: those who arrange expenses see them all, others what holds for their own."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import Role
from app.access.permissions import Permission
from app.access.rules import refuse
from app.core.db import db
from app.core.errors import NotFound
from app.expense_kinds import queries as expense_kinds
from app.expense_limits.holding import Limit, city_key
from app.expense_limits.models import ExpenseLimit
from app.lists import pages

# The person's roles are looked up by the same statement: cards have no room for another.
_OF = (
    "SELECT r.id::text, r.kind_id::text, r.role_ids <> '[]'::jsonb, r.cities, r.amount, r.per, r.mode "
    "FROM expense_limits r WHERE r.tenant_id = %(tenant)s AND NOT r.archived "
    "AND r.currency = %(currency)s AND r.kind_id = ANY (%(kinds)s::uuid[]) "
    "AND (r.role_ids = '[]'::jsonb OR r.role_ids ?| ARRAY(SELECT u.role_id::text FROM user_roles u "
    "WHERE u.tenant_id = %(tenant)s AND u.user_id = %(user)s::uuid)) ORDER BY r.id"
)


def every(actor: Actor) -> Sequence[ExpenseLimit]:
    """All limits, archived ones too, by kind and amount.

    :raises Forbidden: for those who do not arrange expenses
    """
    _demand_arranging(actor)
    asked = select(ExpenseLimit).order_by(ExpenseLimit.kind_id, ExpenseLimit.amount.desc(), ExpenseLimit.id)
    return db.session.scalars(asked).all()


def get(actor: Actor, limit_id: UUID, *, to_change: bool = False) -> ExpenseLimit:
    """A limit.

    :param to_change: lock it until the transaction ends
    :raises NotFound: if there is none such
    """
    _demand_arranging(actor)
    asked = select(ExpenseLimit).where(ExpenseLimit.id == limit_id)
    if to_change:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(asked).first()
    if found is None:
        raise NotFound
    return found


def _demand_arranging(actor: Actor) -> None:
    if not actor.may(Permission.EXPENSE_MANAGE):
        raise refuse(actor, Permission.EXPENSE_MANAGE)


def shown(limits: Sequence[ExpenseLimit]) -> list[dict[str, Any]]:
    """Limits with the names of their kinds and roles, in two statements however many there are."""
    kinds = expense_kinds.these({one.kind_id for one in limits})
    roles = _roles({role for one in limits for role in one.role_ids})
    return [
        {
            **{name: getattr(one, name) for name in _PLAIN},
            "kind": kinds[one.kind_id],
            "roles": [roles[role] for role in one.role_ids if role in roles],
            "for_everybody": not one.role_ids,
        }
        for one in limits
    ]


_PLAIN = ("id", "version", "cities", "amount", "currency", "per", "mode", "archived")


def _roles(ids: Collection[str]) -> dict[str, Role]:
    if not ids:
        return {}
    return {str(one.id): one for one in db.session.scalars(select(Role).where(Role.id.in_(map(UUID, ids))))}


def of(
    connection: Any, tenant_id: int, user_id: UUID | str, kind_ids: Collection[str], currency: str
) -> list[Limit]:
    """The limits for what somebody spends on these kinds, in one statement; none are asked for without kinds.

    :param connection: a psycopg connection inside the tenant's walls
    """
    if not kind_ids:
        return []
    params = {"tenant": tenant_id, "user": user_id, "kinds": sorted(kind_ids), "currency": currency}
    return [
        Limit(
            id=row[0],
            kind_id=row[1],
            for_roles=row[2],
            cities=frozenset(map(city_key, row[3])),
            amount=row[4],
            per=row[5],
            mode=row[6],
        )
        for row in pages.run(connection, _OF, params)
    ]
