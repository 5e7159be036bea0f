"""How long a text message is, as vendors in China count and charge it."""

import re
import unicodedata
from dataclasses import dataclass

from app.consents.states import Purpose

ALONE, JOINED = 70, 67
"""Characters in a message of one segment, and in each of several; every character counts as one."""
LONGEST = 500
CLOSING = {"zh-CN": "，拒收请回复R", "en": ". Reply R to opt out"}
"""What the law wants at the end of messages that advertise."""
_CLOSED = re.compile(r"(拒收请?回复?|退订请?回复?|回复?TD退订|reply R to)", re.IGNORECASE)
_LINK = re.compile(
    r"https?://|www\.|[a-z0-9-]+\.(?:com|cn|net|org|top|xyz|cc|io|co|me|info|shop|vip|link)\b", re.IGNORECASE
)
_JOINERS = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufe0e", "\ufe0f", "\ufeff"}


@dataclass(frozen=True, slots=True)
class Size:
    """How long a message is."""

    characters: int
    """With its signature and what the law wants at its end."""
    segments: int


def closed(text: str, purpose: str, locale: str) -> str:
    """A text as it goes out: what advertises says how to hear no more of it."""
    if purpose != Purpose.MARKETING or _CLOSED.search(text):
        return text
    return text.rstrip("。.!！") + CLOSING[locale]


def size(text: str, signature: str) -> Size:
    """How long a text is that goes out under a signature."""
    characters = len(text.encode("utf-16-le")) // 2 + len(signature) + 2
    return Size(characters, 1 if characters <= ALONE else -(-characters // JOINED))


def has_link(text: str) -> bool:
    """Whether somebody could follow an address in it."""
    return bool(_LINK.search(text))


def unsendable(text: str) -> str | None:
    """The first character that vendors refuse, if there is one."""
    return next((one for one in text if _refused(one)), None)


def _refused(one: str) -> bool:
    return (
        one in "【】{}"
        or one in _JOINERS
        or ord(one) > 0xFFFF
        or unicodedata.category(one) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        or 0x2600 <= ord(one) <= 0x27BF
    )
