"""Roles and how many have them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, func, select

from app.access.actor import Actor
from app.access.models import Role, User, UserRole, UserState
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core.db import db
from app.core.errors import FieldProblem, Invalid, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleCard:
    """A role with the number of active colleagues who have it."""

    role: Role
    user_count: int


@permitted(Permission.USER_READ)
def every(_actor: Actor) -> Sequence[RoleCard]:
    """All roles, the built-in first, then by age."""
    roles = db.session.scalars(select(Role).order_by(Role.code.is_(None), Role.created_at, Role.id)).all()
    counts = _counts()
    return [RoleCard(role=role, user_count=counts.get(role.id, 0)) for role in roles]


@permitted(Permission.USER_READ)
def get(_actor: Actor, role_id: UUID) -> RoleCard:
    """One role.

    :raises NotFound: if there is none such
    """
    role = db.session.scalars(select(Role).where(Role.id == role_id)).first()
    if role is None:
        raise NotFound
    return RoleCard(role=role, user_count=_counts().get(role.id, 0))


def by_ids(role_ids: Iterable[UUID], *, field: str = "role_ids") -> Sequence[Role]:
    """The roles of these ids, in this order.

    :raises Invalid: naming the place in `field` of the first that is none of ours
    """
    wanted = list(dict.fromkeys(role_ids))
    found = {role.id: role for role in db.session.scalars(select(Role).where(Role.id.in_(wanted)))}
    problems = [
        FieldProblem(f"{field}.{i}", "unknown-reference")
        for i, role_id in enumerate(wanted)
        if role_id not in found
    ]
    if problems:
        raise Invalid(*problems)
    return [found[role_id] for role_id in wanted]


def _counts() -> dict[UUID, int]:
    return dict(
        db.session.execute(
            select(UserRole.role_id, func.count())
            .join(User, and_(User.tenant_id == UserRole.tenant_id, User.id == UserRole.user_id))
            .where(User.state == UserState.ACTIVE)
            .group_by(UserRole.role_id)
        ).all()
    )
