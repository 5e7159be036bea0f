"""Signing a company up."""

import hashlib
import json
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.access import entrance, logins, passwords, proofs, sessions, throttle
from app.access.builtin import ADMINISTRATOR, BUILT_IN
from app.access.models import Department, Role, User, UserRole
from app.access.rules import unlocked
from app.access.sessions import Opened
from app.access.trail import tell
from app.core import clock
from app.core.db import db
from app.core.errors import Invalid
from app.core.events import publish
from app.events.access import CompanyFounded
from tenants import provisioning
from tenants.models import Person, Tenant
from tenants.provisioning import LoginExists
from tenants.rls import step_in


class SignUpMismatch(Invalid):
    """The Idempotency-Key came before with another company."""

    code = "idempotency-mismatch"


@unlocked("a visitor signs a company up")
def sign_up(  # noqa: PLR0913  (all by name)
    *,
    company: str,
    name: str,
    login: str,
    password: str,
    locale: str,
    code: str | None = None,
    idempotency_key: str | None = None,
) -> Opened:
    """A new company with its first user, signed in as its administrator.

    The same key with the same content, login and password opens the company that it made before.

    :raises LoginExists: if the sign-in name is taken and the password is not its owner's
    :raises SignUpMismatch: if the key came before with other content
    """
    throttle.count(throttle.SIGN_UP_BY_ADDRESS, throttle.here())
    value = logins.normalise(login)
    key = _digest(idempotency_key, value) if idempotency_key else None
    fingerprint = _digest(company, name, locale)
    person = _recognised(value, password) or _new_person(value, name=name, password=password, locale=locale)
    if person is None:
        # Somebody took the name a moment ago; only with a key may it be this very request, repeated.
        person = _recognised(value, password) if key else None
        if person is None:
            raise LoginExists
    proofs.demand(person, code)
    if _signed_up_before(key) is None:
        tenant = _new_tenant(company, locale=locale, key=key, fingerprint=fingerprint)
        if tenant is not None:
            return _found_company(tenant, person, name=name, login=value)
    return _again(person, _signed_up_before(key), fingerprint)


def _digest(*words: str) -> str:
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()


def _recognised(login: str, password: str) -> Person | None:
    """The person who has this name already, if the password proves that it is them."""
    person = provisioning.person_by_login(login)
    if person is None:
        return None
    entrance.count_attempt(login)
    if not passwords.matches(person.password_hash, password):
        raise LoginExists(person_id=person.id)
    entrance.forgive_attempts(login)
    return person


def _new_person(login: str, *, name: str, password: str, locale: str) -> Person | None:
    """A new person; None if the name has been taken this very moment."""
    passwords.check_strength(password, login=login)
    try:
        with db.session.begin_nested():
            return provisioning.create_person(
                login, name=name, password_hash=passwords.digest(password), locale=locale
            )
    except IntegrityError:
        return None


def _signed_up_before(key: str | None) -> Tenant | None:
    if key is None:
        return None
    return db.session.scalars(select(Tenant).where(Tenant.signup_key == key)).first()


def _new_tenant(company: str, *, locale: str, key: str | None, fingerprint: str) -> Tenant | None:
    """A new tenant; None if the key has been used this very moment."""
    try:
        with db.session.begin_nested():
            return provisioning.create_tenant(
                company, locale=locale, signup_key=key, signup_fingerprint=fingerprint if key else None
            )
    except IntegrityError:
        return None


def _again(person: Person, tenant: Tenant | None, fingerprint: str) -> Opened:
    if tenant is None or tenant.signup_fingerprint != fingerprint:
        raise SignUpMismatch
    return replace(entrance.enter(person, tenant), replayed=True)


def _found_company(tenant: Tenant, person: Person, *, name: str, login: str) -> Opened:
    tenant_id, person_id, proven = tenant.id, person.id, person.password_hash
    if not provisioning.entering(person_id, tenant_id, password_hash=proven):
        raise LoginExists
    step_in(db.session(), tenant_id)
    tenant, at = db.session.get_one(Tenant, tenant_id), clock.now()
    root = Department(name=tenant.name, created_at=at)
    db.session.add(root)
    roles = _built_in_roles(tenant)
    db.session.add_all(roles.values())
    db.session.flush()
    user = User.joining(person_id=person_id, login=login, name=name, department_id=root.id, at=at)
    db.session.add(user)
    db.session.flush()
    db.session.add(UserRole(user_id=user.id, role_id=roles[ADMINISTRATOR].id))
    provisioning.admit(person_id, tenant_id, user.id)
    tell(user, "signed-up", user)
    publish(CompanyFounded(user_id=user.id, locale=tenant.locale))
    return sessions.open_session(user, tenant)


def _built_in_roles(tenant: Tenant) -> dict[str, Role]:
    chinese, at = tenant.locale == "zh-CN", clock.now()
    return {
        role.code: Role(
            name=role.name_zh if chinese else role.name_en,
            code=role.code,
            description=role.description_zh if chinese else role.description_en,
            permissions={permission.value: scope.word for permission, scope in role.permissions.items()},
            created_at=at,
        )
        for role in BUILT_IN
    }
