"""Files that hang on something, on their way to people."""

from flask import Response

from app.files import queries, storage
from app.files.models import Attachment
from app.files.types import SHOWN
from app.http import downloads

_BYTES = {"type": "string", "format": "binary"}
_UNCHANGED = {"description": "The reader has it already"}
CONTENT = {
    "200": {
        "description": "Pictures and PDF as what they are; all else as bytes to be saved",
        "content": {media: {"schema": _BYTES} for media in (*sorted(SHOWN), downloads.ANYTHING)},
    },
    "304": _UNCHANGED,
}
"""What a door to a file answers, for the description of the interface."""
THUMBNAIL = {
    "200": {"description": "OK", "content": {"image/webp": {"schema": _BYTES}}},
    "304": _UNCHANGED,
}


def content(attachment: Attachment) -> Response:
    """The bytes of a file; whether the reader may have them is not asked."""
    slug, sha256 = queries.content(attachment)
    media = attachment.media_type
    return downloads.safely(
        lambda: storage.store().read(storage.key_of(slug, sha256)),
        attachment.name,
        tag=sha256,
        shown_as=media if media in SHOWN else None,
    )


def thumbnail(attachment: Attachment) -> Response:
    """A picture, small; whether the reader may have it is not asked."""
    slug, sha256 = queries.content(attachment)
    return downloads.safely(
        lambda: storage.store().read(storage.thumbnail_of(slug, sha256)),
        "thumbnail.webp",
        tag=f"{sha256}-small",
        shown_as="image/webp",
    )
