"""Pictures for tests."""

from io import BytesIO

from PIL import Image


def painted(
    kind: str = "PNG", size: tuple[int, int] = (8, 6), colour: str = "red", **options: object
) -> bytes:
    """A picture of one colour."""
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, kind, **options)
    return target.getvalue()
