"""Departments: making, changing, moving and deleting them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from app.access import actors, policies
from app.access.actor import Actor
from app.access.models import Department, DepartmentHead, Invitation, User, UserState
from app.access.permissions import Permission
from app.access.policies import BeyondOwnRights
from app.access.queries import departments as queries
from app.access.queries.invitations import open_ones
from app.access.rules import guarded, permitted
from app.access.trail import changed, tell
from app.access.withdrawal import withdraw
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, FieldProblem, Invalid, invalid
from app.core.ids import new_id


class DepartmentNotEmpty(Conflict):
    """People, departments, invitations or records still belong to it."""

    code = "department-not-empty"


class DepartmentIsRoot(Conflict):
    """It is the company itself: it stays on top."""

    code = "department-is-root"


@permitted(Permission.DEPARTMENT_MANAGE)
def create(
    actor: Actor,
    *,
    name: str,
    parent_id: UUID | None = None,
    head_ids: Sequence[UUID] = (),
    sort_order: int = 0,
) -> Department:
    """A new department; without a parent it stands right below the company."""
    actors.access_changed()
    parent = _parent(actor, parent_id)
    department = Department(
        id=new_id(), name=name, parent_id=parent.id, sort_order=sort_order, created_at=clock.now()
    )
    _demand_unused_name(department)
    db.session.add(department)
    db.session.flush()
    heads = _set_heads(department, head_ids)
    facts = [*audit.facts_of(department, ("name",)), changed("parent", None, parent.name), *heads]
    tell(actor, "created", department, facts)
    return department


@guarded(policies.manage_department)
def change(actor: Actor, department: Department, changes: Mapping[str, Any]) -> None:
    """Rename, move, reorder a department, or say who leads it.

    :param changes: any of name, parent_id, head_ids, sort_order
    :raises DepartmentIsRoot: when the company itself is to be moved
    """
    actors.access_changed()
    told = []
    if "parent_id" in changes:
        told += _move(actor, department, changes["parent_id"])
    department.name = changes.get("name", department.name)
    department.sort_order = changes.get("sort_order", department.sort_order)
    told += [c for c in audit.changes_of(department) if c["field"] != "parent_id"]
    if "name" in changes or "parent_id" in changes:
        _demand_unused_name(department)
    if "head_ids" in changes:
        heads = _set_heads(department, changes["head_ids"])
        if heads:
            flag_modified(department, "name")
        told += heads
    db.session.flush()
    if told:
        tell(actor, "updated", department, told)


@guarded(policies.manage_department)
def remove(actor: Actor, department: Department) -> None:
    """Delete an empty department.

    :raises DepartmentNotEmpty: if anything still belongs to it
    """
    actors.access_changed()
    if department.parent_id is None:
        raise DepartmentIsRoot
    in_use = [
        select(User.id).where(User.department_id == department.id),
        select(Department.id).where(Department.parent_id == department.id),
        open_ones().where(Invitation.department_id == department.id, Invitation.expires_at > clock.now()),
    ]
    if any(db.session.scalars(question.limit(1)).first() is not None for question in in_use):
        raise DepartmentNotEmpty
    withdraw(actor, Invitation.department_id == department.id)
    db.session.execute(
        update(Invitation)
        .where(Invitation.department_id == department.id)
        .values(department_id=None)
        .execution_options(synchronize_session=False)
    )
    tell(actor, "deleted", department, [changed("name", department.name, None)])
    try:
        with db.session.begin_nested():
            db.session.delete(department)
            db.session.flush()
    except IntegrityError:
        # Records of the domains above, of which this floor knows nothing.
        raise DepartmentNotEmpty from None


def _parent(actor: Actor, parent_id: UUID | None) -> Department:
    parent = queries.root() if parent_id is None else queries.by_id(parent_id)
    if parent is None:
        raise invalid("parent_id", "unknown-reference")
    if not policies.may_place(actor, parent.id):
        raise BeyondOwnRights
    return parent


def _move(actor: Actor, department: Department, parent_id: UUID | None) -> list[dict[str, Any]]:
    if parent_id == department.parent_id:
        return []
    if department.parent_id is None:
        raise DepartmentIsRoot
    before, parent = queries.by_id(department.parent_id), _parent(actor, parent_id)
    if parent.id == department.parent_id:
        return []
    if parent.id in actors.subtree_of(department.id):
        raise invalid("parent_id", "department-cycle")
    department.parent_id = parent.id
    return [changed("parent", before.name if before else None, parent.name)]


def _demand_unused_name(department: Department) -> None:
    siblings = select(Department.id).where(
        Department.parent_id == department.parent_id,
        Department.id != department.id,
        Department.name == department.name,
    )
    if db.session.scalars(siblings.limit(1)).first() is not None:
        raise invalid("name", "already-exists")


def _set_heads(department: Department, head_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Change who leads it, and tell; a disabled head, whom nobody sees meanwhile, comes back as one."""
    wanted = list(dict.fromkeys(head_ids))
    rows = db.session.execute(
        select(User.id, User.name).where(User.id.in_(wanted), User.state == UserState.ACTIVE)
    )
    after = {row.id: row.name for row in rows}
    problems = [
        FieldProblem(f"head_ids.{i}", "unknown-reference") for i, id_ in enumerate(wanted) if id_ not in after
    ]
    if problems:
        raise Invalid(*problems)
    before = _heads(department)
    if before.keys() == after.keys():
        return []
    db.session.execute(
        delete(DepartmentHead)
        .where(
            DepartmentHead.department_id == department.id,
            DepartmentHead.user_id.in_(before.keys() - after.keys()),
        )
        .execution_options(synchronize_session=False)
    )
    if fresh := [id_ for id_ in wanted if id_ not in before]:
        given = [{"department_id": department.id, "user_id": user_id} for user_id in fresh]
        db.session.execute(insert(DepartmentHead), given)
    return [changed("heads", sorted(before.values()), sorted(after.values()))]


def _heads(department: Department) -> dict[UUID, str]:
    rows = db.session.execute(
        select(User.id, User.name)
        .join(
            DepartmentHead,
            (DepartmentHead.tenant_id == User.tenant_id) & (DepartmentHead.user_id == User.id),
        )
        .where(DepartmentHead.department_id == department.id, User.state == UserState.ACTIVE)
    )
    return {row.id: row.name for row in rows}
