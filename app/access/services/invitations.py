"""Invitations: opening the company's door to one colleague for a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.access import actors, logins, policies, throttle, tokens
from app.access.actor import Actor
from app.access.models import Department, Invitation, InvitationState, Role, User
from app.access.permissions import Permission
from app.access.policies import BeyondOwnRights
from app.access.queries import departments, roles
from app.access.queries.invitations import InvitationCard, locked, open_ones
from app.access.rules import guarded, permitted
from app.access.trail import changed, tell
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.events import publish
from app.core.ids import new_id
from app.events.access import ColleagueInvited, InvitationWithdrawn
from tenants import provisioning
from tenants.models import Tenant


class AlreadyMember(Conflict):
    """They belong to this company already, if only as a disabled colleague."""

    code = "already-member"


class AlreadyInvited(Conflict):
    """An invitation is waiting for them; it can be sent again."""

    code = "already-invited"


class InvitationClosed(Conflict):
    """It has been accepted, revoked, or is too old for that."""

    code = "invitation-closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation just sent; `token` is for the inviter to hand over where no mail can be sent."""

    card: InvitationCard
    token: str | None


@permitted(Permission.USER_INVITE)
def invite(
    actor: Actor,
    *,
    login: str,
    role_ids: Sequence[UUID],
    name: str = "",
    department_id: UUID | None = None,
) -> Invited:
    """Invite a colleague by e-mail address or mobile number; by default into one's own department.

    :raises AlreadyMember: if they are a colleague
    :raises AlreadyInvited: if an invitation is waiting for them
    :raises BeyondOwnRights: if they would reach further than the actor
    """
    throttle.count(throttle.INVITATIONS_BY_USER, str(actor.id))
    value = logins.normalise(login)
    department = _department(actor, department_id)
    wanted = roles.by_ids(role_ids)
    granted = actors.merge(role.granted for role in wanted)
    if not policies.reaches_as_far(actor, granted, department.id):
        raise BeyondOwnRights
    _demand_stranger(value)
    _close_expired(value)
    token, digest = tokens.issue(_tenant(actor).slug)
    at = clock.now()
    invitation = Invitation(
        id=new_id(),
        login=value,
        name=name,
        department_id=department.id,
        role_ids=[str(role.id) for role in wanted],
        digest=digest,
        invited_by_id=actor.id,
        created_at=at,
        expires_at=at + tokens.INVITATION_LIFETIME,
    )
    _keep(invitation)
    tell(actor, "created", invitation, _facts(invitation, department, wanted))
    return _send(actor, invitation, token, wanted)


@guarded(policies.manage_invitation)
def resend(actor: Actor, card: InvitationCard) -> Invited:
    """Send a new link, good for another week, on the word of the actor; the old one is dead.

    :raises InvitationClosed: if it was accepted or revoked
    """
    throttle.count(throttle.INVITATIONS_BY_USER, str(actor.id))
    invitation = _hold(card)
    if not card.roles:
        raise InvitationClosed
    publish(InvitationWithdrawn(mail_key=invitation.mail_key))
    token, invitation.digest = tokens.issue(_tenant(actor).slug)
    invitation.expires_at = clock.now() + tokens.INVITATION_LIFETIME
    invitation.invited_by_id = actor.id
    db.session.flush()
    db.session.expire(invitation, ["invited_by"])
    tell(actor, "resent", invitation)
    return _send(actor, invitation, token, card.roles)


@guarded(policies.manage_invitation)
def revoke(actor: Actor, card: InvitationCard) -> None:
    """Take an invitation back; its link is dead.

    :raises InvitationClosed: if it was accepted or revoked
    """
    invitation = _hold(card)
    invitation.revoked_at = clock.now()
    db.session.flush()
    publish(InvitationWithdrawn(mail_key=invitation.mail_key))
    tell(actor, "revoked", invitation)


def _hold(card: InvitationCard) -> Invitation:
    """An invitation that is still open, locked: it may have been accepted since the card was read."""
    open_one = open_ones().where(Invitation.id == card.invitation.id)
    held = db.session.scalars(locked(open_one)).first()
    if held is None:
        raise InvitationClosed
    return held


def _department(actor: Actor, department_id: UUID | None) -> Department:
    wanted = department_id or actor.department_id
    department = departments.by_id(wanted) if wanted else departments.root()
    if department is None:
        raise invalid("department_id", "unknown-reference")
    if not policies.may_place(actor, department.id):
        raise BeyondOwnRights
    return department


def _demand_stranger(login: str) -> None:
    person = provisioning.person_by_login(login)
    if person is None:
        return
    if db.session.scalars(select(User.id).where(User.person_id == person.id)).first() is not None:
        raise AlreadyMember


def _close_expired(login: str) -> None:
    """Make room for a new invitation: one that is too old still stands in its place."""
    for old in db.session.scalars(locked(open_ones().where(Invitation.login == login))):
        if old.state_at(clock.now()) is InvitationState.PENDING:
            raise AlreadyInvited
        old.revoked_at = clock.now()
    db.session.flush()


def _keep(invitation: Invitation) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(invitation)
    except IntegrityError:
        # Somebody else has invited them this very moment.
        raise AlreadyInvited from None


def _tenant(actor: Actor) -> Tenant:
    return db.session.get_one(Tenant, actor.tenant_id)


def _facts(invitation: Invitation, department: Department, wanted: Sequence[Role]) -> list[dict[str, Any]]:
    facts = {
        "login": logins.shown(invitation.login),
        "name": invitation.name or None,
        "department": department.name,
        "roles": [role.name for role in wanted],
    }
    return [changed(field, None, value) for field, value in facts.items() if value]


def _send(actor: Actor, invitation: Invitation, token: str, wanted: Sequence[Role]) -> Invited:
    email = invitation.login if logins.is_email(invitation.login) else None
    tenant = _tenant(actor)
    publish(
        ColleagueInvited(
            email=email,
            company=tenant.name,
            inviter_id=actor.id,
            inviter=actor.name,
            token=token,
            days=tokens.INVITATION_LIFETIME.days,
            expires_at=invitation.expires_at,
            locale=tenant.locale,
            mail_key=invitation.mail_key,
        )
    )
    card = InvitationCard(invitation=invitation, roles=wanted, state=invitation.state_at(clock.now()))
    return Invited(card=card, token=None if email else token)
