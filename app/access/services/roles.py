"""Roles: making, changing and deleting bundles of permissions."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.access import actors, policies
from app.access.actor import Actor
from app.access.models import Invitation, Role, User, UserRole
from app.access.permissions import Permission, Scope
from app.access.policies import BeyondOwnRights
from app.access.queries.invitations import open_ones
from app.access.rules import guarded, permitted
from app.access.trail import changed, tell
from app.access.withdrawal import withdraw
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, FieldProblem, Invalid, invalid
from app.core.ids import new_id


class AdministratorIsFixed(Conflict):
    """The administrator's role grants everything, always."""

    code = "administrator-is-fixed"


class BuiltInRoleStays(Conflict):
    """A role that every company has can be changed, but not deleted."""

    code = "built-in-role"


class RoleInUse(Conflict):
    """Colleagues or invitations have it."""

    code = "role-in-use"


@permitted(Permission.ROLE_MANAGE)
def create(
    actor: Actor,
    *,
    name: str,
    permissions: Mapping[str, str],
    description: str = "",
    requires_second_factor: bool = False,
) -> Role:
    """A new role.

    :param permissions: permission to scope word, e.g. {"customer:read": "subtree"}
    :raises BeyondOwnRights: if it would grant what the actor does not have
    """
    actors.access_changed()
    granted = _checked(actor, permissions)
    role = Role(
        id=new_id(),
        name=name,
        description=description,
        permissions=granted,
        requires_second_factor=requires_second_factor,
        created_at=clock.now(),
    )
    _demand_unused_name(role)
    db.session.add(role)
    db.session.flush()
    facts = [*audit.facts_of(role, ("name", "description")), *_differences({}, granted)]
    if requires_second_factor:
        facts.append(changed("requires_second_factor", None, after=True))
    tell(actor, "created", role, facts)
    return role


@guarded(policies.manage_role)
def change(actor: Actor, role: Role, changes: Mapping[str, Any]) -> None:
    """Rename a role or change what it grants; that holds at the next request of everyone who has it.

    :param changes: any of name, description, permissions, requires_second_factor
    """
    if role.is_administrator and set(changes) - {"requires_second_factor"}:
        raise AdministratorIsFixed
    actors.access_changed()
    told = []
    if "permissions" in changes:
        granted = _checked(actor, changes["permissions"])
        _demand_reach(actor, role, granted)
        told = _differences(role.permissions, granted)
        role.permissions = granted
    role.name = changes.get("name", role.name)
    role.description = changes.get("description", role.description)
    role.requires_second_factor = changes.get("requires_second_factor", role.requires_second_factor)
    told += [change for change in audit.changes_of(role) if change["field"] != "permissions"]
    if "name" in changes:
        _demand_unused_name(role)
    db.session.flush()
    if told:
        tell(actor, "updated", role, told)


@guarded(policies.manage_role)
def remove(actor: Actor, role: Role) -> None:
    """Delete a role that nobody has.

    :raises RoleInUse: if colleagues, also disabled ones, or pending invitations have it
    """
    if role.built_in:
        raise BuiltInRoleStays
    actors.access_changed()
    brings_it = Invitation.role_ids.contains([str(role.id)])
    in_use = [
        select(UserRole.user_id).where(UserRole.role_id == role.id),
        open_ones().where(brings_it, Invitation.expires_at > clock.now()),
    ]
    if any(db.session.scalars(question.limit(1)).first() is not None for question in in_use):
        raise RoleInUse
    withdraw(actor, brings_it)
    tell(actor, "deleted", role, [changed("name", role.name, None)])
    db.session.delete(role)
    db.session.flush()


def _checked(actor: Actor, permissions: Mapping[str, str]) -> dict[str, str]:
    """The permissions as kept: each known, with a scope that exists, and within what the actor has."""
    problems, granted = [], {}
    known = {permission.value: permission for permission in Permission}
    words = [scope.word for scope in Scope]
    for name, word in permissions.items():
        permission = known.get(name)
        allowed = words if permission and permission.scoped else [Scope.ALL.word]
        if permission is None:
            problems.append(FieldProblem(f"permissions.{name}", "unknown-permission"))
        elif word not in allowed:
            facts = (("choices", ", ".join(allowed)),)
            problems.append(FieldProblem(f"permissions.{name}", "not-a-choice", facts))
        else:
            granted[name] = word
    if problems:
        raise Invalid(*problems)
    if not policies.covers(actor, actors.merge([granted])):
        raise BeyondOwnRights
    return dict(sorted(granted.items()))


def _demand_reach(actor: Actor, role: Role, granted: Mapping[str, str]) -> None:
    """Whoever has the role, wherever they work, must not reach further than the actor."""
    places = db.session.scalars(
        select(User.department_id)
        .distinct()
        .join(UserRole, (UserRole.tenant_id == User.tenant_id) & (UserRole.user_id == User.id))
        .where(UserRole.role_id == role.id)
    )
    grants = actors.merge([granted])
    if not all(policies.reaches_as_far(actor, grants, place) for place in places):
        raise BeyondOwnRights


def _demand_unused_name(role: Role) -> None:
    same = select(Role.id).where(Role.name == role.name, Role.id != role.id)
    with db.session.no_autoflush:
        if db.session.scalars(same.limit(1)).first() is not None:
            raise invalid("name", "already-exists")


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        changed(name, before.get(name), after.get(name))
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]
