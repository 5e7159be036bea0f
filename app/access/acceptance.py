"""The other side of an invitation: whoever holds its link looks at it and accepts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CursorResult, select, update
from sqlalchemy.exc import IntegrityError

from app.access import (
    actors,
    entrance,
    logins,
    passwords,
    policies,
    proofs,
    security,
    sessions,
    throttle,
    tokens,
)
from app.access.models import Invitation, InvitationState, Role, User, UserRole, UserState
from app.access.queries.invitations import InvitationCard, cards
from app.access.rules import TenantReadOnly, unlocked
from app.access.sessions import Opened
from app.access.trail import changed, tell
from app.core import clock
from app.core.db import db
from app.core.errors import Gone, invalid
from app.core.events import publish
from app.events.access import InvitationAccepted
from tenants import provisioning
from tenants.models import Person, Tenant, TenantState
from tenants.rls import step_in


class InvitationDead(Gone):
    """The link has been used, revoked, is too old, or was never ours."""

    code = "invitation-dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an invitation shows to whoever holds its link."""

    company: str
    inviter: str
    name: str
    login: str
    has_account: bool


@unlocked("whoever holds the link")
def look_up(token: str) -> Found:
    """What the invitation is to.

    :raises InvitationDead: if the link is no longer good
    """
    tenant, card = _open(token)
    invitation = card.invitation
    return Found(
        company=tenant.name,
        inviter=invitation.invited_by.name,
        name=invitation.name,
        login=logins.shown(invitation.login),
        has_account=provisioning.person_by_login(invitation.login) is not None,
    )


@unlocked("whoever holds the link")
def accept(
    token: str, *, password: str, code: str | None = None, name: str | None = None, locale: str
) -> Opened:
    """Join the company and be signed in.

    Whoever has an account already proves it by its password, and the second factor if it has one; others
    choose a password, and a name.

    :raises InvitationDead: if the link is no longer good
    """
    tenant, card = _open(token)
    if not TenantState(tenant.state).writable:
        raise TenantReadOnly
    invitation, at = card.invitation, clock.now()
    person = _person(invitation, password=password, name=name, locale=locale)
    proofs.demand(person, code)
    if not _use(invitation, at) or not provisioning.entering(
        person.id, tenant.id, password_hash=person.password_hash
    ):
        raise InvitationDead
    user = User.joining(
        person_id=person.id,
        login=invitation.login,
        name=name or invitation.name or person.name,
        department_id=invitation.department_id,
        at=at,
    )
    _add(user, card.roles)
    provisioning.admit(person.id, tenant.id, user.id)
    _tell(user, invitation, card.roles)
    return sessions.open_session(user, tenant)


def _open(token: str) -> tuple[Tenant, InvitationCard]:
    """Enter the tenant of a link that is good, on the word of somebody who may still give it."""
    throttle.count(throttle.INVITATION_BY_ADDRESS, throttle.here())
    slug = tokens.slug_of(token)
    tenant = provisioning.tenant_by_slug(slug) if slug else None
    if tenant is None or tenant.state == TenantState.CLOSED:
        raise InvitationDead
    tenant_id = tenant.id
    step_in(db.session(), tenant_id)
    tenant = db.session.get_one(Tenant, tenant_id)
    found = db.session.scalars(select(Invitation).where(Invitation.digest == tokens.digest(token))).first()
    if found is None or found.state_at(clock.now()) is not InvitationState.PENDING:
        raise InvitationDead
    card = cards([found])[0]
    if not card.roles or not _still_given(tenant, card):
        raise InvitationDead
    return tenant, card


def _still_given(tenant: Tenant, card: InvitationCard) -> bool:
    """Whether the inviter could invite like this today: they may have lost rights since."""
    inviter = card.invitation.invited_by
    if inviter.state != UserState.ACTIVE:
        return False
    actor = actors.load(inviter.id, access_version=tenant.access_version, state=TenantState.ACTIVE)
    return policies.manage_invitation.allows(actor, card)


def _person(invitation: Invitation, *, password: str, name: str | None, locale: str) -> Person:
    known = provisioning.person_by_login(invitation.login)
    if known is not None:
        return _recognised(known, invitation.login, password)
    if not (name or invitation.name):
        raise invalid("name", "required")
    passwords.check_strength(password, login=invitation.login, rules=security.current().passwords)
    try:
        with db.session.begin_nested():
            return provisioning.create_person(
                invitation.login,
                name=name or invitation.name,
                password_hash=passwords.digest(password),
                locale=locale,
            )
    except IntegrityError:
        # They have signed up elsewhere this very moment.
        raise InvitationDead from None


def _recognised(person: Person, login: str, password: str) -> Person:
    entrance.count_attempt(login)
    if not passwords.matches(person.password_hash, password):
        raise invalid("password", "wrong-password")
    entrance.forgive_attempts(login)
    return person


def _use(invitation: Invitation, at: datetime) -> bool:
    """Mark an invitation accepted; False if it was used or revoked a moment ago."""
    used = db.session.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.digest == invitation.digest,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(accepted_at=at)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(used, CursorResult)  # noqa: S101  (narrows the type; an UPDATE always gives one)
    return used.rowcount == 1


def _add(user: User, roles: Sequence[Role]) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(user)
            db.session.flush()
            db.session.add_all([UserRole(user_id=user.id, role_id=role.id) for role in roles])
    except IntegrityError:
        # They have become a member by another way.
        raise InvitationDead from None


def _tell(user: User, invitation: Invitation, roles: Sequence[Role]) -> None:
    tell(user, "accepted", invitation)
    tell(user, "joined", user, [changed("roles", None, [role.name for role in roles])])
    publish(InvitationAccepted(user_id=user.id, name=user.name, inviter_id=invitation.invited_by_id))
