"""Files on their way to people."""

from collections.abc import Iterator
from typing import IO

from flask import Response

_BLOCK = 64 * 1024


CSV = "text/csv"
ANYTHING = "application/octet-stream"


def csv(file: IO[bytes], name: str) -> Response:
    """A CSV file to be saved under a name; it is closed when it has been sent."""
    return attachment(file, name, CSV)


def attachment(file: IO[bytes], name: str, media: str) -> Response:
    """A file to be saved under a name; it is closed when it has been sent."""
    response = Response(_blocks(file), mimetype=media)
    response.call_on_close(file.close)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while block := file.read(_BLOCK):
            yield block
