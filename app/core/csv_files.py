"""CSV for people's spreadsheets: UTF-8 with its mark, CRLF, and nothing that a spreadsheet would execute."""

import csv
import io
from collections.abc import Iterable, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO

_DANGEROUS = "=+-@\t\r＝＋－＠"
MARKED = frozenset("0123456789=+-@＝＋－＠'")
"""What an apostrophe in front of says "text, not a formula" to, in spreadsheets and in our own files."""
_IN_MEMORY = 4 * 1024 * 1024


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" \u3000")[:1] in _DANGEROUS and cell.strip() else cell


def head(names: Sequence[str]) -> bytes:
    """The beginning of a file that is written piece by piece: its mark and its first row."""
    return b"\xef\xbb\xbf" + lines([names])


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Some rows of such a file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([exact(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def exact(cell: str) -> str:
    """An inert cell from which the value can be told again: an apostrophe of its own stays one."""
    return f"'{cell}" if cell[:1] == "'" and cell[1:2] in MARKED else inert(cell)


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
