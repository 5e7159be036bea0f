"""CSV for people's spreadsheets: UTF-8 with its mark, CRLF, and nothing that a spreadsheet would execute."""

import csv
import io
from collections.abc import Iterable, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO

_DANGEROUS = "=+-@\t\r＝＋－＠"
_IN_MEMORY = 4 * 1024 * 1024


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" \u3000")[:1] in _DANGEROUS and cell.strip() else cell


def write(rows: Iterable[Sequence[str]]) -> IO[bytes]:
    """A file with these rows, rewound; whoever takes it closes it."""
    kept = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    text = io.TextIOWrapper(kept, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([inert(cell) for cell in row])
    text.flush()
    text.detach()
    kept.seek(0)
    return kept
