"""Bringing the rows of a file in, chunk by chunk, through the customers' own services."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import refuse
from app.core.db import db
from app.imports import arrivals, drafting, parents, queries, records
from app.imports.models import JOB_KIND, Import
from app.imports.records import Record
from app.jobs import runners
from app.jobs.leases import Step
from app.jobs.models import Job
from app.spreadsheets.registry import CUSTOMER, label_of

CHUNK = 500
_ROWS_COUNTED_AT_ONCE = 200_000
_NO_EFFECTS = {"created": 0, "updated": 0}
_BYTES_AT_ONCE = 8 * 1024 * 1024


class CustomerImport:
    """The runner of imports: counts the rows, brings them in, ties parents that stood further down."""

    def step(self, actor: Actor, job: Job, position: Mapping[str, Any]) -> Step:
        """Do the next chunk."""
        if not actor.may(Permission.CUSTOMER_IMPORT):
            raise refuse(actor, Permission.CUSTOMER_IMPORT)
        wanted = db.session.scalars(select(Import).where(Import.id == UUID(job.params["import_id"]))).one()
        phase = position.get("phase", "counting")
        if phase == "counting":
            return _count(wanted, position)
        if phase == "rows":
            return _bring_in(actor, wanted, position)
        return _tie(actor, wanted, position)

    def label(self, field: str, locale: str) -> str:
        """What people call a field of a customer."""
        return label_of(CUSTOMER, drafting.field_of(field), locale)


def _count(wanted: Import, position: Mapping[str, Any]) -> Step:
    """Count the rows of the next stretch; after the last, the total is known and the rows are next."""
    counted, place = int(position.get("counted", 0)), _Place.of(wanted, position)
    for seen, record in enumerate(place.rest(queries.file_of(wanted), wanted.delimiter), start=1):
        counted += not record.blank
        place = place.behind(record)
        if seen >= _ROWS_COUNTED_AT_ONCE:
            return Step(position={"phase": "counting", "counted": counted, **place.kept()})
    return Step(position={"phase": "rows", **_Place.of(wanted, {}).kept()}, total=counted)


def _bring_in(actor: Actor, wanted: Import, position: Mapping[str, Any]) -> Step:
    """Bring in the next rows; after the last, the parents that could not be found yet are next."""
    place = _Place.of(wanted, position)
    chunk, begin = [], place.offset
    for record in place.rest(queries.file_of(wanted), wanted.delimiter):
        place = place.behind(record)
        if not record.blank:
            chunk.append(record)
        if len(chunk) >= CHUNK or place.offset - begin > _BYTES_AT_ONCE:
            break
    else:
        return _taken(actor, wanted, chunk, position, {"phase": "parents", "row": 0})
    return _taken(actor, wanted, chunk, position, {"phase": "rows", **place.kept()})


def _taken(
    actor: Actor,
    wanted: Import,
    chunk: Sequence[Record],
    position: Mapping[str, Any],
    following: Mapping[str, Any],
) -> Step:
    taken = arrivals.take(actor, wanted, chunk)
    before = position.get("effects", _NO_EFFECTS)
    effects = {
        "created": before["created"] + taken.created,
        "updated": before["updated"] + taken.updated,
    }
    return Step(position={**following, "effects": effects}, rows=taken.results)


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


runners.register(JOB_KIND, CustomerImport())
