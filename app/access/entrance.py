"""The entrance: signing up, signing in, switching tenant, signing out, a new password."""

import hashlib
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.access import logins, passwords, sessions, throttle, tokens
from app.access.actor import Actor
from app.access.builtin import ADMINISTRATOR, BUILT_IN
from app.access.models import Department, Role, User, UserRole, UserState
from app.access.rules import unlocked
from app.access.sessions import Opened
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.db import db
from app.core.errors import DomainError, Unauthenticated, invalid
from app.core.origin import current_origin
from tenants import provisioning
from tenants.context import require_tenant_id
from tenants.models import Person, PersonTenant, SignInName, Tenant, TenantState
from tenants.provisioning import LoginExists
from tenants.rls import step_in


class WrongCredentials(Unauthenticated):
    """The sign-in name and the password do not go together; it is not said which is wrong."""

    code = "wrong-credentials"


class NoTenant(Unauthenticated):
    """The person exists, but no company lets them in any more."""

    code = "no-tenant"


@unlocked("a visitor signs a company up")
def sign_up(
    *, company: str, name: str, login: str, password: str, locale: str, idempotency_key: str | None = None
) -> Opened:
    """A new company with its first user, signed in as its administrator.

    :raises LoginExists: if the sign-in name is taken and the password is not its owner's
    """
    throttle.count(throttle.SIGN_UP_BY_ADDRESS, current_origin().ip or "-")
    value = logins.normalise(login)
    person = provisioning.person_by_login(value)
    key = _signup_key(idempotency_key, value)
    if person is None:
        passwords.check_strength(password, login=value)
        person = _new_person(value, name=name, password=password, locale=locale)
    else:
        _recognise(value, person, password)
        replayed = _signed_up_before(key)
        if replayed is not None:
            return _enter(person, replayed)
    tenant = provisioning.create_tenant(company, locale=locale, signup_key=key)
    return _found_company(tenant, person, name=name, login=value)


def _signup_key(key: str | None, login: str) -> str | None:
    return hashlib.sha256(f"{key}|{login}".encode()).hexdigest() if key else None


def _signed_up_before(key: str | None) -> Tenant | None:
    if key is None:
        return None
    return db.session.scalars(select(Tenant).where(Tenant.signup_key == key)).first()


def _new_person(login: str, *, name: str, password: str, locale: str) -> Person:
    try:
        with db.session.begin_nested():
            return provisioning.create_person(
                login, name=name, password_hash=passwords.digest(password), locale=locale
            )
    except IntegrityError:
        raise LoginExists from None


def _recognise(login: str, person: Person, password: str) -> None:
    throttle.count(throttle.SIGN_IN_BY_NAME, login)
    if not passwords.matches(person.password_hash, password):
        raise LoginExists


def _found_company(tenant: Tenant, person: Person, *, name: str, login: str) -> Opened:
    tenant_id, person_id = tenant.id, person.id
    step_in(db.session(), tenant_id)
    tenant, person = db.session.get_one(Tenant, tenant_id), db.session.get_one(Person, person_id)
    at = clock.now()
    root = Department(name=tenant.name, created_at=at)
    db.session.add(root)
    db.session.flush()
    chinese = tenant.locale == "zh-CN"
    roles = {
        role.code: Role(
            name=role.name_zh if chinese else role.name_en,
            code=role.code,
            description=role.description_zh if chinese else role.description_en,
            permissions={permission.value: scope.word for permission, scope in role.permissions.items()},
            created_at=at,
        )
        for role in BUILT_IN
    }
    user = User(person_id=person.id, name=name, login=login, department_id=root.id, created_at=at)
    db.session.add_all([*roles.values(), user])
    db.session.flush()
    db.session.add(UserRole(user_id=user.id, role_id=roles[ADMINISTRATOR].id))
    provisioning.admit(person, tenant_id, user.id)
    audit.record(user, Entry(action="signed-up", subject_type="user", subject_id=user.id, subject_label=name))
    return sessions.open_session(user, tenant)


@unlocked("a visitor proves who they are")
def sign_in(*, login: str, password: str) -> Opened:
    """A session in the tenant last used.

    :raises WrongCredentials: if name and password do not fit; a known person's tenant notes the attempt
    """
    throttle.count(throttle.SIGN_IN_BY_ADDRESS, current_origin().ip or "-")
    try:
        value = logins.normalise(login)
    except DomainError:
        value = ""
    throttle.count(throttle.SIGN_IN_BY_NAME, value or login)
    person = provisioning.person_by_login(value) if value else None
    if not passwords.matches(person.password_hash if person else None, password) or person is None:
        raise WrongCredentials(person_id=person.id if person else None)
    throttle.forgive(throttle.SIGN_IN_BY_NAME, value)
    return _enter(person, _tenant_to_open(person))


def _tenant_to_open(person: Person) -> Tenant:
    tenants = provisioning.tenants_of(person.id)
    active = [t for t in tenants if _user_ids_active(person.id, t.id)]
    if not active:
        raise NoTenant
    return next((t for t in active if t.id == person.last_tenant_id), active[0])


def _user_ids_active(person_id: UUID, tenant_id: int) -> bool:
    step_in(db.session(), tenant_id)
    return (
        db.session.scalar(select(User.id).where(User.person_id == person_id, User.state == UserState.ACTIVE))
        is not None
    )


def _enter(person: Person, tenant: Tenant) -> Opened:
    person_id, tenant_id = person.id, tenant.id
    step_in(db.session(), tenant_id)
    tenant, person = db.session.get_one(Tenant, tenant_id), db.session.get_one(Person, person_id)
    user = db.session.scalars(
        select(User).where(User.person_id == person_id, User.state == UserState.ACTIVE)
    ).first()
    if user is None or tenant.state == TenantState.CLOSED:
        raise NoTenant
    person.last_tenant_id = tenant_id
    audit.record(
        user, Entry(action="signed-in", subject_type="user", subject_id=user.id, subject_label=user.name)
    )
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
        audit.record(
            user,
            Entry(action="sign-in-failed", subject_type="user", subject_id=user.id, subject_label=user.name),
        )


@unlocked("one's own session")
def switch_tenant(actor: Actor, session_id: UUID, slug: str) -> Opened:
    """End the session here and begin one in another tenant the person belongs to."""
    found = db.session.scalars(
        select(Tenant)
        .join(PersonTenant, PersonTenant.tenant_id == Tenant.id)
        .where(Tenant.slug == slug, PersonTenant.person_id == actor.person_id)
    ).first()
    if found is None or not actor.person_id:
        raise invalid("tenant", "unknown-tenant")
    person = db.session.get_one(Person, actor.person_id)
    sessions.end_sessions(because="switched", session_id=session_id)
    return _enter(person, found)


@unlocked("one's own session")
def sign_out(actor: Actor, session_id: UUID) -> None:
    """End the session at hand."""
    sessions.end_sessions(because="signed-out", session_id=session_id)
    audit.record(
        actor, Entry(action="signed-out", subject_type="user", subject_id=actor.id, subject_label=actor.name)
    )


@unlocked("whoever holds the session's refresh token")
def refresh(token: str) -> sessions.Refreshed:
    """The next pair of tokens; a reused token ends its session (see `sessions.refresh`)."""
    slug = tokens.slug_of(token)
    tenant = provisioning.tenant_by_slug(slug) if slug else None
    if tenant is None or tenant.state == TenantState.CLOSED:
        raise sessions.SessionEnded
    tenant_id = tenant.id
    step_in(db.session(), tenant_id)
    return sessions.refresh(token, db.session.get_one(Tenant, tenant_id))


@unlocked("one's own password")
def change_password(actor: Actor, session_id: UUID, *, current: str, password: str) -> None:
    """A new password for oneself; every other session ends, in every tenant."""
    person = db.session.get_one(Person, actor.person_id)
    throttle.count(throttle.SIGN_IN_BY_NAME, str(person.id))
    if not passwords.matches(person.password_hash, current):
        raise invalid("current", "wrong-password")
    passwords.check_strength(password, login=_login_of(person.id))
    _set_password(person, password, keep=session_id)
    audit.record(
        actor,
        Entry(action="password-changed", subject_type="user", subject_id=actor.id, subject_label=actor.name),
    )


def _login_of(person_id: UUID) -> str:
    return db.session.scalars(select(SignInName.value).where(SignInName.person_id == person_id)).first() or ""


def _set_password(person: Person, password: str, *, keep: UUID | None = None) -> None:
    person.password_hash = passwords.digest(password)
    person.password_changed_at = clock.now()
    person_id, home = person.id, require_tenant_id()
    db.session.flush()
    for tenant_id, user_id in db.session.execute(
        select(PersonTenant.tenant_id, PersonTenant.user_id).where(PersonTenant.person_id == person_id)
    ).all():
        step_in(db.session(), tenant_id)
        sessions.end_sessions(because="password", user_id=user_id, keep=keep)
    step_in(db.session(), home)


class ResetLinkDead(Unauthenticated):
    """The link has been used, has expired, or was never ours."""

    code = "reset-link-dead"


@unlocked("whoever holds the link sent to the person")
def reset_password(token: str, password: str) -> None:
    """Replace a forgotten password; all sessions of the person end.

    :raises ResetLinkDead: if the link is no longer good
    """
    claim = tokens.read_reset_token(token)
    person = db.session.get(Person, claim[0]) if claim else None
    if person is None or not tokens.reset_token_fits(token, person.password_hash, at=clock.now()):
        raise ResetLinkDead
    passwords.check_strength(password, login=_login_of(person.id))
    membership = db.session.scalars(select(PersonTenant).where(PersonTenant.person_id == person.id)).first()
    if membership is None:
        raise ResetLinkDead
    user_id, person_id = membership.user_id, person.id
    step_in(db.session(), membership.tenant_id)
    _set_password(db.session.get_one(Person, person_id), password)
    user = db.session.scalars(select(User).where(User.id == user_id)).one()
    audit.record(
        user, Entry(action="password-reset", subject_type="user", subject_id=user.id, subject_label=user.name)
    )
