"""Passwords: changing one's own, and replacing a forgotten one."""

import secrets
from uuid import UUID

from sqlalchemy import select

from app.access import logins, passwords, policies, security, sessions, throttle, tokens
from app.access.actor import Actor
from app.access.models import User
from app.access.queries.users import Colleague
from app.access.rules import guarded, unlocked
from app.access.trail import tell
from app.audit.services import NOBODY
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Gone, invalid
from app.core.events import publish
from app.events.access import PasswordChanged, PasswordResetRequested
from tenants import provisioning
from tenants.context import require_tenant_id
from tenants.models import Person, PersonTenant, SignInName
from tenants.rls import step_in


class ResetLinkDead(Gone):
    """The link has been used, has expired, or was never ours."""

    code = "reset-link-dead"


class LoginWithoutMail(Conflict):
    """The colleague signs in by a mobile number, so no mail can reach them."""

    code = "login-without-mail"


@unlocked("one's own password")
def change_password(actor: Actor, session_id: UUID, *, current: str, password: str) -> None:
    """A new password for oneself; every other session ends, in every tenant."""
    person = db.session.get_one(Person, actor.person_id)
    throttle.count(throttle.PASSWORD_BY_PERSON, str(person.id))
    if not passwords.matches(person.password_hash, current):
        raise invalid("current", "wrong-password")
    rules = security.strictest_passwords(person.id)
    passwords.check_strength(password, login=_names_of(person.id)[0], rules=rules)
    if not _replace(person, password, action="password-changed", keep=session_id):
        raise invalid("current", "wrong-password")
    throttle.forgive(throttle.PASSWORD_BY_PERSON, str(actor.person_id))


@unlocked("whoever has forgotten their password has no session")
def ask_for_reset(login: str) -> None:
    """Send a link to a new password to a person's e-mail address; says nothing about whether there is one."""
    throttle.count(throttle.RESET_BY_ADDRESS, throttle.here())
    value = logins.normalise(login)
    throttle.count(throttle.RESET_BY_NAME, value)
    # As slow with a person as without: what the rest takes drowns in this.
    passwords.matches(None, secrets.token_hex(8))
    person = provisioning.person_by_login(value)
    membership = _membership(person) if person else None
    if person is not None and membership is not None:
        _step_to(membership)
        user = db.session.get_one(User, (membership.tenant_id, membership.user_id))
        _send_link(person, user, to=value if logins.is_email(value) else user.mail_address)
        tell(NOBODY, "password-reset-requested", user)


@guarded(policies.manage_user)
def send_reset(actor: Actor, colleague: Colleague) -> None:
    """Send a colleague a link to a new password; nobody but they can use it.

    :raises LoginWithoutMail: if they cannot be written to
    """
    user = colleague.user
    if user.mail_address is None:
        raise LoginWithoutMail
    throttle.count(throttle.RESET_BY_NAME, user.login)
    _send_link(db.session.get_one(Person, user.person_id), user, to=user.mail_address)
    tell(actor, "password-reset-requested", user)


@unlocked("whoever holds the link sent to the person")
def reset_password(token: str, password: str) -> None:
    """Replace a forgotten password; all sessions of the person end.

    :raises ResetLinkDead: if the link is no longer good
    """
    throttle.count(throttle.RESET_BY_ADDRESS, throttle.here())
    claim = tokens.read_person_token(token)
    person = db.session.get(Person, claim[0]) if claim else None
    if person is None or not tokens.person_token_fits(
        tokens.FORGOTTEN, token, person.password_hash, at=clock.now()
    ):
        raise ResetLinkDead
    membership = _membership(person)
    if membership is None:
        raise ResetLinkDead
    names = _names_of(person.id)
    passwords.check_strength(password, login=names[0], rules=security.strictest_passwords(person.id))
    _step_to(membership)
    if not _replace(person, password, action="password-reset"):
        raise ResetLinkDead
    for name in names:
        throttle.forgive(throttle.SIGN_IN_BY_NAME, name)


def _names_of(person_id: UUID) -> list[str]:
    return list(
        db.session.scalars(
            select(SignInName.value).where(SignInName.person_id == person_id).order_by(SignInName.value)
        )
    )


def _memberships(person_id: UUID) -> list[PersonTenant]:
    return list(
        db.session.scalars(
            select(PersonTenant).where(PersonTenant.person_id == person_id).order_by(PersonTenant.tenant_id)
        )
    )


def _membership(person: Person) -> PersonTenant | None:
    """Where the person was last, or any other tenant that lets them in."""
    open_ones = {tenant.id for tenant in provisioning.tenants_of(person.id)}
    memberships = [m for m in _memberships(person.id) if m.tenant_id in open_ones]
    last = [m for m in memberships if m.tenant_id == person.last_tenant_id]
    return next(iter([*last, *memberships]), None)


def _step_to(membership: PersonTenant) -> None:
    step_in(db.session(), membership.tenant_id)


def _send_link(person: Person, user: User, *, to: str | None) -> None:
    if to is None:
        return
    expires_at = clock.now() + tokens.RESET_LIFETIME
    publish(
        PasswordResetRequested(
            name=user.name,
            email=to,
            token=tokens.person_token(
                tokens.FORGOTTEN, person.id, person.password_hash, expires_at=expires_at
            ),
            minutes=int(tokens.RESET_LIFETIME.total_seconds() // 60),
            expires_at=expires_at,
            locale=person.locale,
        )
    )


def _replace(person: Person, password: str, *, action: str, keep: UUID | None = None) -> bool:
    """Replace a password and end the sessions in every tenant; False if somebody has just replaced it.

    The person's row is changed first, and held: a session begun meanwhile with the old password either
    came before, and is seen and ended here, or finds the password replaced.
    """
    locale, person_id, home = person.locale, person.id, require_tenant_id()
    if not provisioning.replace_password(person, passwords.digest(password)):
        return False
    for membership in _memberships(person_id):
        tenant_id, user_id = membership.tenant_id, membership.user_id
        step_in(db.session(), tenant_id)
        sessions.end_sessions(because=action, user_id=user_id, keep=keep)
        user = db.session.get_one(User, (tenant_id, user_id))
        tell(user, action, user)
        if tenant_id == home:
            publish(PasswordChanged(name=user.name, email=user.mail_address, locale=locale, at=clock.now()))
    step_in(db.session(), home)
    return True
