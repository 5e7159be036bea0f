"""Passwords: argon2id at rest, and what makes one acceptable."""

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from app.access import common_passwords
from app.core.errors import invalid

MIN_LENGTH, MAX_LENGTH = 8, 128
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_DUMMY = _hasher.hash("nobody has this password")


@dataclass(frozen=True, slots=True)
class PasswordRules:
    """What a new password must be like: so long, and of so many kinds of characters."""

    length: int
    kinds: int


DEFAULT = PasswordRules(length=MIN_LENGTH, kinds=1)
_KINDS = (str.islower, str.isupper, str.isdigit)


def digest(password: str) -> str:
    """The argon2id hash to keep."""
    return _hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether a password fits a kept hash; takes as long when there is no such person."""
    try:
        _hasher.verify(kept or _DUMMY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return kept is not None


def check_strength(
    password: str, *, field: str = "password", login: str = "", rules: PasswordRules = DEFAULT
) -> None:
    """Refuse passwords that would be guessed first, or that a company does not take.

    :raises Invalid: naming `field`
    """
    if len(password) < rules.length:
        raise invalid(field, "password-too-short", min=rules.length, length=len(password))
    if len(password) > MAX_LENGTH:
        raise invalid(field, "too-long", max=MAX_LENGTH)
    if common_passwords.is_common(password) or (login and password.lower() == login.lower()):
        raise invalid(field, "password-too-common")
    if _kinds_in(password) < rules.kinds:
        raise invalid(field, "password-too-simple", kinds=rules.kinds)


def _kinds_in(password: str) -> int:
    named = sum(any(kind(character) for character in password) for kind in _KINDS)
    return named + any(not any(kind(character) for kind in _KINDS) for character in password)
