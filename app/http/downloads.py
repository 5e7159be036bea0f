"""Files on their way to people."""

from collections.abc import Callable, Iterator
from os import SEEK_END
from typing import IO

from flask import Response, request

_BLOCK = 64 * 1024


CSV = "text/csv"
ANYTHING = "application/octet-stream"


def csv(file: IO[bytes], name: str) -> Response:
    """A CSV file to be saved under a name; it is closed when it has been sent."""
    return attachment(file, name, CSV)


def attachment(file: IO[bytes], name: str, media: str) -> Response:
    """A file to be saved under a name; it is closed when it has been sent."""
    response = Response(_blocks(file), mimetype=media)
    # Without it nobody's browser can say how much is still to come.
    response.content_length = file.seek(0, SEEK_END)
    file.seek(0)
    response.call_on_close(file.close)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


_INERT = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"


def safely(
    blocks: Callable[[], Iterator[bytes]], name: str, *, tag: str, shown_as: str | None = None
) -> Response:
    """What somebody has uploaded, so that nothing in it can act in our pages' name.

    :param blocks: opens the content; not asked when the reader has it already
    :param shown_as: the type under which browsers may show it; without one it is only saved
    """
    if request.if_none_match.contains(tag):
        response = Response(status=304)
    else:
        response = Response(blocks(), mimetype=shown_as or "application/octet-stream")
        response.headers.set("Content-Disposition", "inline" if shown_as else "attachment", filename=name)
    response.set_etag(tag)
    # Browsers do not show PDF in a sandbox; what shows it is one.
    sandboxed = shown_as != "application/pdf"
    response.headers["Content-Security-Policy"] = f"{_INERT}; sandbox" if sandboxed else _INERT
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    # Kept by the reader alone, and asked for each time: rights can end.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while block := file.read(_BLOCK):
            yield block
