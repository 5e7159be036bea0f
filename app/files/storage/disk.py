"""Contents on disk."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import structlog

from app.core.errors import Unavailable
from app.core.ids import new_id
from app.files.storage.contract import BLOCK, FileGone

log = structlog.get_logger(__name__)


class DiskStore:
    """A folder with a folder per company."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def has(self, key: str) -> bool:
        """Whether something lies there."""
        return (self._root / key).is_file()

    def put(self, key: str, stream: IO[bytes], size: int) -> None:
        """Lay a content there: under another name first, so that half a file is never found."""
        path = self._root / key
        part = path.with_name(f"{new_id()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            stream.seek(0)
            with part.open("wb") as target:
                shutil.copyfileobj(stream, target, BLOCK)
            part.rename(path)
        except OSError as error:
            log.warning("file.not-kept", error=type(error).__name__, number=error.errno, size=size)
            raise Unavailable from error
        finally:
            part.unlink(missing_ok=True)

    def read(self, key: str) -> Iterator[bytes]:
        """The content, block by block."""
        try:
            file = (self._root / key).open("rb")
        except FileNotFoundError:
            raise FileGone from None
        return _blocks(file)

    def delete(self, key: str) -> None:
        """Remove what lies there."""
        (self._root / key).unlink(missing_ok=True)


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while block := file.read(BLOCK):
            yield block
