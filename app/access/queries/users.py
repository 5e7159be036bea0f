"""Colleagues: who there is, in which department, with which roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.actors import merge
from app.access.builtin import ADMINISTRATOR
from app.access.models import Department, Role, User, UserRole, UserState
from app.access.permissions import Permission, Scope
from app.access.rules import permitted, unlocked
from app.core import search
from app.core.db import db
from app.core.errors import NotFound

OPTIONS = 200
MOST_COUNTED = 10_001


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A user with their roles."""

    user: User
    roles: Sequence[Role]

    @property
    def grants(self) -> Mapping[Permission, Scope]:
        """What the roles grant together."""
        return merge(role.granted for role in self.roles)

    @property
    def is_administrator(self) -> bool:
        """Whether one of the roles grants everything."""
        return any(role.is_administrator for role in self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFilter:
    """Which users are asked for."""

    q: str = ""
    department_id: UUID | None = None
    state: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The filter in SQL."""
        found = [] if self.department_id is None else [User.department_id == self.department_id]
        if self.state is not None:
            found.append(User.state == self.state)
        return [*found, *matching(self.q)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A colleague to choose."""

    id: UUID
    name: str
    department_name: str | None


def matching(typed: str) -> list[ColumnElement[bool]]:
    """Users whose name, pinyin, initials, e-mail or phone tail fit every word typed."""
    return [
        or_(*(User.search_text.like(pattern) for pattern in word.patterns))
        for word in search.parse(typed).words
    ]


def called(typed: str) -> list[ColumnElement[bool]]:
    """Users whose name, pinyin or initials fit every word typed: for those who may not read sign-in names."""
    # Sign-in names stand in the lines behind the name; pinyin and initials are written as nothing else is.
    name = func.split_part(User.search_text, "\n", 1)
    lines = {"name": name, "pinyin": User.search_text, "initials": User.search_text}
    return [
        or_(*(lines[n.kind].like(n.pattern) for n in word.needles if n.kind in lines))
        for word in search.parse(typed).words
    ]


@permitted(Permission.USER_READ)
def get(_actor: Actor, user_id: UUID) -> Colleague:
    """One colleague.

    :raises NotFound: if there is none such
    """
    user = db.session.scalars(_users().where(User.id == user_id)).first()
    if user is None:
        raise NotFound
    return Colleague(user=user, roles=roles_by_user([user_id]).get(user_id, ()))


@permitted(Permission.USER_READ)
def page(
    _actor: Actor, wanted: UserFilter, *, after: tuple[str, UUID] | None, limit: int
) -> Sequence[Colleague]:
    """Colleagues in the order of their names, from behind `after`."""
    statement = _users().where(*wanted.conditions())
    if after is not None:
        statement = statement.where(tuple_(User.name_key, User.id) > after)
    users = db.session.scalars(statement.order_by(User.name_key, User.id).limit(limit)).all()
    roles = roles_by_user([user.id for user in users])
    return [Colleague(user=user, roles=roles.get(user.id, ())) for user in users]


@permitted(Permission.USER_READ)
def count(_actor: Actor, wanted: UserFilter) -> int:
    """How many colleagues there are; counting stops at `MOST_COUNTED`."""
    some = select(User.id).where(*wanted.conditions()).limit(MOST_COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


@unlocked("records are handed to colleagues, so everyone may know who they are")
def options(actor: Actor, typed: str) -> Sequence[Option]:
    """The first colleagues to choose from, by name; disabled ones are none."""
    fitting = matching if actor.may(Permission.USER_READ) else called
    rows = db.session.execute(
        select(User.id, User.name, Department.name)
        .outerjoin(
            Department, and_(Department.tenant_id == User.tenant_id, Department.id == User.department_id)
        )
        .where(User.state == UserState.ACTIVE, *fitting(typed))
        .order_by(User.name_key, User.id)
        .limit(OPTIONS)
    )
    return [Option(id=id_, name=name, department_name=department) for id_, name, department in rows]


def roles_by_user(user_ids: Sequence[UUID]) -> dict[UUID, Sequence[Role]]:
    """The roles of several users, the oldest role first."""
    rows = db.session.execute(
        select(UserRole.user_id, Role)
        .join(Role, and_(Role.tenant_id == UserRole.tenant_id, Role.id == UserRole.role_id))
        .where(UserRole.user_id.in_(user_ids))
        .order_by(Role.created_at, Role.id)
    )
    found: dict[UUID, list[Role]] = {}
    for user_id, role in rows:
        found.setdefault(user_id, []).append(role)
    return {user_id: tuple(roles) for user_id, roles in found.items()}


def names_of(user_ids: Sequence[UUID]) -> dict[UUID, str]:
    """What users are called, by id; disabled ones too."""
    if not user_ids:
        return {}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {row.id: row.name for row in rows}


def administrators() -> Sequence[UUID]:
    """The active users who may do everything."""
    return db.session.scalars(
        select(User.id)
        .join(UserRole, and_(UserRole.tenant_id == User.tenant_id, UserRole.user_id == User.id))
        .join(Role, and_(Role.tenant_id == UserRole.tenant_id, Role.id == UserRole.role_id))
        .where(Role.code == ADMINISTRATOR, User.state == UserState.ACTIVE)
        .order_by(User.id)
    ).all()


def _users() -> Select[User]:
    return select(User).options(joinedload(User.department))
