"""Workbooks become plain text, read by a child process that has little memory and little time."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import orjson
import structlog

from app.core import zips
from app.core.errors import invalid
from app.core.zips import BadZip
from app.imports import workbook_child

log = structlog.get_logger(__name__)
ZIPPED, COMPOUND = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_SECONDS = workbook_child.SECONDS + 10
LARGEST_INSIDE = 768 * 1024 * 1024
MOST_PARTS = 5000
_SHEET_MARKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was read, and what others there are."""

    name: str
    names: Sequence[str]


def is_workbook(stream: IO[bytes]) -> bool:
    """Whether a file claims to be one, by its first bytes."""
    stream.seek(0)
    head = stream.read(8)
    stream.seek(0)
    return head.startswith((ZIPPED, COMPOUND))


def refuse_bombs(stream: IO[bytes]) -> None:
    """Look at what a file says of its parts, before any is unpacked.

    :raises Invalid: naming `file`, when it is no workbook, or too large inside
    """
    stream.seek(0)
    if stream.read(2) != ZIPPED:
        return
    try:
        inside = zips.parts(stream)
    except BadZip:
        raise invalid("file", "file-workbook-broken") from None
    if not any(part.filename.endswith(_SHEET_MARKS) for part in inside):
        raise invalid("file", "file-not-text")
    if len(inside) > MOST_PARTS or sum(part.file_size for part in inside) > LARGEST_INSIDE:
        raise invalid("file", "file-workbook-too-large")


def read(path: Path, target: Path, *, sheet: str = "") -> Sheet:
    """Write a sheet of a workbook to `target` as canonical text, separated by commas.

    :param sheet: its name; empty: the first with something in it
    :raises Invalid: naming `file` or `sheet`, when it cannot be read
    """
    command = [sys.executable, "-I", workbook_child.__file__, str(path), sheet, str(target)]
    try:
        done = subprocess.run(  # noqa: S603  (our own script; the workbook's name on disk is its id)
            command, capture_output=True, timeout=MOST_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
        found = orjson.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, orjson.JSONDecodeError):
        found = None
    if found is None:
        log.warning("workbook.not-read", size=path.stat().st_size)
        raise invalid("file", "file-workbook-too-large")
    if fault := found.get("fault"):
        raise invalid("sheet" if fault == "unknown-sheet" else "file", fault, **found.get("facts", {}))
    return Sheet(found["sheet"], found["sheets"])
