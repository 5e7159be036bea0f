"""Reads one sheet of a workbook into plain text, in a process of its own that may not grow or linger.

Started as a script, by path, with nothing of the product loaded: `workbook_child.py FILE SHEET TARGET`. It
says on its standard output what it found, as JSON. Whatever a hostile workbook does to it, only it dies.
"""

import csv
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY = 1536 * 1024 * 1024
SECONDS = 40
LARGEST_TEXT = 512 * 1024 * 1024
MOST_COLUMNS = 1000
# An apostrophe before these says "text": the product's own reader takes it away again.
_MARKED = frozenset("0123456789=+-@＝＋－＠'")


def main(path: str, wanted: str, target: str) -> dict[str, Any]:
    """Write the sheet to `target`; returns the sheets there are, and which one it was.

    :param wanted: the name of a sheet; empty: the first with something in it
    """
    _limit()
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415

    try:
        book = CalamineWorkbook.from_path(path)
        names = [sheet.name for sheet in book.sheets_metadata if str(sheet.typ).endswith("WorkSheet")]
        if wanted and wanted not in names:
            return {"fault": "unknown-sheet"}
        for name in [wanted] if wanted else names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height or wanted:
                return {"sheets": names, "sheet": name, **_write(sheet, target)}
    except PasswordError:
        return {"fault": "file-protected"}
    except CalamineError:
        return {"fault": "file-workbook-broken"}
    return {"fault": "file-empty"}


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_TEXT, LARGEST_TEXT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write(sheet: Any, target: str) -> dict[str, Any]:
    if sheet.width > MOST_COLUMNS:
        return {"fault": "too-many-columns", "facts": {"count": sheet.width, "max": MOST_COLUMNS}}
    with open(target, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
        writer = csv.writer(file, lineterminator="\n")
        for row in sheet.iter_rows():
            cells = [_text(cell) for cell in row]
            writer.writerow(cells) if any(cells) else file.write("\n")
    return {}


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        text = text.encode(errors="ignore").decode()
        return f"'{text}" if text[:1] == "'" and text[1:2] in _MARKED else text
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        at_midnight = cell.time() == time()
        return f"{cell:%Y-%m-%d}" if at_midnight else f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
