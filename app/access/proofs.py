"""Proving the second factor: a fresh code of the authenticator, or a recovery code; each once."""

import re
from uuid import UUID

from sqlalchemy import CursorResult, delete, select, update

from app.access import throttle, totp
from app.core import clock
from app.core.db import db
from app.core.errors import FieldProblem, Invalid
from tenants.models import Person, PersonTotp, RecoveryCode


class WrongCode(Invalid):
    """Neither the authenticator's present code nor an unused recovery code."""

    def __init__(self, **facts: object) -> None:
        super().__init__(FieldProblem("code", "wrong-code"), **facts)


class CodeNeeded(Invalid):
    """The person has a second factor, and it was not sent along."""

    def __init__(self) -> None:
        super().__init__(FieldProblem("code", "code-needed"))


def is_set_up(person_id: UUID) -> bool:
    """Whether the person signs in with a second factor."""
    found = select(PersonTotp.person_id).where(
        PersonTotp.person_id == person_id, PersonTotp.confirmed_at.is_not(None)
    )
    return db.session.scalar(found) is not None


def demand(person: Person, code: str | None) -> None:
    """Make sure of a person's second factor, if they have one.

    :raises CodeNeeded: if they have one and sent no code
    :raises WrongCode: if it is not the right one
    """
    if is_set_up(person.id):
        if not code:
            raise CodeNeeded
        prove(person.id, code)


def prove(person_id: UUID, code: str) -> None:
    """Spend a code of the authenticator, or a recovery code.

    :raises WrongCode: if it is neither, or was spent before
    """
    throttle.count(throttle.SECOND_FACTOR, str(person_id))
    throttle.count(throttle.SECOND_FACTOR_A_DAY, str(person_id))
    own, typed = kept(person_id), re.sub(r"\s", "", code)
    taken = own is not None and re.fullmatch("[0-9]{6}", typed) and take_totp(own, typed)
    if not taken and not _take_recovery_code(person_id, typed):
        raise WrongCode(person_id=person_id)
    throttle.forgive(throttle.SECOND_FACTOR, str(person_id))
    throttle.give_back(throttle.SECOND_FACTOR_A_DAY, str(person_id))


def kept(person_id: UUID | None) -> PersonTotp | None:
    """What is kept of a person's authenticator, confirmed or not."""
    found = select(PersonTotp).where(PersonTotp.person_id == person_id)
    return db.session.scalars(found.execution_options(populate_existing=True)).first()


def take_totp(own: PersonTotp, code: str, *, confirming: bool = False) -> bool:
    """Spend a code; False if it is wrong or was spent, even a moment ago by another request."""
    at = clock.now()
    step = totp.step_of(totp.opened(own.person_id, own.secret), code, at=at, after=own.last_step)
    if step is None:
        return False
    values: dict[str, object] = {"last_step": step, **({"confirmed_at": at} if confirming else {})}
    done = db.session.execute(
        update(PersonTotp)
        .where(PersonTotp.person_id == own.person_id, PersonTotp.last_step < step)
        .where(PersonTotp.secret == own.secret)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    return _count(done) == 1


def _take_recovery_code(person_id: UUID, code: str) -> bool:
    done = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.digest.in_(totp.recovery_digests(person_id, code)),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    return _count(done) == 1


def renew_codes(person_id: UUID) -> list[str]:
    """New recovery codes in the place of the old ones; only now can they be read."""
    codes = totp.new_recovery_codes()
    _delete_codes(person_id)
    db.session.add_all(
        RecoveryCode(person_id=person_id, digest=totp.recovery_digest(person_id, code)) for code in codes
    )
    db.session.flush()
    return codes


def forget(person_id: UUID) -> None:
    """Take a person's second factor away."""
    _delete_codes(person_id)
    db.session.execute(
        delete(PersonTotp)
        .where(PersonTotp.person_id == person_id)
        .execution_options(synchronize_session=False)
    )


def _delete_codes(person_id: UUID) -> None:
    db.session.execute(
        delete(RecoveryCode)
        .where(RecoveryCode.person_id == person_id)
        .execution_options(synchronize_session=False)
    )


def _count(result: object) -> int:
    assert isinstance(result, CursorResult)  # noqa: S101  (narrows the type; an UPDATE always gives one)
    return result.rowcount
