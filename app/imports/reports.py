"""Files for people: what could not be brought in, and the form that can."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from app.access.actor import Actor
from app.core import csv_files
from app.core.messages import say
from app.imports import queries, records
from app.imports.models import Import
from app.jobs import queries as jobs
from app.jobs import wording
from app.jobs.models import Job, JobRow, Outcome
from app.spreadsheets.registry import imported_of

_AT_ONCE = 1000


def errors(wanted: Import, job: Job, locale: str) -> IO[bytes]:
    """The rows that failed, as they stood in the file, each with the reasons behind.

    :raises UploadGone: if the file is no longer kept
    """
    return csv_files.write(_error_rows(wanted, job, queries.file_of(wanted), locale))


def template(reader: Actor, record_type: str) -> IO[bytes]:
    """An empty file with a heading for every field that can be typed."""
    fields = imported_of(reader, record_type).values()
    return csv_files.write([[field.label(reader.locale) for field in fields if field.kind != "id"]])


def _error_rows(wanted: Import, job: Job, path: Path, locale: str) -> Iterator[Sequence[str]]:
    names = [column["name"] for column in wanted.columns]
    yield [*names, say("reasons", locale)]
    failed = _failed(job)
    due = next(failed, None)
    for record in records.read(path, wanted.delimiter, offset=wanted.first_byte, after=wanted.heading_row):
        if due is None:
            return
        if record.number == due.row:
            cells = [*record.cells, *[""] * (len(names) - len(record.cells))]
            yield [*cells, "；".join(wording.messages(job.kind, due, locale))]
            due = next(failed, None)


def _failed(job: Job) -> Iterator[JobRow]:
    after = 0
    while rows := jobs.rows(job, outcome=Outcome.FAILED, after=after, limit=_AT_ONCE):
        yield from rows
        after = rows[-1].row
