"""What mail carries so that we understand what comes back.

A mark in its headers that nobody can make up, and the subject of a letter with which its reader unsubscribes.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from app.core import crypto

HEADER = "X-Guanxi-Delivery"
_SEAL, _SEAL_LENGTH = "mail-return", 22
_MARK = re.compile(r"\b([1-9][0-9]{0,17})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])")


@dataclass(frozen=True, slots=True)
class Marked:
    """Which message a mark stands for."""

    tenant_id: int
    delivery_id: UUID


def mark(marked: Marked) -> str:
    """The mark of a message; short enough for one line, as some servers fold what they should not."""
    name = urlsafe_b64encode(marked.delivery_id.bytes).rstrip(b"=").decode()
    return f"{marked.tenant_id}.{name}.{_seal(marked)}"


def subject_of(purpose: str, token: str) -> str:
    """What a letter says with which somebody unsubscribes."""
    return f"unsubscribe {purpose} {token}"


def find(text: str) -> Marked | None:
    """The first mark of ours in a text."""
    for found in _MARK.finditer(text):
        marked = Marked(int(found[1]), UUID(bytes=urlsafe_b64decode(found[2] + "==")))
        if crypto.signed_briefly(_SEAL, _sealed(marked), found[3]):
            return marked
    return None


def _seal(marked: Marked) -> str:
    return crypto.sign(_SEAL, _sealed(marked))[:_SEAL_LENGTH]


def _sealed(marked: Marked) -> str:
    return f"{marked.tenant_id}|{marked.delivery_id.hex}"
