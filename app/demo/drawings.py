"""Pictures of a few products of a demonstration, drawn here: half a kB to some kB each."""

from collections.abc import Callable, Mapping
from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw

_INK, _STEEL, _LIGHT, _DARK, _BLUE = "#2B323D", "#B8BFCA", "#DDE1E8", "#59616D", "#2C4FA3"
_SIDE, _MIDDLE = 480, 240


def _ring(pen: ImageDraw.ImageDraw, radius: float, fill: str, outline: str = _INK) -> None:
    place = (_MIDDLE - radius, _MIDDLE - radius, _MIDDLE + radius, _MIDDLE + radius)
    pen.ellipse(place, fill=fill, outline=outline, width=4)


def _bearing(pen: ImageDraw.ImageDraw) -> None:
    for radius, fill in ((190, _STEEL), (150, _LIGHT), (104, _STEEL), (68, "#F7F8FA")):
        _ring(pen, radius, fill)
    for ball in range(10):
        x, y = (_MIDDLE + 127 * turn(ball * pi / 5) for turn in (cos, sin))
        pen.ellipse((x - 21, y - 21, x + 21, y + 21), fill="#FFFFFF", outline=_INK, width=3)


def _belt(pen: ImageDraw.ImageDraw) -> None:
    pen.rounded_rectangle((50, 130, 430, 350), 110, fill=_INK)
    pen.rounded_rectangle((82, 162, 398, 318), 78, fill="#F7F8FA")
    for x in range(160, 330, 22):
        pen.rectangle((x, 160, x + 10, 174), fill=_INK)
        pen.rectangle((x, 306, x + 10, 320), fill=_INK)
    for x in (160, 320):
        pen.ellipse((x - 56, 184, x + 56, 296), fill=_STEEL, outline=_INK, width=4)
        pen.ellipse((x - 14, 226, x + 14, 254), fill="#F7F8FA", outline=_INK, width=3)


def _cylinder(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((300, 222, 452, 258), fill=_LIGHT, outline=_INK, width=4)
    pen.rectangle((70, 160, 300, 320), fill=_STEEL, outline=_INK, width=4)
    for x in (50, 270):
        pen.rectangle((x, 146, x + 46, 334), fill=_DARK, outline=_INK, width=4)
        pen.ellipse((x + 12, 162, x + 34, 184), fill="#F7F8FA", outline=_INK, width=2)
    pen.rectangle((424, 206, 456, 274), fill=_DARK, outline=_INK, width=4)


def _screen(pen: ImageDraw.ImageDraw) -> None:
    pen.rounded_rectangle((40, 100, 440, 380), 18, fill=_DARK, outline=_INK, width=4)
    pen.rectangle((70, 130, 410, 350), fill="#EAF0FB")
    pen.rectangle((70, 130, 410, 166), fill=_BLUE)
    for place, height in enumerate((60, 110, 84, 140, 122)):
        pen.rectangle((104 + place * 60, 330 - height, 138 + place * 60, 330), fill="#94B0F2")


_DRAWN: Mapping[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "ZC": _bearing,
    "TD": _belt,
    "QD-SC63": _cylinder,
    "DK-HMI7": _screen,
}


def picture_of(code: str) -> bytes | None:
    """What the product with a code looks like, as a PNG; None where nobody has taken a picture."""
    draw = _DRAWN.get(code) or _DRAWN.get(code.partition("-")[0])
    if draw is None:
        return None
    picture, file = Image.new("RGB", (_SIDE, _SIDE), "#F7F8FA"), BytesIO()
    draw(ImageDraw.Draw(picture))
    picture.quantize(32).save(file, "PNG")
    return file.getvalue()
