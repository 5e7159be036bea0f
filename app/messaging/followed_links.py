"""Links in written mail that lead by way of us, so that it is known who has followed them.

The way carries which letter and which of its links are meant, sealed; where that leads stands in the
letter that was kept. So nobody can have us lead anybody anywhere else.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from uuid import UUID

from app.core import crypto

PATH = "/api/v1/followed-links"
_SEAL, _SEAL_LENGTH = "followed-link", 22
_HREF = re.compile(r"""(<a\b[^>]*?\bhref=")(https?://[^"]*)(")""", re.IGNORECASE)
_TOKEN = re.compile(r"([1-9][0-9]{0,17})\.([A-Za-z0-9_-]{22})\.([0-9]{1,3})\.([A-Za-z0-9_-]{22})")


@dataclass(frozen=True, slots=True)
class Followed:
    """Which link of which letter."""

    tenant_id: int
    delivery_id: UUID
    place: int


def targets(html: str) -> Sequence[str]:
    """Where the links of a letter lead, each once."""
    return list(dict.fromkeys(unescape(found[2]) for found in _HREF.finditer(html)))


def by_way_of_us(html: str, tenant_id: int, delivery_id: UUID, public_url: str) -> str:
    """The letter with its links leading by way of us."""
    places = {target: place for place, target in enumerate(targets(html))}

    def led(found: re.Match[str]) -> str:
        token = token_of(Followed(tenant_id, delivery_id, places[unescape(found[2])]))
        return f"{found[1]}{escape(f'{public_url}{PATH}?token={token}')}{found[3]}"

    return _HREF.sub(led, html)


def token_of(followed: Followed) -> str:
    """What the way carries."""
    name = urlsafe_b64encode(followed.delivery_id.bytes).rstrip(b"=").decode()
    seal = crypto.sign(_SEAL, _sealed(followed))[:_SEAL_LENGTH]
    return f"{followed.tenant_id}.{name}.{followed.place}.{seal}"


def read(token: str) -> Followed | None:
    """Which link is meant; None: we have not made that."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    followed = Followed(int(found[1]), UUID(bytes=urlsafe_b64decode(found[2] + "==")), int(found[3]))
    return followed if crypto.signed_briefly(_SEAL, _sealed(followed), found[4]) else None


def _sealed(followed: Followed) -> str:
    return f"{followed.tenant_id}|{followed.delivery_id.hex}|{followed.place}"
