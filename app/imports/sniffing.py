"""What a file looks like inside: its delimiter, where its heading is, how many rows it may have."""

import csv
import io
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.core.errors import invalid
from app.imports import records
from app.imports.records import Record

DELIMITERS = (",", "\t", ";", "|", "，", "；")
_NO_DELIMITERS = '"\n\r'
MOST_COLUMNS = 200
ROWS_LOOKED_AT = 1000
_BYTES_LOOKED_AT = 4 * 1024 * 1024
_SAMPLE_BYTES = 256 * 1024
_SAMPLE_ROWS = 200
_TITLE_ROWS = 10
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out."""

    delimiter: str
    names: list[str]
    """The columns' headings, none blank, none twice."""
    heading: Record
    rows: list[Record]
    """The first rows with content below the heading."""
    row_count_estimate: int


def look(path: Path, size: int, *, blank_name: Callable[[int], str], delimiter: str | None = None) -> Layout:
    """The layout of a canonical file.

    :param delimiter: what separates its cells, if that is known
    :param blank_name: what the nth column is called if its heading is empty
    :raises Invalid: naming `file`, when there is no heading, no row, or too many columns
    """
    delimiter = delimiter or _delimiter(path)
    found = _first_rows(path, delimiter)
    filled = [record for record in found if not record.blank]
    heading, rows = _split(filled)
    width = max(len(heading.cells), _usual_width(rows))
    if width > MOST_COLUMNS:
        raise invalid("file", "too-many-columns", max=MOST_COLUMNS, count=width)
    if not rows:
        raise invalid("file", "file-no-rows")
    names = _names(heading.cells, width, blank_name)
    return Layout(delimiter, names, heading, rows, _estimate(heading, rows, found, size))


def _first_rows(path: Path, delimiter: str) -> list[Record]:
    found = []
    for record in islice(records.read(path, delimiter), ROWS_LOOKED_AT + _TITLE_ROWS):
        found.append(record)
        if record.end > _BYTES_LOOKED_AT:
            break
    return found


def _delimiter(path: Path) -> str:
    with path.open("rb") as file:
        sample = file.read(_SAMPLE_BYTES).decode(errors="ignore")
    if sample[:4].lower() == "sep=" and sample[5:6] == "\n" and sample[4] not in _NO_DELIMITERS:
        return sample[4]
    scored = {delimiter: _score(sample, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: scored[delimiter])


def _score(sample: str, delimiter: str) -> float:
    """How evenly a delimiter cuts the sample, and into how many cells."""
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        widths = Counter(len(cells) for cells in islice(rows, _SAMPLE_ROWS) if any(cells))
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    width, times = widths.most_common(1)[0]
    return float((times / widths.total()) ** 2 * math.log2(width))


def _split(filled: Sequence[Record]) -> tuple[Record, list[Record]]:
    """The heading and the rows below it; lines above a heading that hold a title are passed over."""
    if filled and filled[0].cells[0][:4].lower() == "sep=" and len(filled[0].cells) <= 2:
        filled = filled[1:]
    width = _usual_width(filled)
    for place, record in enumerate(filled[:_TITLE_ROWS]):
        named = sum(1 for cell in record.cells if cell.strip())
        if record.fault is None and (width < 3 or named * 2 >= width):
            return record, list(filled[place + 1 :])
    raise invalid("file", "file-no-heading")


def _usual_width(rows: Sequence[Record]) -> int:
    widths = Counter(len(record.cells) for record in rows if record.fault is None)
    return widths.most_common(1)[0][0] if widths else 0


def _names(cells: Sequence[str], width: int, blank_name: Callable[[int], str]) -> list[str]:
    names: list[str] = []
    for index in range(width):
        cell = cells[index] if index < len(cells) else ""
        base = " ".join(cell.split())[:LONGEST_NAME] or blank_name(index + 1)
        name, again = base, 1
        while name in names:
            again += 1
            name = f"{base} ({again})"
        names.append(name)
    return names


def _estimate(heading: Record, rows: Sequence[Record], found: Sequence[Record], size: int) -> int:
    """The number of rows with content: exact when the whole file was looked at."""
    seen = found[-1].end
    if seen >= size:
        return len(rows)
    each = (seen - heading.end) / len(rows)
    return len(rows) + round((size - seen) / each)
