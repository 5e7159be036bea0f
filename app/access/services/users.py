"""Colleagues: their department, their roles, whether they may enter, and their devices."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm.attributes import flag_modified

from app.access import actors, policies, sessions
from app.access.actor import Actor
from app.access.models import Department, Invitation, Role, User, UserRole, UserState
from app.access.policies import BeyondOwnRights
from app.access.queries import departments, roles
from app.access.queries.users import Colleague, administrators
from app.access.rules import guarded
from app.access.trail import changed, tell
from app.access.withdrawal import withdraw
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.events import publish
from app.events.access import UserDisabled, UserMoved
from tenants import provisioning


class LastAdministrator(Conflict):
    """Without an administrator nobody could ever change anything about access again."""

    code = "last-administrator"


class OwnAdministration(Conflict):
    """Nobody locks themselves out; another administrator can do it."""

    code = "own-administration"


@guarded(policies.manage_user)
def change(actor: Actor, colleague: Colleague, changes: Mapping[str, Any]) -> Colleague:
    """Give a colleague another department, other roles, or let them in no more.

    :param changes: any of department_id, role_ids, state
    :raises BeyondOwnRights: if the colleague would then reach further than the actor
    :raises LastAdministrator: if no administrator would be left
    :raises OwnAdministration: if the actor would lock themselves out
    """
    actors.access_changed()
    user = colleague.user
    department = _wanted_department(actor, user, changes)
    wanted = roles.by_ids(changes["role_ids"]) if "role_ids" in changes else colleague.roles
    after = Colleague(user=user, roles=wanted)
    if not policies.reaches_as_far(actor, after.grants, department.id if department else None):
        raise BeyondOwnRights
    state = UserState(changes.get("state", user.state))
    _demand_administrators(actor, colleague, after, state)
    with db.session.no_autoflush:
        told = [
            *_move(user, department),
            *_give_roles(user, colleague.roles, wanted),
            *_set_state(user, state),
        ]
    if told:
        # Roles are rows of their own: the user's version must count their change, too.
        flag_modified(user, "state")
        db.session.flush()
        db.session.expire(user, ["department"])
        tell(actor, "updated", user, told)
        _see_through(actor, user, {change["field"] for change in told})
    return after


@guarded(policies.manage_user)
def end_sessions(actor: Actor, colleague: Colleague) -> None:
    """Sign a colleague out everywhere in this company."""
    ended = sessions.end_sessions(because="ended-by-administrator", user_id=colleague.user.id)
    if ended:
        tell(actor, "sessions-ended", colleague.user, [changed("sessions", len(ended), 0)])


def _wanted_department(actor: Actor, user: User, changes: Mapping[str, Any]) -> Department | None:
    department_id = changes.get("department_id", user.department_id)
    if department_id is None or department_id == user.department_id:
        return user.department if department_id else None
    department = departments.by_id(department_id)
    if department is None:
        raise invalid("department_id", "unknown-reference")
    if not policies.may_place(actor, department_id):
        raise BeyondOwnRights
    return department


def _move(user: User, department: Department | None) -> list[dict[str, Any]]:
    department_id = department.id if department else None
    if department_id == user.department_id:
        return []
    before = user.department.name if user.department else None
    user.department_id = department_id
    return [changed("department", before, department.name if department else None)]


def _set_state(user: User, state: UserState) -> list[dict[str, Any]]:
    if state == user.state:
        return []
    before, user.state = user.state, state
    return [changed("state", str(before), state.value)]


def _demand_administrators(actor: Actor, before: Colleague, after: Colleague, state: UserState) -> None:
    """Whether it is still an administrator's company afterwards; `access_changed` lets it stay true."""
    user = before.user
    disabled = user.state == UserState.ACTIVE and state is UserState.DISABLED
    demoted = before.is_administrator and not after.is_administrator
    if user.id == actor.id and (disabled or demoted):
        raise OwnAdministration
    was_one = before.is_administrator and user.state == UserState.ACTIVE
    if was_one and (disabled or demoted) and not set(administrators()) - {user.id}:
        raise LastAdministrator


def _give_roles(user: User, before: Sequence[Role], after: Sequence[Role]) -> list[dict[str, Any]]:
    had, has = {role.id for role in before}, {role.id for role in after}
    if had == has:
        return []
    if had - has:
        db.session.execute(
            delete(UserRole)
            .where(UserRole.user_id == user.id, UserRole.role_id.in_(had - has))
            .execution_options(synchronize_session=False)
        )
    if has - had:
        db.session.execute(
            insert(UserRole), [{"user_id": user.id, "role_id": role_id} for role_id in has - had]
        )
    return [changed("roles", [role.name for role in before], [role.name for role in after])]


def _see_through(actor: Actor, user: User, changed: set[str]) -> None:
    if "department" in changed:
        publish(
            UserMoved(user_id=user.id, name=user.name, department_id=user.department_id, moved_by_id=actor.id)
        )
    if "state" in changed and user.state == UserState.ACTIVE:
        provisioning.admit(user.person_id, actor.tenant_id, user.id)
    elif "state" in changed:
        _show_out(actor, user)


def _show_out(actor: Actor, user: User) -> None:
    sessions.end_sessions(because="disabled", user_id=user.id)
    provisioning.shut_out(user.person_id, actor.tenant_id)
    # Nobody comes in on the word of somebody who was shown out.
    withdraw(actor, Invitation.invited_by_id == user.id)
    publish(UserDisabled(user_id=user.id))
