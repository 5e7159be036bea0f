"""What goes along with mails written by a template: files that hang on it, some as pictures in it."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from app.files import queries as files
from app.files import storage
from app.files.storage import FileGone
from app.message_templates import html
from app.message_templates.trail import SUBJECT
from app.messaging.enclosures import File, Vanished
from tenants import current

KIND = "template-files"
MOST = 10
MOST_BYTES = 8 * 1024 * 1024
"""Together: with their coding that is what nearly all servers for mail still take."""
SHOWABLE = frozenset({"image/png", "image/jpeg", "image/gif"})
"""The pictures that programmes for mail show everywhere."""


def of(template_ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    """What envelopes of mails say of the files of these templates; those that have none are left out."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    rows = files.on_several(SUBJECT, template_ids)
    slug = current.slug() if rows else ""
    for file, sha256 in rows:
        found.setdefault(file.record_id, []).append(
            {
                "name": file.name,
                "media": file.media_type,
                "key": storage.key_of(slug, sha256),
                "shown_as": html.shown_as(file.id) if file.media_type in SHOWABLE else None,
            }
        )
    return {template_id: {"kind": KIND, "files": several} for template_id, several in found.items()}


def pictures_on(template_id: UUID) -> set[UUID]:
    """The files of a template that can stand in it as pictures."""
    rows = files.on_several(SUBJECT, [template_id])
    return {file.id for file, _ in rows if file.media_type in SHOWABLE}


def made(told: Mapping[str, Any]) -> list[File]:
    """The files themselves.

    :raises Vanished: if one is no longer there
    """
    return [
        File(one["name"], one["media"], _content(one["key"]), shown_as=one["shown_as"])
        for one in told["files"]
    ]


def _content(key: str) -> bytes:
    try:
        return b"".join(storage.store().read(key))
    except FileGone:
        raise Vanished from None
