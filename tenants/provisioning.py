"""Making tenants and persons, and saying who may enter which."""

import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from tenants.models import Person, PersonTenant, SignInName, Tenant, TenantState

TRIAL = timedelta(days=14)
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class LoginExists(Conflict):
    """The sign-in name belongs to somebody; their password opens the door."""

    code = "login-exists"


def create_tenant(
    name: str, *, locale: str, signup_key: str | None = None, signup_fingerprint: str | None = None
) -> Tenant:
    """A new tenant on trial, with a slug of its own. Its tables are still empty."""
    at = clock.now()
    tenant = Tenant(
        slug="".join(secrets.choice(_ALPHABET) for _ in range(10)),
        name=name,
        state=TenantState.TRIAL,
        trial_ends_at=at + TRIAL,
        locale=locale,
        signup_key=signup_key,
        signup_fingerprint=signup_fingerprint,
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
    """The tenants a person may enter, by name."""
    found = db.session.scalars(
        select(Tenant)
        .join(PersonTenant, PersonTenant.tenant_id == Tenant.id)
        .where(PersonTenant.person_id == person_id, Tenant.state != TenantState.CLOSED)
        .order_by(Tenant.name, Tenant.id)
    )
    return list(found)


def admit(person_id: UUID, tenant_id: int, user_id: UUID) -> None:
    """Note that a person may enter a tenant, as this user."""
    db.session.execute(
        insert(PersonTenant)
        .values(person_id=person_id, tenant_id=tenant_id, user_id=user_id)
        .on_conflict_do_nothing()
    )


def shut_out(person_id: UUID, tenant_id: int) -> None:
    """Note that a person may enter a tenant no more."""
    db.session.execute(
        delete(PersonTenant)
        .where(PersonTenant.person_id == person_id, PersonTenant.tenant_id == tenant_id)
        .execution_options(synchronize_session=False)
    )


def entering(person_id: UUID, tenant_id: int, *, password_hash: str) -> bool:
    """Note which tenant a person enters; False if the password they proved was replaced meanwhile.

    This holds the person's row until the end of the transaction, as replacing a password does: whoever
    comes second sees all that the first did.
    """
    changed = db.session.execute(
        update(Person)
        .where(Person.id == person_id, Person.password_hash == password_hash)
        .values(last_tenant_id=tenant_id)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(changed, CursorResult)  # noqa: S101  (narrows the type; an UPDATE always gives one)
    return changed.rowcount == 1


def replace_password(person: Person, password_hash: str) -> bool:
    """Give a person another password; False if somebody else has just done so."""
    changed = db.session.execute(
        update(Person)
        .where(Person.id == person.id, Person.password_hash == person.password_hash)
        .values(password_hash=password_hash, password_changed_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    assert isinstance(changed, CursorResult)  # noqa: S101  (narrows the type; an UPDATE always gives one)
    return changed.rowcount == 1
