"""What people see of themselves: their name, their companies, their devices."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from app.access import logins
from app.access.actor import Actor
from app.access.models import Department, Role, User, UserRole, UserSession, UserState
from app.access.sessions import DEVICE
from app.core import clock
from app.core.db import db
from tenants import provisioning
from tenants.models import Person, Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """A user with what the page shows of them."""

    id: UUID
    name: str
    login: str
    locale: str
    department: Department | None
    roles: Sequence[Role]
    reminder_mail: bool


def roles_of(user_id: UUID) -> Sequence[Role]:
    """The roles of a user, by name."""
    return db.session.scalars(
        select(Role)
        .join(UserRole, (UserRole.tenant_id == Role.tenant_id) & (UserRole.role_id == Role.id))
        .where(UserRole.user_id == user_id)
        .order_by(Role.created_at, Role.id)
    ).all()


def me(user_id: UUID) -> Me:
    """A user of the current tenant as they see themselves."""
    row = db.session.execute(
        select(User, Person.locale, Department)
        .join(Person, Person.id == User.person_id)
        .outerjoin(
            Department, (Department.tenant_id == User.tenant_id) & (Department.id == User.department_id)
        )
        .where(User.id == user_id)
    ).one()
    user, locale, department = row
    return Me(
        id=user.id,
        name=user.name,
        login=logins.shown(user.login),
        locale=locale,
        department=department,
        roles=roles_of(user.id),
        reminder_mail=user.reminder_mail,
    )


def tenant_of(actor: Actor) -> Tenant:
    """The actor's tenant."""
    return db.session.scalars(select(Tenant).where(Tenant.id == actor.tenant_id)).one()


def tenants_of(actor: Actor) -> list[Tenant]:
    """All tenants the actor's person may switch to."""
    return provisioning.tenants_of(actor.person_id) if actor.person_id else []


def sessions_of(user_id: UUID) -> Sequence[UserSession]:
    """The devices a user is signed in on, the latest seen first."""
    return db.session.scalars(
        select(UserSession)
        .where(
            UserSession.user_id == user_id,
            UserSession.kind == DEVICE,
            UserSession.ended_at.is_(None),
            UserSession.expires_at > clock.now(),
        )
        .order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
        .limit(200)
    ).all()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Where a user reads mail, and in which language."""

    address: str
    locale: str


def wanting_mail(user_ids: Collection[UUID]) -> dict[UUID, Reader]:
    """Of some users, those who want to be reminded by mail, too, and can be."""
    if not user_ids:
        return {}
    rows = db.session.execute(
        select(User, Person.locale)
        .join(Person, Person.id == User.person_id)
        .where(User.id.in_(user_ids), User.reminder_mail, User.state == UserState.ACTIVE)
    ).all()
    return {
        user.id: Reader(address=user.mail_address, locale=locale)
        for user, locale in rows
        if user.mail_address is not None
    }
