"""Bringing the rows of a file in, chunk by chunk, through the records' own services."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import refuse
from app.core.bulk import meanwhile
from app.core.db import db
from app.imports import ahead, alikes, arrivals, drafting, parents, queries, records, traces
from app.imports.models import CHECK_KIND, JOB_KIND, UNDO_KIND, Import
from app.imports.records import Record
from app.imports.results import APART, COUNTED
from app.jobs import runners, wording
from app.jobs.leases import Step
from app.jobs.models import Job
from app.lists import index
from app.spreadsheets.registry import CUSTOMER, is_hidden, label_of

CHUNK = 1000
_ROWS_COUNTED_AT_ONCE = 200_000
_BYTES_AT_ONCE = 8 * 1024 * 1024


class ImportRun:
    """The runner of imports: counts the rows, brings them in, ties parents that stood further down.

    Tried out, it only finds out what would become of the rows, and which of them resemble others.
    """

    def __init__(self, *, rehearsed: bool) -> None:
        self.rehearsed = rehearsed

    def step(self, actor: Actor, job: Job, position: Mapping[str, Any]) -> Step:
        """Do the next chunk."""
        wanted = import_of(actor, job)
        phase = position.get("phase", "counting")
        if phase == "counting":
            if self.rehearsed:
                # What an earlier trial may have left would be taken for rows above.
                traces.forget_keys(wanted.id)
            return _count(wanted, position)
        if phase == "rows":
            return _bring_in(actor, wanted, position, rehearsed=self.rehearsed)
        if self.rehearsed:
            return _compare(wanted, position)
        return _tie(actor, wanted, position)

    def label(self, field: str, locale: str) -> str:
        """What people call a field of the records."""
        return label(field, locale)


def label(field: str, locale: str) -> str:
    """What people call a field of which imports tell."""
    record_type, name = _apart(field)
    return label_of(record_type, drafting.field_of(name), locale)


def _is_hidden(reader: Actor, field: str) -> bool:
    """Whether a reader may not be told of a field."""
    record_type, name = _apart(field)
    return is_hidden(reader, record_type, drafting.field_of(name))


def _apart(field: str) -> tuple[str, str]:
    """The kind of record that a field is told of, and its name at it."""
    for record_type, begins in APART.items():
        if field.startswith(begins):
            return record_type, field.removeprefix(begins)
    return CUSTOMER, field


def import_of(by: Actor, job: Job) -> Import:
    """The import that a job is for.

    :raises Forbidden: if whoever asked for it may no longer bring files in
    """
    if not by.may(Permission.CUSTOMER_IMPORT):
        raise refuse(by, Permission.CUSTOMER_IMPORT)
    return db.session.scalars(select(Import).where(Import.id == UUID(job.params["import_id"]))).one()


def _count(wanted: Import, position: Mapping[str, Any]) -> Step:
    """Count the rows of the next stretch; after the last, the total is known and the rows are next."""
    counted, place = int(position.get("counted", 0)), _Place.of(wanted, position)
    for seen, record in enumerate(place.rest(queries.file_of(wanted), wanted.delimiter), start=1):
        counted += not record.blank
        place = place.behind(record)
        if seen >= _ROWS_COUNTED_AT_ONCE:
            return Step(position={"phase": "counting", "counted": counted, **place.kept()})
    return Step(position={"phase": "rows", **_Place.of(wanted, {}).kept()}, total=counted)


def _bring_in(actor: Actor, wanted: Import, position: Mapping[str, Any], *, rehearsed: bool) -> Step:
    """Bring in the next rows; after the last, what could not be told row by row is next."""
    place = _Place.of(wanted, position)
    chunk, begin = [], place.offset
    rest = place.rest(queries.file_of(wanted), wanted.delimiter)
    for record in rest:
        place = place.behind(record)
        if not record.blank:
            chunk.append(record)
        if len(chunk) >= CHUNK or place.offset - begin > _BYTES_AT_ONCE:
            break
    else:
        following = {"phase": "whole", "row": 0}
        return _taken(actor, wanted, chunk, position, following, rehearsed=rehearsed)
    following = {"phase": "rows", **place.kept()}
    if not rehearsed:
        index.expect_many()
    ahead.spell_out(wanted, islice(rest, CHUNK))
    return _taken(actor, wanted, chunk, position, following, rehearsed=rehearsed)


def _taken(
    actor: Actor,
    wanted: Import,
    chunk: Sequence[Record],
    position: Mapping[str, Any],
    following: Mapping[str, Any],
    *,
    rehearsed: bool,
) -> Step:
    before = {**dict.fromkeys(COUNTED, 0), **position.get("effects", {})}
    made = before["created"] + before["contacts_created"]
    with meanwhile():
        taken = arrivals.take(actor, wanted, chunk, rehearsed=rehearsed, made=made)
    kept: dict[str, Any] = {"effects": {name: before[name] + count for name, count in taken.counts.items()}}
    if rehearsed:
        kept["alike"] = [*position.get("alike", []), *taken.alike][: alikes.SHOWN]
    return Step(position={**following, **kept}, rows=taken.results)


def _compare(wanted: Import, position: Mapping[str, Any]) -> Step:
    """Find the rows that resemble each other, and forget what they were recognised by."""
    within = alikes.within(wanted)
    traces.forget_keys(wanted.id)
    alike = [*within, *position.get("alike", [])]
    return Step(position={**position, "alike": alike, "phase": "done"}, finished=True)


def _tie(actor: Actor, wanted: Import, position: Mapping[str, Any]) -> Step:
    last = parents.tie(actor, wanted, after=int(position["row"]), limit=CHUNK)
    if last is None:
        return Step(position={**position, "phase": "done"}, finished=True)
    return Step(position={**position, "row": last})


@dataclass(frozen=True, slots=True)
class _Place:
    """Between two rows of the file."""

    offset: int
    row: int

    @classmethod
    def of(cls, wanted: Import, position: Mapping[str, Any]) -> "_Place":
        return cls(position.get("offset", wanted.first_byte), position.get("row", wanted.heading_row))

    def rest(self, path: Path, delimiter: str) -> Iterator[Record]:
        return records.read(path, delimiter, offset=self.offset, after=self.row)

    def behind(self, record: Record) -> "_Place":
        return _Place(record.end, record.number)

    def kept(self) -> dict[str, int]:
        return {"offset": self.offset, "row": self.row}


for _kind in (JOB_KIND, CHECK_KIND, UNDO_KIND):
    wording.keep_from(_kind, _is_hidden)
runners.register(JOB_KIND, ImportRun(rehearsed=False))
runners.register(CHECK_KIND, ImportRun(rehearsed=True))
