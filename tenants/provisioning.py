"""Making tenants."""

import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.errors import Invalid
from tenants.models import Person, PersonTenant, SignInName, Tenant, TenantState

TRIAL = timedelta(days=14)
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class LoginExists(Invalid):
    """The sign-in name belongs to somebody; their password opens the door."""

    code = "login-exists"


def create_tenant(name: str, *, locale: str, signup_key: str | None = None) -> Tenant:
    """A new tenant on trial, with a slug of its own. Its tables are still empty."""
    at = clock.now()
    tenant = Tenant(
        slug="".join(secrets.choice(_ALPHABET) for _ in range(10)),
        name=name,
        state=TenantState.TRIAL,
        trial_ends_at=at + TRIAL,
        locale=locale,
        signup_key=signup_key,
        created_at=at,
    )
    db.session.add(tenant)
    db.session.flush()
    return tenant


def create_person(login: str, *, name: str, password_hash: str, locale: str) -> Person:
    """A new person with one sign-in name, already normalised."""
    at = clock.now()
    person = Person(
        name=name, password_hash=password_hash, locale=locale, created_at=at, password_changed_at=at
    )
    db.session.add(person)
    db.session.flush()
    db.session.add(SignInName(value=login, person_id=person.id))
    db.session.flush()
    return person


def person_by_login(login: str) -> Person | None:
    """The person who signs in by this normalised name."""
    return db.session.scalars(
        select(Person).join(SignInName, SignInName.person_id == Person.id).where(SignInName.value == login)
    ).first()


def tenant_by_slug(slug: str) -> Tenant | None:
    """The tenant known outside by this slug."""
    return db.session.scalars(select(Tenant).where(Tenant.slug == slug)).first()


def tenants_of(person_id: UUID) -> list[Tenant]:
    """The tenants a person belongs to and may enter, by name."""
    found = db.session.scalars(
        select(Tenant)
        .join(PersonTenant, PersonTenant.tenant_id == Tenant.id)
        .where(PersonTenant.person_id == person_id, Tenant.state != TenantState.CLOSED)
        .order_by(Tenant.name, Tenant.id)
    )
    return list(found)


def admit(person: Person, tenant_id: int, user_id: UUID) -> None:
    """Note that a person belongs to a tenant, as this user."""
    db.session.add(PersonTenant(person_id=person.id, tenant_id=tenant_id, user_id=user_id))
    person.last_tenant_id = tenant_id
    db.session.flush()
