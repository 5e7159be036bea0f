"""Passwords: argon2id at rest, and what makes one acceptable."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from app.core.errors import invalid

MIN_LENGTH, MAX_LENGTH = 8, 128
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_DUMMY = _hasher.hash("nobody has this password")
_COMMON = {
    "12345678", "123456789", "1234567890", "password", "password1", "qwertyui", "11111111", "88888888",
    "00000000", "66666666", "a1234567", "abc12345", "qwer1234", "1qaz2wsx", "iloveyou", "woaini1314",
    "5201314520", "12341234", "87654321", "admin123",
}  # fmt: skip


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


def check_strength(password: str, *, field: str = "password", login: str = "") -> None:
    """Refuse passwords that would be guessed first.

    :raises Invalid: naming `field`
    """
    if len(password) < MIN_LENGTH:
        raise invalid(field, "password-too-short", min=MIN_LENGTH, length=len(password))
    if len(password) > MAX_LENGTH:
        raise invalid(field, "too-long", max=MAX_LENGTH)
    folded = password.lower()
    if folded in _COMMON or len(set(folded)) < 3 or (login and folded == login.lower()):
        raise invalid(field, "password-too-common")
