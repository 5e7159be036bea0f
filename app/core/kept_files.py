"""Files that are kept for a while below a directory, a folder per company."""

import time
from datetime import timedelta
from pathlib import Path


def tidy(root: Path, kept: timedelta) -> int:
    """Remove the files that are too old to be of use; returns how many."""
    oldest = time.time() - kept.total_seconds()
    old = [path for path in root.glob("*/*") if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def discard(root: Path, slug: str, name: object) -> None:
    """Remove the files of a company that have a name, whatever their endings."""
    for path in root.glob(f"{slug}/{name}.*"):
        path.unlink(missing_ok=True)
