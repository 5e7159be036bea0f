"""The entrance: signing in, switching tenant, staying, signing out."""

from uuid import UUID

from sqlalchemy import select

from app.access import logins, passwords, sessions, throttle, tokens
from app.access.actor import Actor
from app.access.models import User, UserState
from app.access.rules import unlocked
from app.access.sessions import Opened, SessionEnded
from app.access.trail import tell
from app.audit.services import NOBODY
from app.core.db import db
from app.core.errors import DomainError, Unauthenticated, invalid
from tenants import provisioning
from tenants.models import Person, PersonTenant, Tenant, TenantState
from tenants.rls import step_in


class WrongCredentials(Unauthenticated):
    """The sign-in name and the password do not go together; it is not said which is wrong."""

    code = "wrong-credentials"


class NoTenant(Unauthenticated):
    """The person exists, but no company lets them in any more."""

    code = "no-tenant"


@unlocked("a visitor proves who they are")
def sign_in(*, login: str, password: str) -> Opened:
    """A session in the tenant last used.

    :raises WrongCredentials: if name and password do not fit; a known person's tenant notes the attempt
    """
    throttle.count(throttle.SIGN_IN_BY_ADDRESS, throttle.here())
    try:
        value = logins.normalise(login)
    except DomainError:
        value = ""
    count_attempt(value or login)
    person = provisioning.person_by_login(value) if value else None
    if not passwords.matches(person.password_hash if person else None, password) or person is None:
        raise WrongCredentials(person_id=person.id if person else None)
    opened = enter(person, _tenant_to_open(person))
    forgive_attempts(value)
    throttle.give_back(throttle.SIGN_IN_BY_ADDRESS, throttle.here())
    return opened


def count_attempt(login: str) -> None:
    """Count one attempt at a password, before it is looked at."""
    throttle.count(throttle.SIGN_IN_BY_NAME_AND_ADDRESS, f"{login} {throttle.here()}")
    throttle.count(throttle.SIGN_IN_BY_NAME, login)


def forgive_attempts(login: str) -> None:
    """Forget the attempts from here, after the right password; those from elsewhere stay counted."""
    throttle.forgive(throttle.SIGN_IN_BY_NAME_AND_ADDRESS, f"{login} {throttle.here()}")
    throttle.give_back(throttle.SIGN_IN_BY_NAME, login)


def _tenant_to_open(person: Person) -> Tenant:
    tenants = provisioning.tenants_of(person.id)
    if not tenants:
        raise NoTenant
    return next((t for t in tenants if t.id == person.last_tenant_id), tenants[0])


def enter(person: Person, tenant: Tenant, *, leaving: UUID | None = None) -> Opened:
    """Begin a session of a person in one of their tenants, and end the one they are leaving.

    :raises WrongCredentials: if their password was replaced a moment ago
    :raises SessionEnded: if the session they are leaving was ended a moment ago
    :raises NoTenant: if the tenant does not let them in
    """
    person_id, tenant_id, proven = person.id, tenant.id, person.password_hash
    if not provisioning.entering(person_id, tenant_id, password_hash=proven):
        raise WrongCredentials
    if leaving is not None and not sessions.end_sessions(because="switched", session_id=leaving):
        raise SessionEnded
    step_in(db.session(), tenant_id)
    tenant = db.session.get_one(Tenant, tenant_id)
    user = db.session.scalars(
        select(User).where(User.person_id == person_id, User.state == UserState.ACTIVE)
    ).first()
    if user is None or tenant.state == TenantState.CLOSED:
        raise NoTenant
    tell(user, "signed-in", user)
    return sessions.open_session(user, tenant)


@unlocked("a failed attempt is told to the tenant it concerns")
def note_failed_sign_in(person_id: UUID) -> None:
    """Write a failed attempt into the trail of the tenant the person used last."""
    person = db.session.get_one(Person, person_id)
    if person.last_tenant_id is None:
        return
    step_in(db.session(), person.last_tenant_id)
    user = db.session.scalars(select(User).where(User.person_id == person_id)).first()
    if user is not None:
        # Whoever it was, it is not known to have been the user.
        tell(NOBODY, "sign-in-failed", user)


@unlocked("one's own session")
def switch_tenant(actor: Actor, session_id: UUID, slug: str) -> Opened:
    """End the session here and begin one in another tenant the person may enter."""
    found = db.session.scalars(
        select(Tenant)
        .join(PersonTenant, PersonTenant.tenant_id == Tenant.id)
        .where(
            Tenant.slug == slug,
            Tenant.state != TenantState.CLOSED,
            PersonTenant.person_id == actor.person_id,
        )
    ).first()
    if found is None or not actor.person_id:
        raise invalid("tenant", "unknown-tenant")
    person = db.session.get_one(Person, actor.person_id)
    return enter(person, found, leaving=session_id)


@unlocked("one's own session")
def sign_out(actor: Actor, session_id: UUID) -> None:
    """End the session at hand."""
    sessions.end_sessions(because="signed-out", session_id=session_id)
    tell(actor, "signed-out", actor)


@unlocked("whoever holds the session's refresh token")
def refresh(token: str) -> sessions.Refreshed:
    """The next pair of tokens; a reused token ends its session (see `sessions.refresh`)."""
    slug = tokens.slug_of(token)
    tenant = provisioning.tenant_by_slug(slug) if slug else None
    if tenant is None or tenant.state == TenantState.CLOSED:
        raise SessionEnded
    tenant_id = tenant.id
    step_in(db.session(), tenant_id)
    return sessions.refresh(token, db.session.get_one(Tenant, tenant_id))
