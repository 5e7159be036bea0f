"""Signing in as an operator: by password and code, for a working day at most."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from app.access import passwords, throttle, totp
from app.core import clock
from app.core.db import db
from app.core.errors import Unauthenticated
from app.operators import deeds
from app.operators.models import Operator, OperatorSession

LONGEST, IDLE = timedelta(hours=12), timedelta(minutes=30)
_SEEN_ENOUGH = timedelta(minutes=1)


class WrongOperator(Unauthenticated):
    """E-mail, password or code is wrong; which of them is not told."""

    code = "wrong-operator"


@dataclass(frozen=True, slots=True)
class Keeper:
    """An operator who is signed in."""

    id: UUID
    name: str
    email: str


def sign_in(email: str, password: str, code: str) -> tuple[Keeper, str]:
    """Open a session; returns who it is, and the token of the session.

    :raises WrongOperator: if it is nobody, or the code is wrong or spent
    :raises TooManyAttempts: after too many of them
    """
    who = email.strip().lower()
    throttle.count(throttle.OPERATOR_BY_ADDRESS, throttle.here())
    throttle.count(throttle.OPERATOR_BY_NAME, who)
    found = db.session.scalars(select(Operator).where(Operator.email == who).with_for_update()).first()
    known = passwords.matches(found.password_hash if found else None, password)
    if found is None or not known or found.disabled_at is not None or not _proven(found, code):
        raise WrongOperator
    token, at = secrets.token_urlsafe(32), clock.now()
    db.session.execute(delete(OperatorSession).where(OperatorSession.created_at < at - LONGEST))
    db.session.add(
        OperatorSession(token_hash=_hashed(token), operator_id=found.id, created_at=at, seen_at=at)
    )
    keeper = Keeper(found.id, found.name, found.email)
    deeds.note(keeper, "signed-in")
    return keeper, token


def keeper_of(token: str) -> Keeper | None:
    """Whose living session a token opens."""
    at = clock.now()
    row = db.session.execute(
        select(OperatorSession, Operator)
        .join(Operator, Operator.id == OperatorSession.operator_id)
        .where(
            OperatorSession.token_hash == _hashed(token),
            OperatorSession.created_at > at - LONGEST,
            OperatorSession.seen_at > at - IDLE,
            Operator.disabled_at.is_(None),
        )
    ).first()
    if row is None:
        return None
    session, found = row
    if session.seen_at < at - _SEEN_ENOUGH:
        session.seen_at = at
    return Keeper(found.id, found.name, found.email)


def sign_out(token: str) -> None:
    """End a session."""
    db.session.execute(delete(OperatorSession).where(OperatorSession.token_hash == _hashed(token)))


def _proven(found: Operator, code: str) -> bool:
    """Whether the code is a fresh one of the account's own; it is spent with this."""
    if found.totp_secret is None:
        return True
    secret = totp.opened(found.id, found.totp_secret)
    step = totp.step_of(secret, code.strip(), at=clock.now(), after=found.totp_step)
    if step is None:
        return False
    db.session.execute(update(Operator).where(Operator.id == found.id).values(totp_step=step))
    return True


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
