"""The tree of departments."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, func, select

from app.access.actor import Actor
from app.access.models import Department, DepartmentHead, User, UserState
from app.access.rules import unlocked
from app.core.db import db
from app.core.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A department with who leads it and how many active colleagues it has itself."""

    department: Department
    heads: Sequence[User]
    user_count: int


@unlocked("everyone may know how the company is made up")
def tree(_actor: Actor) -> Sequence[Branch]:
    """All departments, flat, siblings in their order."""
    departments = db.session.scalars(
        select(Department).order_by(Department.sort_order, Department.created_at, Department.id)
    ).all()
    return _with_people(departments)


@unlocked("everyone may know how the company is made up")
def get(_actor: Actor, department_id: UUID) -> Branch:
    """One department.

    :raises NotFound: if there is none such
    """
    department = by_id(department_id)
    if department is None:
        raise NotFound
    return _with_people([department])[0]


def by_id(department_id: UUID) -> Department | None:
    """The department of this id in the current tenant."""
    return db.session.scalars(select(Department).where(Department.id == department_id)).first()


def root() -> Department:
    """The department that is the whole company."""
    return (
        db.session.scalars(
            select(Department).where(Department.parent_id.is_(None)).order_by(Department.created_at)
        ).first()
        or _no_root()
    )


def _no_root() -> Department:
    raise RuntimeError("A company without a topmost department")


def _with_people(departments: Sequence[Department]) -> Sequence[Branch]:
    heads: dict[UUID, list[User]] = {}
    for department_id, user in db.session.execute(
        select(DepartmentHead.department_id, User)
        .join(User, and_(User.tenant_id == DepartmentHead.tenant_id, User.id == DepartmentHead.user_id))
        .where(User.state == UserState.ACTIVE)
        .order_by(User.name_key, User.id)
    ):
        heads.setdefault(department_id, []).append(user)
    counts = dict(
        db.session.execute(
            select(User.department_id, func.count())
            .where(User.state == UserState.ACTIVE, User.department_id.is_not(None))
            .group_by(User.department_id)
        ).all()
    )
    return [
        Branch(department=d, heads=tuple(heads.get(d.id, ())), user_count=counts.get(d.id, 0))
        for d in departments
    ]
