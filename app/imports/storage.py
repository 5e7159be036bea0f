"""Where uploaded files lie until they are no longer needed: below the data directory, a folder per company.

Only canonical text is kept. A file's name on disk is its import's id; what its sender called it is a label.
"""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import IO, TypeVar
from uuid import UUID

import structlog

from app.core import kept_files
from app.core.errors import NotFound, Unavailable
from app.imports import encodings

T = TypeVar("T")
log = structlog.get_logger(__name__)
KEPT = timedelta(days=30)
_uploads = Path()


class UploadGone(NotFound):
    """The file has been tidied away."""

    code = "upload-gone"


def configure(data_dir: Path) -> None:
    """Say where files are kept; called once by the factory."""
    global _uploads  # noqa: PLW0603
    _uploads = data_dir / "uploads"


def store(slug: str, import_id: UUID, stream: IO[bytes], encoding: str) -> tuple[Path, int]:
    """Keep the canonical form of a stream; returns where it lies and its size in bytes.

    :raises Invalid: naming `file`, when it is no text
    :raises Unavailable: when the disk does not take it
    """
    path = _path(slug, import_id)
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as target:
            size = encodings.rewrite(stream, encoding, target)
        part.rename(path)
    except OSError as error:
        log.warning("upload.not-kept", error=type(error).__name__, number=error.errno)
        raise Unavailable from error
    finally:
        part.unlink(missing_ok=True)
    return path, size


def store_workbook(slug: str, import_id: UUID, stream: IO[bytes]) -> Path:
    """Keep a workbook as it was sent: another of its sheets may be asked for.

    :raises Unavailable: when the disk does not take it
    """
    path = _path(slug, import_id).with_suffix(".book")
    stream.seek(0)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            shutil.copyfileobj(stream, target, encodings.BLOCK)
    except OSError as error:
        log.warning("upload.not-kept", error=type(error).__name__, number=error.errno)
        raise Unavailable from error
    return path


def workbook_of(slug: str, import_id: UUID) -> Path:
    """Where the workbook of an import lies.

    :raises UploadGone: if it has been tidied away
    """
    path = _path(slug, import_id).with_suffix(".book")
    if not path.is_file():
        raise UploadGone
    return path


def store_sheet(
    slug: str, import_id: UUID, read: Callable[[Path, Path], T], workbook: Path
) -> tuple[Path, int, T]:
    """Keep what `read` makes of a workbook; returns where that lies, its size, and what `read` says."""
    path = _path(slug, import_id)
    part = path.with_suffix(".part")
    try:
        told = read(workbook, part)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return path, path.stat().st_size, told


def path_of(slug: str, import_id: UUID) -> Path:
    """Where the file of an import lies.

    :raises UploadGone: if it has been tidied away
    """
    path = _path(slug, import_id)
    if not path.is_file():
        raise UploadGone
    return path


def discard(slug: str, import_id: UUID) -> None:
    """Remove the files of an import, if they are still there."""
    kept_files.discard(_uploads, slug, import_id)


def tidy() -> int:
    """Remove the files that are too old to be of use; returns how many."""
    return kept_files.tidy(_uploads, KEPT)


def _path(slug: str, import_id: UUID) -> Path:
    return _uploads / slug / f"{import_id}.csv"
