"""What a backup says of itself, and what it looks like: one zip file, its manifest written last.

manifest.json               what is in it, with a count and a hash for each table
tables/<name>.copy          rows as PostgreSQL's COPY writes them
files/<company>/../<hash>   the contents of attachments, by what they are
anchors/<month>.jsonl       where the sealed trails ended
"""

from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

FORMAT = 1
MANIFEST = "manifest.json"


class BackupError(Exception):
    """One line that says why there is no backup, or why it is not restored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its columns in their order, how many rows, and the hash of them all."""

    name: str
    columns: list[str]
    rows: int
    sha256: str


@dataclass(slots=True, kw_only=True)
class Manifest:
    """What is in a backup."""

    format: int = FORMAT
    taken_at: str
    head: str
    """The revision of the schema; only code of the same revision restores it."""
    tables: list[Table] = field(default_factory=list)
    sequences: dict[str, list[Any]] = field(default_factory=dict)
    """Last value of each sequence, and whether it was given out."""
    files: int = 0
    missing: list[str] = field(default_factory=list)
    """Contents that an attachment refers to, and that were not there."""

    def written(self) -> bytes:
        """As it stands in the file."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2)


def read(text: bytes) -> Manifest:
    """What a backup says of itself.

    :raises BackupError: if it is none of ours
    """
    try:
        said = orjson.loads(text)
        if said["format"] != FORMAT:
            raise BackupError(f"the backup has format {said['format']}, this version reads {FORMAT}")
        return Manifest(**{**said, "tables": [Table(**table) for table in said["tables"]]})
    except (ValueError, KeyError, TypeError):
        raise BackupError("its manifest cannot be read: this is no backup, or not a whole one") from None
