"""Pictures for tests."""

import base64
from io import BytesIO

from PIL import Image, ImageDraw


def painted(
    kind: str = "PNG", size: tuple[int, int] = (8, 6), colour: str = "red", **options: object
) -> bytes:
    """A picture of one colour."""
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, kind, **options)
    return target.getvalue()


def signed(size: tuple[int, int] = (320, 120), *, strokes: int = 3, ground: str | None = None) -> str:
    """What a page sends when somebody has signed: some strokes on nothing, or on a ground."""
    picture = Image.new("RGBA", size, ground or (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    for n in range(strokes):
        pen.line([(20 + 60 * n, 20), (70 + 60 * n, 90)], fill="black", width=5)
    return data_url(picture)


def data_url(picture: Image.Image, kind: str = "PNG") -> str:
    """A picture as pages send it."""
    target = BytesIO()
    picture.save(target, kind)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(target.getvalue()).decode()}"
