"""Pictures: their size is looked at before anything is unpacked; thumbnails keep only what is seen."""

import struct
import zlib
from io import BytesIO
from threading import Lock
from typing import IO
from warnings import catch_warnings

from PIL import Image, ImageOps

from app.core.errors import invalid

LARGEST_SIDE = 320
MOST_PIXELS = 100_000_000
"""A picture of more is refused."""
MOST_UNPACKED = 25_000_000
"""A picture of more is kept without a thumbnail, unless its format can be unpacked small."""
UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    OverflowError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)
"""What reading a picture that somebody has made up can come to."""
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
# Its own limit only warns; ours is asked before a pixel is read.
Image.MAX_IMAGE_PIXELS = None
# Unpacking takes memory: one at a time in a process.
_one_at_a_time = Lock()


def thumbnail(stream: IO[bytes]) -> bytes | None:
    """A small WebP of a picture as it is to be seen, without its metadata; None where that costs too much.

    :raises Invalid: naming `file`, when it is no picture that can be read, or one of too many pixels
    """
    stream.seek(0)
    try:
        # What is odd about a picture is its sender's affair: either it can be read, or it is refused.
        with catch_warnings(action="ignore"), Image.open(stream, formats=_FORMATS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise invalid("file", "picture-too-large", max=MOST_PIXELS // 1_000_000)
            with _one_at_a_time:
                return _small(picture) if _cheap(picture) else None
    except UNREADABLE:
        raise invalid("file", "picture-damaged") from None


def _cheap(picture: Image.Image) -> bool:
    width, height = picture.size
    if picture.format == "JPEG" and not picture.info.get("progressive"):
        # The decoder itself leaves out what a small picture does not need.
        picture.draft("RGB", (LARGEST_SIDE * 2, LARGEST_SIDE * 2))
        return True
    return width * height <= MOST_UNPACKED


def _small(picture: Image.Image) -> bytes:
    picture.load()
    turned = ImageOps.exif_transpose(picture)
    plain = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    plain.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    target = BytesIO()
    clean.save(target, "WEBP", quality=80)
    return target.getvalue()
