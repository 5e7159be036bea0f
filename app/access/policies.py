"""Who may change the access of whom.

Nobody hands out more than they have: neither a permission, nor a wider scope, nor the same scope in a part of
the company that they do not reach themselves.
"""

from collections.abc import Mapping
from uuid import UUID

from app.access.actor import Actor
from app.access.actors import merge
from app.access.models import Department, Role
from app.access.permissions import Permission, Scope
from app.access.queries.invitations import InvitationCard
from app.access.queries.users import Colleague
from app.access.rules import Rule
from app.core.errors import Forbidden

Grants = Mapping[Permission, Scope]


class BeyondOwnRights(Forbidden):
    """It would touch or give rights that one does not have oneself."""

    code = "beyond-own-rights"


def covers(actor: Actor, grants: Grants) -> bool:
    """Whether the actor has every one of these permissions at least as widely."""
    return all(actor.grants.get(permission, 0) >= scope for permission, scope in grants.items())


def reaches_as_far(actor: Actor, grants: Grants, department_id: UUID | None) -> bool:
    """Whether what these grants reach, held in this department, lies within the actor's own reach."""
    return covers(actor, grants) and all(
        _within(actor, actor.grants[permission], scope, department_id) for permission, scope in grants.items()
    )


def _within(actor: Actor, held: Scope, scope: Scope, department_id: UUID | None) -> bool:
    if held is Scope.ALL or scope is Scope.OWN or department_id is None:
        return True
    if held is Scope.SUBTREE:
        return department_id in actor.department_ids
    return department_id == actor.department_id


def may_place(actor: Actor, department_id: UUID | None) -> bool:
    """Whether the actor may move people and departments from and to there.

    Those who reach only a part of the company could otherwise pull the rest of it into their part.
    """
    scopes = set(actor.grants.values())
    if department_id is None or not scopes & {Scope.DEPARTMENT, Scope.SUBTREE}:
        return True
    if Scope.DEPARTMENT in scopes:
        return department_id == actor.department_id
    return department_id in actor.department_ids


def _manages(actor: Actor, colleague: Colleague) -> bool:
    place = colleague.user.department_id
    return may_place(actor, place) and reaches_as_far(actor, colleague.grants, place)


def _invites(actor: Actor, card: InvitationCard) -> bool:
    grants = merge(role.granted for role in card.roles)
    return reaches_as_far(actor, grants, card.invitation.department_id)


def _defines(actor: Actor, role: Role) -> bool:
    return covers(actor, merge([role.granted]))


def _runs(actor: Actor, department: Department) -> bool:
    return may_place(actor, department.id)


manage_user = Rule[Colleague](Permission.USER_MANAGE, when=_manages, otherwise=BeyondOwnRights)
manage_role = Rule[Role](Permission.ROLE_MANAGE, when=_defines, otherwise=BeyondOwnRights)
manage_department = Rule[Department](Permission.DEPARTMENT_MANAGE, when=_runs, otherwise=BeyondOwnRights)
manage_invitation = Rule[InvitationCard](Permission.USER_INVITE, when=_invites, otherwise=BeyondOwnRights)
