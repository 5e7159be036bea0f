"""What a place for contents can do."""

from collections.abc import Iterator
from typing import IO, Protocol

from app.core.errors import NotFound

BLOCK = 64 * 1024


class FileGone(NotFound):
    """The content is not where it should lie."""

    code = "file-gone"


class Store(Protocol):
    """A place for contents by key. Keys are made by us, never by a caller."""

    def has(self, key: str) -> bool:
        """Whether something lies there.

        :raises Unavailable: when the place does not answer
        """

    def put(self, key: str, stream: IO[bytes], size: int) -> None:
        """Lay a content there, whole or not at all.

        :raises Unavailable: when the place does not take it
        """

    def read(self, key: str) -> Iterator[bytes]:
        """The content, block by block; it is opened before this returns.

        :raises FileGone: when nothing lies there
        :raises Unavailable: when the place does not answer
        """

    def delete(self, key: str) -> None:
        """Remove what lies there, if anything does.

        :raises Unavailable: when the place does not answer
        """
