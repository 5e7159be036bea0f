"""What was signed by hand, as it comes from a page: looked at before it is kept, and made small."""

import base64
import binascii
from io import BytesIO

from PIL import Image

from app.core.errors import invalid
from app.files.pictures import UNREADABLE

LONGEST = 140_000
"""Letters: a hundred thousand bytes in base64."""
_BEGINNING = "data:image/png;base64,"
_WIDEST, _HIGHEST = 2400, 1600
_KEPT = (600, 240)
_LEAST_INK = 40
"""Points: less is a slip of the finger."""
_MARGIN = 6


def read(sent: str) -> bytes:
    """A signature as a small black PNG on nothing, cut to its strokes.

    :param sent: a data URL of a PNG
    :raises Invalid: naming `signature`, for anything else, and for one without strokes
    """
    ink = _ink(_drawn(sent))
    box = ink.getbbox()
    if box is None or sum(ink.histogram()[128:]) < _LEAST_INK:
        raise invalid("signature", "signature-empty")
    return _kept(ink.crop(_around(box, ink.size)))


def _drawn(sent: str) -> Image.Image:
    content = sent.removeprefix(_BEGINNING) if sent.startswith(_BEGINNING) else ""
    try:
        with Image.open(BytesIO(base64.b64decode(content, validate=True)), formats=("PNG",)) as picture:
            # Its size is known before anything is unpacked.
            if picture.width <= _WIDEST and picture.height <= _HIGHEST:
                return picture.convert("RGBA")
    except (binascii.Error, *UNREADABLE):
        raise invalid("signature", "signature-unreadable") from None
    raise invalid("signature", "signature-unreadable")


def _ink(drawn: Image.Image) -> Image.Image:
    """How dark each point is, whether it was drawn on white or on nothing."""
    on_white = Image.new("RGBA", drawn.size, "white")
    on_white.alpha_composite(drawn)
    return on_white.convert("L").point(lambda light: 255 - light)


def _around(box: tuple[int, int, int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return (
        max(left - _MARGIN, 0),
        max(top - _MARGIN, 0),
        min(right + _MARGIN, size[0]),
        min(bottom + _MARGIN, size[1]),
    )


def _kept(ink: Image.Image) -> bytes:
    ink.thumbnail(_KEPT)
    signed = Image.new("LA", ink.size, 0)
    signed.putalpha(ink)
    target = BytesIO()
    signed.save(target, "PNG", optimize=True)
    return target.getvalue()
