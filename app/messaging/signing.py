"""Signing mail with the key of its domain (DKIM, RFC 6376), so that whoever gets it knows that it is ours."""

from base64 import b64encode
from dataclasses import dataclass
from email.utils import parseaddr

import dkim
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

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


def record_of(seal: Seal) -> tuple[str, str]:
    """The TXT record of the DNS by which others check the signature: its name, and what it says."""
    key = load_pem_private_key(seal.key, password=None).public_key()
    told = b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
    return f"{seal.selector.decode()}._domainkey.{seal.domain.decode()}", f"v=DKIM1; k=rsa; p={told}"


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
