"""Reading rows from a canonical file, from any row on, within bounded memory and time."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LONGEST_LINE = 1024 * 1024
LONGEST_ROW = 2 * LONGEST_LINE
LONGEST_CELL = 128 * 1024
_SHOWN_OF_A_FAULT = 200
# Each costs a second look at the end of the file; a hostile file could ask for one per line.
_UNCLOSED_QUOTES_MENDED = 20

csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the file, counted as a spreadsheet counts: the first row is 1, empty ones count."""

    number: int
    cells: list[str]
    end: int
    """Where the next row begins, in bytes."""
    fault: str | None = None
    """The code of what is wrong with the row as such; its cells are then not to be trusted."""

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return self.fault is None and not any(cell.strip() for cell in self.cells)


class _TooLong(Exception):
    """A line or row would not fit into memory in comfort."""


class _Lines:
    """The physical lines of a file from a place on; knows where the next one begins."""

    def __init__(self, file: IO[bytes], offset: int) -> None:
        self.file = file
        self.go(offset)

    def go(self, offset: int) -> None:
        self.file.seek(offset)
        self.offset, self.ended = offset, False
        self.begin_row()

    def begin_row(self) -> None:
        self.begin, self.taken = self.offset, 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.file.readline(LONGEST_LINE)
        if not line:
            self.ended = True
            raise StopIteration
        self.offset += len(line)
        self.taken += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            self.skip_line()
            raise _TooLong
        if self.offset - self.begin > LONGEST_ROW:
            raise _TooLong
        return line.decode()

    def skip_line(self) -> None:
        """Go past the rest of the line."""
        line = b"."
        while line and not line.endswith(b"\n"):
            line = self.file.readline(LONGEST_LINE)
            self.offset += len(line)

    def beginning(self) -> str:
        """What the row begins with, to show people where it is."""
        self.file.seek(self.begin)
        line = self.file.readline(_SHOWN_OF_A_FAULT * 4).decode(errors="ignore")
        self.file.seek(self.offset)
        return line[:_SHOWN_OF_A_FAULT].strip()

    def unclosed(self) -> bool:
        """Whether the row ran into the end of the file because of a quote that never closes."""
        if self.taken < 2 or not self.ended:
            return False
        self.file.seek(self.begin)
        return self.file.read(self.offset - self.begin).count(b'"') % 2 == 1


def read(path: Path, delimiter: str, *, offset: int = 0, after: int = 0) -> Iterator[Record]:
    """The rows of a canonical file from a place on.

    A row that cannot be read comes as a `Record` with a fault, and reading goes on behind it.

    :param offset: where to begin, the `end` of the row before
    :param after: the number of the row before
    """
    with path.open("rb") as file:
        lines = _Lines(file, offset)
        rows = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
        number, patience = after, _UNCLOSED_QUOTES_MENDED
        while True:
            lines.begin_row()
            try:
                cells, fault = next(rows), None
            except StopIteration:
                return
            except _TooLong:
                cells, fault = [lines.beginning()], "row-too-long"
            except csv.Error:
                cells, fault = _mend(lines)
            else:
                if lines.unclosed():
                    patience -= 1
                    cells, fault = (
                        _mend(lines) if patience > 0 else ([lines.beginning()], "row-unclosed-quote")
                    )
            number += 1
            yield Record(number, cells, lines.offset, fault)


def _mend(lines: _Lines) -> tuple[list[str], str]:
    """Give up only the first line of an endless row: what a stray quote swallowed are rows again."""
    fault = "row-unclosed-quote" if lines.taken > 1 else "row-too-long"
    beginning = lines.beginning()
    lines.go(lines.begin)
    lines.skip_line()
    return [beginning], fault
