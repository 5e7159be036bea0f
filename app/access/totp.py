"""One-time passwords (RFC 6238) and recovery codes: making them, keeping them, and comparing."""

import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

import pyotp
import segno

from app.core.crypto import decrypted, derived_keys, encrypted

ISSUER = "Guanxi 关系"
RECOVERY_CODES = 10
_SECONDS = 30
_DRIFT = 1
"""How many steps a telephone's clock may be off."""
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_HALF = 5


def new_secret() -> str:
    """A secret to share with an authenticator."""
    return pyotp.random_base32()


def sealed(person_id: UUID, secret: str) -> bytes:
    """A secret as it is kept: readable only with the installation's key, and only as this person's."""
    return encrypted("totp", secret.encode(), about=person_id.bytes)


def opened(person_id: UUID, kept: bytes) -> str:
    """The secret that was kept."""
    return decrypted("totp", kept, about=person_id.bytes).decode()


def address(secret: str, login: str) -> str:
    """What an authenticator reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def qr_code(text: str) -> str:
    """A QR code as an image that a page can show."""
    return segno.make_qr(text).svg_data_uri(scale=4, border=2, dark="#171B24", light="#FFFFFF")


def step_of(secret: str, code: str, *, at: datetime, after: int) -> int | None:
    """The time step whose code this is, if it is a fresh one.

    :param after: the step of the last code that was taken; that one and those before are spent
    """
    generator, now = pyotp.TOTP(secret), int(at.timestamp()) // _SECONDS
    for step in range(now - _DRIFT, now + _DRIFT + 1):
        if hmac.compare_digest(generator.generate_otp(step).encode(), code.encode()) and step > after:
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Codes to write down, each good for one sign-in without the authenticator."""
    return [f"{_word()}-{_word()}" for _ in range(RECOVERY_CODES)]


def recovery_digest(person_id: UUID, code: str) -> bytes:
    """What is kept of a recovery code, however it was typed."""
    return recovery_digests(person_id, code)[0]


def recovery_digests(person_id: UUID, code: str) -> list[bytes]:
    """What may be kept of a recovery code: since this secret key of the installation, or a former one."""
    said = person_id.bytes + "".join(c for c in code.lower() if c.isalnum()).encode()
    return [hmac.digest(key, said, hashlib.sha256) for key in derived_keys("recovery-code")]


def _word() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_HALF))
