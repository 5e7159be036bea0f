"""Logos: what somebody brings becomes a small PNG of our own making."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from io import BytesIO
from threading import Lock
from warnings import catch_warnings

from PIL import Image, ImageOps

from app.core.errors import invalid
from app.files.pictures import UNREADABLE

LARGEST = (640, 320)
MOST_PIXELS = 4_000_000
LONGEST = 150_000
"""Of the text in which a picture comes; browsers make it small before."""
LONGEST_SHOWN = 2_000_000
_one_at_a_time = Lock()
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
_PREFIX = "data:image/png;base64,"


def read(text: str, *, field: str) -> bytes:
    """A picture that came as a data URL, as a PNG of a size fit for paper, without its metadata.

    :raises Invalid: naming `field`, when it is none that can be read, or one of too many pixels
    """
    head, _, body = text.partition(";base64,")
    if not head.startswith("data:image/"):
        raise invalid(field, "picture-damaged")
    try:
        # What is odd about a picture is its sender's affair: either it can be read, or it is refused.
        with (
            catch_warnings(action="ignore"),
            Image.open(BytesIO(b64decode(body, validate=True)), formats=_FORMATS) as picture,
        ):
            if picture.width * picture.height > MOST_PIXELS:
                raise invalid(field, "picture-too-large", max=MOST_PIXELS // 1_000_000)
            # Unpacking takes memory: one at a time in a process.
            with _one_at_a_time:
                return _small(picture)
    except (Base64Error, *UNREADABLE):
        raise invalid(field, "picture-damaged") from None


def shown(png: bytes | None) -> str | None:
    """A PNG as a data URL."""
    return _PREFIX + b64encode(png).decode() if png else None


def _small(picture: Image.Image) -> bytes:
    picture.load()
    ImageOps.exif_transpose(picture, in_place=True)
    plain = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    plain.thumbnail(LARGEST)
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    target = BytesIO()
    clean.save(target, "PNG", optimize=True)
    return target.getvalue()
