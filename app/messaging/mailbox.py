"""Reading a directory of caught mails. What is in them may be anything: it is parsed, and never trusted."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from html import unescape
from pathlib import Path

SHOWN = 100
LARGEST_BYTES = 1024 * 1024
_PICTURES = {"image/png", "image/jpeg", "image/gif"}
_LINK = re.compile(r"https?://[^\s<>\"']+")
_HREF = re.compile(r"href\s*=\s*[\"'](https?://[^\"'\s]+)[\"']", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtMail:
    """A mail as it is shown."""

    id: str
    sender: str
    to: list[str]
    subject: str
    at: datetime
    links: list[str]
    text: str
    html: str | None


class Mailbox:
    """A directory with one `.eml` file per mail, whose names ascend in time."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def newest(self) -> list[CaughtMail]:
        """The newest mails, the newest first."""
        paths = sorted(self._paths(), key=lambda path: path.name, reverse=True)[:SHOWN]
        return [mail for path in paths if (mail := _read(path)) is not None]

    def clear(self) -> None:
        """Throw all mails away."""
        for path in self._paths():
            path.unlink(missing_ok=True)

    def _paths(self) -> Iterator[Path]:
        return self._directory.glob("*.eml")


def _read(path: Path) -> CaughtMail | None:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES)
            at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:  # thrown away meanwhile
        return None
    message = message_from_bytes(content, policy=policy.default)
    text, html = _body(message, "plain"), _with_pictures(message, _body(message, "html"))
    return CaughtMail(
        id=path.stem,
        sender=_header(message, "From"),
        to=[part.strip() for part in _header(message, "To").split(",") if part.strip()],
        subject=_header(message, "Subject"),
        at=at,
        links=_links(text or "", html or ""),
        text=text or "",
        html=html,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return _clean(str(message.get(name, "")))[:1000]
    except (ValueError, IndexError, MessageError):
        return ""


def _body(message: EmailMessage, subtype: str) -> str | None:
    try:
        part = message.get_body((subtype,))
        return _clean(str(part.get_content())) if part is not None else None
    except (ValueError, LookupError, AttributeError, MessageError):
        return None


def _with_pictures(message: EmailMessage, html: str | None) -> str | None:
    """A page with the pictures that came along in it."""
    for part in message.walk() if html else ():
        cid, media = str(part.get("Content-ID", "")).strip("<> "), part.get_content_type()
        content = part.get_payload(decode=True)
        if html and cid and media in _PICTURES and isinstance(content, bytes):
            html = html.replace(f"cid:{cid}", f"data:{media};base64,{b64encode(content).decode()}")
    return html


def _clean(text: str) -> str:
    """Text with plain line ends, without the half characters that stand for undecodable bytes."""
    return text.encode("utf-8", "replace").decode().replace("\r\n", "\n")


def _links(text: str, html: str) -> list[str]:
    found = [link.rstrip(".,;:!?)") for link in _LINK.findall(text)]
    found += [unescape(link) for link in _HREF.findall(html)]
    return list(dict.fromkeys(found))
