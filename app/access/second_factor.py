"""The second factor: setting it up, proving it at sign-in, taking it away. It belongs to the person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from app.access import actors, logins, passwords, policies, proofs, throttle, tokens, totp
from app.access.actor import Actor
from app.access.credentials import LoginWithoutMail
from app.access.models import User
from app.access.queries.users import Colleague
from app.access.rules import guarded, unlocked
from app.access.sessions import end_sessions
from app.access.trail import tell
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Gone, invalid
from app.core.events import publish
from app.events.access import SecondFactorResetRequested
from tenants.context import current_tenant_id
from tenants.models import Person, PersonTenant, PersonTotp, RecoveryCode
from tenants.rls import step_in

RESET_LIFETIME = timedelta(hours=1)
_RESET = "second-factor-reset"


class AlreadySetUp(Conflict):
    """There is a second factor already; take it away first."""

    code = "second-factor-exists"


class NotSetUp(Conflict):
    """There is no second factor, or it was not begun."""

    code = "second-factor-missing"


class ResetLinkDead(Gone):
    """The link has been used, has expired, or was never ours."""

    code = "reset-link-dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it is with one's second factor."""

    enabled_at: datetime | None
    recovery_codes_left: int
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What an authenticator needs; shown only now."""

    secret: str
    address: str
    qr_code: str


@unlocked("one's own second factor")
def standing(actor: Actor) -> Standing:
    """How it is with one's own second factor."""
    kept = proofs.kept(actor.person_id)
    left = select(func.count()).where(
        RecoveryCode.person_id == actor.person_id, RecoveryCode.used_at.is_(None)
    )
    return Standing(
        enabled_at=kept.confirmed_at if kept else None,
        recovery_codes_left=db.session.scalar(left) or 0,
        required=actors.second_factor_required(actor.id),
    )


@unlocked("one's own second factor")
def begin(actor: Actor, *, password: str) -> Begun:
    """Begin to set a second factor up; it counts once a code has confirmed it.

    :raises AlreadySetUp: if there is one
    """
    person = _proven(actor, password)
    kept = proofs.kept(person.id)
    if kept is not None and kept.confirmed_at is not None:
        raise AlreadySetUp
    secret, at = totp.new_secret(), clock.now()
    values = {"secret": totp.sealed(person.id, secret), "created_at": at, "last_step": 0}
    db.session.execute(
        insert(PersonTotp)
        .values(person_id=person.id, **values)
        .on_conflict_do_update(
            index_elements=["person_id"], set_=values, where=PersonTotp.confirmed_at.is_(None)
        )
    )
    user = db.session.get_one(User, (actor.tenant_id, actor.id))
    text = totp.address(secret, logins.shown(user.login))
    return Begun(secret=secret, address=text, qr_code=totp.qr_code(text))


@unlocked("one's own second factor")
def confirm(actor: Actor, *, code: str) -> list[str]:
    """Set the second factor up with the authenticator's first code; returns the recovery codes, shown once.

    :raises NotSetUp: if it was not begun
    :raises WrongCode: if the code is not the authenticator's
    """
    person_id = _person_id(actor)
    actors.forget_person(person_id)
    kept = proofs.kept(person_id)
    if kept is None or kept.confirmed_at is not None:
        raise NotSetUp
    throttle.count(throttle.SECOND_FACTOR, str(person_id))
    if not proofs.take_totp(kept, code, confirming=True):
        raise proofs.WrongCode
    throttle.forgive(throttle.SECOND_FACTOR, str(person_id))
    codes = proofs.renew_codes(person_id)
    _tell_everywhere(person_id, "second-factor-set-up")
    return codes


@unlocked("one's own second factor")
def renew_recovery_codes(actor: Actor, *, code: str) -> list[str]:
    """New recovery codes, shown once; the old ones are good no more."""
    person_id = _person_id(actor)
    if not proofs.is_set_up(person_id):
        raise NotSetUp
    proofs.prove(person_id, code)
    codes = proofs.renew_codes(person_id)
    _tell_everywhere(person_id, "recovery-codes-renewed")
    return codes


@unlocked("one's own second factor")
def remove(actor: Actor, *, password: str, code: str) -> None:
    """Sign in without a second factor from now on.

    :raises NotSetUp: if there is none
    """
    person = _proven(actor, password)
    actors.forget_person(person.id)
    if not proofs.is_set_up(person.id):
        raise NotSetUp
    proofs.prove(person.id, code)
    proofs.forget(person.id)
    _tell_everywhere(person.id, "second-factor-removed")


@guarded(policies.manage_user)
def send_reset(actor: Actor, colleague: Colleague) -> None:
    """Send a colleague a link with which they, knowing their password, take their second factor away.

    :raises NotSetUp: if they have none
    :raises LoginWithoutMail: if they cannot be written to
    """
    user = colleague.user
    kept = proofs.kept(user.person_id)
    if kept is None or kept.confirmed_at is None:
        raise NotSetUp
    if user.mail_address is None:
        raise LoginWithoutMail
    throttle.count(throttle.RESET_BY_NAME, user.login)
    person, expires_at = db.session.get_one(Person, user.person_id), clock.now() + RESET_LIFETIME
    publish(
        SecondFactorResetRequested(
            name=user.name,
            email=user.mail_address,
            token=tokens.person_token(_RESET, person.id, _proof(person, kept), expires_at=expires_at),
            minutes=int(RESET_LIFETIME.total_seconds() // 60),
            expires_at=expires_at,
            locale=person.locale,
        )
    )
    tell(actor, "second-factor-reset-requested", user)


@unlocked("whoever holds the link sent to the person, and knows the password")
def reset(token: str, password: str) -> None:
    """Take a lost second factor away; all sessions of the person end.

    :raises ResetLinkDead: if the link is no longer good
    """
    throttle.count(throttle.RESET_BY_ADDRESS, throttle.here())
    claim = tokens.read_person_token(token)
    person = db.session.get(Person, claim[0]) if claim else None
    kept = proofs.kept(person.id) if person else None
    if person is None or kept is None or kept.confirmed_at is None:
        raise ResetLinkDead
    if not tokens.person_token_fits(_RESET, token, _proof(person, kept), at=clock.now()):
        raise ResetLinkDead
    throttle.count(throttle.PASSWORD_BY_PERSON, str(person.id))
    if not passwords.matches(person.password_hash, password):
        raise invalid("password", "wrong-password")
    throttle.forgive(throttle.PASSWORD_BY_PERSON, str(person.id))
    actors.forget_person(person.id)
    proofs.forget(person.id)
    _tell_everywhere(person.id, "second-factor-reset", ending=True)


def _person_id(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise NotSetUp
    return actor.person_id


def _proven(actor: Actor, password: str) -> Person:
    person = db.session.get_one(Person, actor.person_id)
    throttle.count(throttle.PASSWORD_BY_PERSON, str(person.id))
    if not passwords.matches(person.password_hash, password):
        raise invalid("password", "wrong-password")
    throttle.forgive(throttle.PASSWORD_BY_PERSON, str(person.id))
    return person


def _proof(person: Person, kept: PersonTotp) -> str:
    """What makes a reset link die with the password or the second factor it was sent for."""
    return f"{person.password_hash}|{kept.secret.hex()}"


def _tell_everywhere(person_id: UUID, action: str, *, ending: bool = False) -> None:
    """Tell the trail of every company of the person, and end the sessions there if that is to be."""
    home = current_tenant_id()
    memberships = db.session.execute(
        select(PersonTenant.tenant_id, PersonTenant.user_id)
        .where(PersonTenant.person_id == person_id)
        .order_by(PersonTenant.tenant_id)
    ).all()
    for tenant_id, user_id in memberships:
        step_in(db.session(), tenant_id)
        if ending:
            end_sessions(because=action, user_id=user_id)
        user = db.session.get_one(User, (tenant_id, user_id))
        tell(user, action, user)
    if home is not None:
        step_in(db.session(), home)
