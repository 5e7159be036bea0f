"""What several colleagues may do, read with a number of statements that does not grow with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from app.access.actor import Actor
from app.access.actors import merge
from app.access.models import Department, Role, User, UserRole, UserState
from app.access.permissions import Permission
from app.access.queries.users import called
from app.access.queries.users import matching as fitting
from app.access.rules import unlocked
from app.core.db import db
from tenants.context import require_tenant_id

MOST = 2000
"""Among how many colleagues one looks for those who may do something."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A colleague with what their roles grant."""

    actor: Actor
    department_name: str | None


@unlocked("which colleagues there are everyone may know; what is asked of their rights is the caller's")
def matching(actor: Actor, typed: str) -> list[Standing]:
    """The active colleagues that fit what was typed, by name."""
    fit = fitting if actor.may(Permission.USER_READ) else called
    return _standings(fit(typed))


def of_users(user_ids: Sequence[UUID]) -> list[Standing]:
    """Those of these colleagues who are active, by name."""
    return _standings([User.id.in_(user_ids)]) if user_ids else []


def _standings(conditions: Iterable[ColumnElement[bool]]) -> list[Standing]:
    users = db.session.execute(
        select(User.id, User.person_id, User.name, User.department_id)
        .where(User.state == UserState.ACTIVE, *conditions)
        .order_by(User.name_key, User.id)
        .limit(MOST)
    ).all()
    roles: dict[UUID, list[Mapping[str, str]]] = {}
    held = (
        select(UserRole.user_id, Role)
        .join(Role, and_(Role.tenant_id == UserRole.tenant_id, Role.id == UserRole.role_id))
        .where(UserRole.user_id.in_([user.id for user in users]))
    )
    for user_id, role in db.session.execute(held):
        roles.setdefault(user_id, []).append(role.granted)
    tree = _Departments()
    return [
        Standing(
            Actor(
                id=user.id,
                person_id=user.person_id,
                tenant_id=require_tenant_id(),
                name=user.name,
                grants=merge(roles.get(user.id, ())),
                department_id=user.department_id,
                department_ids=tree.below(user.department_id),
            ),
            tree.names.get(user.department_id) if user.department_id else None,
        )
        for user in users
    ]


class _Departments:
    """The company's tree."""

    def __init__(self) -> None:
        self.names: dict[UUID, str] = {}
        self._children: dict[UUID | None, list[UUID]] = {}
        self._below: dict[UUID | None, tuple[UUID, ...]] = {None: ()}
        rows = db.session.execute(select(Department.id, Department.parent_id, Department.name))
        for department_id, parent_id, name in rows:
            self.names[department_id] = name
            self._children.setdefault(parent_id, []).append(department_id)

    def below(self, department_id: UUID | None) -> tuple[UUID, ...]:
        """A department and all below it."""
        if department_id not in self._below:
            found: list[UUID] = [department_id] if department_id else []
            for one in found:
                found.extend(self._children.get(one, ()))
            self._below[department_id] = tuple(found)
        return self._below[department_id]
