"""The entrance: signing in, switching tenant, staying, signing out."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.access import addresses, alerts, logins, passwords, proofs, security, sessions, throttle, tokens
from app.access.actor import Actor
from app.access.models import User, UserState
from app.access.rules import unlocked
from app.access.sessions import Opened, SessionEnded
from app.access.trail import tell
from app.audit.services import NOBODY
from app.core import clock
from app.core.db import db
from app.core.errors import DomainError, Gone, Unauthenticated, invalid
from app.core.origin import current_origin
from tenants import provisioning
from tenants.models import Person, PersonTenant, Tenant, TenantState
from tenants.rls import step_in


class WrongCredentials(Unauthenticated):
    """The sign-in name and the password do not go together; it is not said which is wrong."""

    code = "wrong-credentials"


class NoTenant(Unauthenticated):
    """The person exists, but no company lets them in any more."""

    code = "no-tenant"


class ChallengeDead(Gone):
    """The password was proved too long ago; it is to be given again."""

    code = "challenge-dead"


@dataclass(frozen=True, slots=True)
class Challenge:
    """The right password was given; with this token the second factor may follow."""

    token: str


@unlocked("a visitor proves who they are")
def sign_in(*, login: str, password: str) -> Opened | Challenge:
    """A session in the tenant last used; for those with a second factor, what to prove it by.

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
    challenged = proofs.is_set_up(person.id)
    opened = _challenge(person) if challenged else enter(person, _tenant_to_open(person))
    forgive_attempts(value)
    throttle.give_back(throttle.SIGN_IN_BY_ADDRESS, throttle.here())
    return opened


def _challenge(person: Person) -> Challenge:
    expires_at = clock.now() + tokens.CHALLENGE_LIFETIME
    proven = person.password_hash
    return Challenge(tokens.person_token(tokens.CHALLENGE, person.id, proven, expires_at=expires_at))


@unlocked("a visitor who has proved their password proves the second factor")
def sign_in_further(*, challenge: str, code: str) -> Opened:
    """A session in the tenant last used.

    :raises ChallengeDead: if the password was proved too long ago, or replaced since
    :raises WrongCode: if the code is not right; the person's tenant notes the attempt
    """
    throttle.count(throttle.SIGN_IN_BY_ADDRESS, throttle.here())
    claim = tokens.read_person_token(challenge)
    person = db.session.get(Person, claim[0]) if claim else None
    if person is None or not tokens.person_token_fits(
        tokens.CHALLENGE, challenge, person.password_hash, at=clock.now()
    ):
        raise ChallengeDead
    proofs.prove(person.id, code)
    opened = enter(person, _tenant_to_open(person))
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
    tenants.sort(key=lambda tenant: tenant.id != person.last_tenant_id)
    return tenants[0] if len(tenants) == 1 else _first_to_let_in(tenants)


def _first_to_let_in(tenants: Sequence[Tenant]) -> Tenant:
    """The first company that lets somebody in from where they are; the first of all, if none does."""
    for tenant in tenants:
        step_in(db.session(), tenant.id)
        if not (networks := security.current().allowed_networks) or addresses.inside(
            networks, current_origin().ip
        ):
            return tenant
    return tenants[0]


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
    if leaving is None:
        alerts.watch(user)
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
