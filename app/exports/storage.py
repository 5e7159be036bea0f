"""Where exported files lie until they are fetched or too old: below the data directory, a folder per company.

A file is named by its job. `.ids` says which rows there are, `.part` is what has been written of them.
"""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from app.core import kept_files
from app.core.errors import NotFound, Unavailable

KEPT = timedelta(days=7)
_exports = Path()


class ExportGone(NotFound):
    """The file has been tidied away, or was never finished."""

    code = "export-gone"


class ExportLost(Unavailable):
    """What had been written is no longer there."""

    code = "export-lost"


def configure(data_dir: Path) -> None:
    """Say where files are kept; called once by the factory."""
    global _exports  # noqa: PLW0603
    _exports = data_dir / "exports"


def place(slug: str, job_id: UUID, suffix: str) -> Path:
    """Where a file of a job belongs."""
    return _exports / slug / f"{job_id}.{suffix}"


def begin(slug: str, job_id: UUID) -> None:
    """Make room for the files of a job."""
    place(slug, job_id, "ids").parent.mkdir(parents=True, exist_ok=True)


def append(path: Path, offset: int, written: bytes) -> int:
    """Put something behind the first `offset` bytes of a file; returns how long it is now.

    What a worker that died had written behind them is gone.

    :raises ExportLost: if there are not so many
    """
    try:
        with path.open("r+b" if offset else "wb") as file:
            if file.seek(0, 2) < offset:
                raise ExportLost
            file.truncate(offset)
            file.seek(offset)
            file.write(written)
    except FileNotFoundError as error:
        raise ExportLost from error
    return offset + len(written)


def finished(slug: str, job_id: UUID, suffix: str) -> Path:
    """A file that can be fetched.

    :raises ExportGone: if there is none
    """
    path = place(slug, job_id, suffix)
    if not path.is_file():
        raise ExportGone
    return path


def kept_until(finished_at: datetime) -> datetime:
    """How long a file stays."""
    return finished_at + KEPT


def discard(slug: str, job_id: UUID) -> None:
    """Remove all that there is of a job."""
    kept_files.discard(_exports, slug, job_id)


def tidy() -> int:
    """Remove the files that are too old; returns how many."""
    return kept_files.tidy(_exports, KEPT)
