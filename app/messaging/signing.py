"""Signing mail with the key of its domain (DKIM, RFC 6376), so that whoever gets it knows that it is ours."""

from dataclasses import dataclass
from email.utils import parseaddr

import dkim

from app.config import Settings

_HEADERS = [
    b"from", b"to", b"cc", b"reply-to", b"subject", b"date", b"message-id", b"mime-version", b"content-type",
    b"list-unsubscribe", b"list-unsubscribe-post",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seal:
    """What mail is signed with."""

    selector: bytes
    domain: bytes
    key: bytes


def seal_of(settings: Settings) -> Seal | None:
    """The seal of an installation, if it has one."""
    if not settings.dkim_key:
        return None
    domain = parseaddr(settings.mail_from)[1].rpartition("@")[2]
    return Seal(settings.dkim_selector.encode(), domain.encode(), settings.dkim_key.encode())


def signed(content: bytes, seal: Seal | None) -> bytes:
    """A mail with its signature in front; as it is where there is no seal."""
    if seal is None:
        return content
    present = [
        name for name in _HEADERS if b"\n" + name + b":" in b"\n" + content.lower().split(b"\r\n\r\n")[0]
    ]
    signature: bytes = dkim.sign(
        content,
        seal.selector,
        seal.domain,
        seal.key,
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=present,
    )
    return signature + content
