"""What a mail in the mailbox of returns tells: that another did not arrive, or that somebody wants no more.

Reports are read as RFC 3464 has them; servers that answer in prose are understood where they name a code.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message

from app.messaging import marks
from app.messaging.channels.contract import NO_MAILBOX
from app.messaging.marks import Marked

BOUNCED = "bounced"
LONGEST = 200_000
"""Characters of a mail that are looked at."""
_NOBODY = re.compile(r"5\.1\.(1|2|3|6|10)|5\.2\.1")
_FOR_GOOD = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b|\b55[0-4]\b")
_NOBODY_IN_PROSE = re.compile(
    r"\b5\.1\.(1|2|3|6|10)\b|user unknown|no such user|mailbox (not found|unavailable)|does not exist"
    r"|user not found|邮箱不存在|收件人.{0,8}不存在|用户不存在",
    re.IGNORECASE,
)
_DAEMON = re.compile(r"mailer-daemon|postmaster|mail-daemon|系统退信", re.IGNORECASE)
_WISH = re.compile(r"unsubscribe (marketing|care|service) ([A-Za-z0-9_.-]{40,200})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """A message has not arrived, for good."""

    message: Marked
    error: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Whoever holds a token wants no more mail of a purpose."""

    purpose: str
    token: str


def read(content: bytes) -> Bounce | Wish | None:
    """What a mail tells; None if it is nothing to us."""
    try:
        mail = message_from_bytes(content, policy=policy.default)
        if not isinstance(mail, EmailMessage):
            return None
        return _wish(mail) or _bounce(mail)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        # Anybody can send anything here; what the library cannot read is nothing to us.
        return None


def _wish(mail: EmailMessage) -> Wish | None:
    found = _WISH.search(" ".join(str(mail["Subject"] or "").split()))
    return Wish(found[1].lower(), found[2]) if found else None


def _bounce(mail: EmailMessage) -> Bounce | None:
    marked = marks.find(_text(mail))
    if marked is None:
        return None
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            return _reported(part, marked)
    if not _DAEMON.search(f"{mail['From']} {mail['Subject']}"):
        return None
    said = _prose(mail)
    if not _FOR_GOOD.search(said):
        return None
    return Bounce(marked, NO_MAILBOX if _NOBODY_IN_PROSE.search(said) else BOUNCED)


def _reported(part: Message, marked: Marked) -> Bounce | None:
    blocks = part.get_payload()
    if not isinstance(blocks, list):
        return None
    for block in (one for one in blocks if isinstance(one, Message)):
        if str(block["Action"] or "").strip().lower() == "failed":
            nobody = _NOBODY.match(str(block["Status"] or "").strip())
            return Bounce(marked, NO_MAILBOX if nobody else BOUNCED)
    return None


def _text(mail: EmailMessage) -> str:
    """All of a mail in which the mark may stand: headers that were sent back, and prose."""
    pieces = []
    for part in mail.walk():
        if part is not mail and part[marks.HEADER]:
            pieces.append(str(part[marks.HEADER]))
        if part.get_content_type() in {"text/plain", "text/rfc822-headers"} or _is_raw(part):
            pieces.append(_decoded(part))
    return "\n".join(pieces)[:LONGEST]


def _is_raw(part: Message) -> bool:
    """Whether the mail that was sent back lies in it as it was, unread."""
    return part.get_content_maintype() == "application" and not part.is_multipart()


def _prose(mail: EmailMessage) -> str:
    parts = (part for part in mail.walk() if part.get_content_type() in {"text/plain", "text/html"})
    return "\n".join(_decoded(part) for part in parts)[:LONGEST]


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    return content.decode(part.get_content_charset("utf-8"), errors="replace")
