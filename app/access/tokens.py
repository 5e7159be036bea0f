"""Opaque tokens: `<tenant slug>.<random>`, kept only as a hash.

The slug in front lets a token be looked up inside its tenant's walls.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from app.core.crypto import sign


def issue(slug: str) -> tuple[str, bytes]:
    """A new token and the digest to keep."""
    token = f"{slug}.{secrets.token_urlsafe(32)}"
    return token, digest(token)


def digest(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


def slug_of(token: str) -> str | None:
    """The tenant a token claims to be of."""
    slug, dot, secret = token.partition(".")
    return slug if dot and slug and secret else None


def person_token(purpose: str, person_id: UUID, proof: str, *, expires_at: datetime) -> str:
    """A token for one person and purpose; it dies with what it is proved by, e.g. the password's hash."""
    body = f"{person_id.hex}.{int(expires_at.timestamp())}"
    return f"{body}.{_seal(purpose, body, proof)}"


def read_person_token(token: str) -> tuple[UUID, int] | None:
    """The person and expiry (Unix seconds) such a token claims; `person_token_fits` proves it."""
    parts = token.split(".")
    if len(parts) != 3 or not parts[1].isdecimal() or len(parts[1]) > 12:
        return None
    try:
        return UUID(hex=parts[0]), int(parts[1])
    except ValueError:
        return None


def person_token_fits(purpose: str, token: str, proof: str, *, at: datetime) -> bool:
    """Whether a token was made by us for this very purpose and proof, and is still fresh."""
    body, _, seal = token.rpartition(".")
    claim = read_person_token(token)
    if claim is None or not hmac.compare_digest(seal.encode(), _seal(purpose, body, proof).encode()):
        return False
    return at.timestamp() < claim[1]


RESET_LIFETIME = timedelta(hours=1)
CHALLENGE = "second-factor"
FORGOTTEN = "password-reset"
CHALLENGE_LIFETIME = timedelta(minutes=5)
INVITATION_LIFETIME = timedelta(days=7)


def _seal(purpose: str, body: str, proof: str) -> str:
    return sign(purpose, f"{body}|{proof}")
