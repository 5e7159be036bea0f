"""Secrets of webhooks, and what they sign.

The receiver computes HMAC-SHA256 of `<timestamp>.<body>` with its secret, compares it with each `v1=` of the
signature header, and refuses timestamps that are more than five minutes away from its own clock.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID

from app.core.crypto import decrypted, encrypted

REPLAY_SECONDS = 300
_PURPOSE = "webhook-secret"


def new_secret() -> str:
    """A secret, as it is shown once."""
    return f"whsec_{secrets.token_urlsafe(32)}"


def sealed(webhook_id: UUID, secret: str) -> bytes:
    """A secret as it is kept: readable with the installation's key only."""
    return encrypted(_PURPOSE, secret.encode(), about=webhook_id.bytes)


def opened(webhook_id: UUID, kept: bytes) -> str:
    """A secret that was kept."""
    return decrypted(_PURPOSE, kept, about=webhook_id.bytes).decode()


def headers(event_id: UUID, body: bytes, keys: Sequence[str], *, at: int) -> Mapping[str, str]:
    """What goes along with a body, signed with each of the secrets that are good now."""
    text = b"%d.%s" % (at, body)
    signatures = [hmac.digest(key.encode(), text, hashlib.sha256).hex() for key in keys]
    return {
        "Content-Type": "application/json",
        "User-Agent": "Guanxi-Webhooks/1",
        "Guanxi-Event-Id": str(event_id),
        "Guanxi-Timestamp": str(at),
        "Guanxi-Signature": ",".join(f"v1={signature}" for signature in signatures),
    }
