"""Writing an export, slice by slice: which rows there are at one moment, then the rows, then the file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import refuse
from app.audit import services as audit
from app.audit.services import Entry
from app.core import csv_files, xlsx_files
from app.core.db import db
from app.core.errors import invalid
from app.core.uow import after_commit
from app.exports import made, naming, storage
from app.exports.made import Made
from app.exports.models import JOB_KIND, SOURCES, Format, Source, Wanted
from app.fields import queries as fields
from app.jobs import runners
from app.jobs.leases import Step
from app.jobs.models import Job
from app.lists import walks
from app.lists.cards import plain
from app.spreadsheets import writing
from app.spreadsheets.registry import fields_of
from app.spreadsheets.vocabulary import Field, Reader
from tenants import calendar, current, rls

CHUNK = 1000
_ID = 16


class Export:
    """The runner of exports."""

    def step(self, actor: Actor, job: Job, position: Mapping[str, Any]) -> Step:
        """Do the next slice."""
        wanted = Wanted.of(job.params)
        source = SOURCES[wanted.type]
        if not actor.may(source.permission):
            raise refuse(actor, source.permission)
        writer = _Writer(actor, job, wanted)
        match position.get("phase", "finding"):
            case "finding":
                return _find(actor, source, writer)
            case "rows":
                return _write(actor, source, writer, position)
        return _finish(actor, writer, position)

    def label(self, field: str, locale: str) -> str:
        """Nothing: an export tells of no single row."""
        return ""


class _Writer:
    """The files of one export, and how its rows are written."""

    def __init__(self, actor: Actor, job: Job, wanted: Wanted) -> None:
        self.job, self.wanted, self.slug = job, wanted, current.slug()
        known = fields_of(actor, wanted.type)
        # What has become unreadable meanwhile is left out.
        self.fields: list[Field] = [known[name] for name in wanted.fields if name in known]
        self.reader = Reader(actor.locale, calendar.zone())

    def place(self, suffix: str) -> Path:
        return storage.place(self.slug, self.job.id, suffix)

    def heading(self) -> bytes:
        names = [field.label(self.reader.locale) for field in self.fields]
        return csv_files.head(names) if self.wanted.format is Format.CSV else xlsx_files.heading(names)

    def rows(self, items: Sequence[Mapping[str, Any]]) -> bytes:
        filled = [[writing.cell(field, item, self.reader) for field in self.fields] for item in items]
        if self.wanted.format is Format.CSV:
            return csv_files.lines([writing.plain(cell) for cell in cells] for cells in filled)
        return b"".join(map(xlsx_files.row, filled))

    def finish(self) -> int:
        """Make the file that can be fetched; returns its size."""
        done = self.place(self.wanted.format)
        if self.wanted.format is Format.CSV:
            self.place("part").replace(done)
        else:
            whole = self.place("made")
            widths = [_WIDTHS.get(field.kind, 16) for field in self.fields]
            sheet = naming.noun(self.wanted.type, self.reader.locale)
            xlsx_files.assemble(self.place("part"), whole, sheet=sheet, widths=widths)
            whole.replace(done)
        return done.stat().st_size

    def tidy(self) -> None:
        """Remove what the file was made from."""
        for suffix in ("ids", "part"):
            self.place(suffix).unlink(missing_ok=True)


_WIDTHS = {"instant": 20, "id": 38, "customer": 32, "money": 18}


def _find(actor: Actor, source: Source, writer: _Writer) -> Step:
    """Note which rows there are, all at one moment: what is edited meanwhile is not missed or doubled."""
    asked = fields.asked(actor, source.listing, writer.wanted.question)
    storage.begin(writer.slug, writer.job.id)
    found = 0
    with writer.place("ids").open("wb") as file:
        connection = rls.driver_of(db.session())
        for ids in walks.ids(connection, source.listing, source.reach(actor), asked, actor.tenant_id):
            file.write(b"".join(one.bytes for one in ids))
            found += len(ids)
    if writer.wanted.format is Format.XLSX and found > xlsx_files.MOST_ROWS:
        raise invalid("format", "export-too-long", max=xlsx_files.MOST_ROWS, count=found)
    size = storage.append(writer.place("part"), 0, writer.heading())
    return Step(position={"phase": "rows", "at": 0, "bytes": size, "rows": 0}, total=found)


def _write(actor: Actor, source: Source, writer: _Writer, position: Mapping[str, Any]) -> Step:
    ids = _ids(writer.place("ids"), position["at"])
    if not ids:
        return Step(position={**position, "phase": "finishing"})
    connection = rls.driver_of(db.session())
    items = source.items(connection, actor, source.reach(actor), ids)
    size = storage.append(writer.place("part"), position["bytes"], writer.rows(plain(items)))
    return Step(
        position={
            "phase": "rows",
            "at": position["at"] + len(ids),
            "bytes": size,
            "rows": position["rows"] + len(items),
        },
        also_done=len(ids),
    )


def _ids(path: Path, at: int) -> list[UUID]:
    try:
        with path.open("rb") as file:
            file.seek(at * _ID)
            read = file.read(CHUNK * _ID)
    except FileNotFoundError as error:
        raise storage.ExportLost from error
    return [UUID(bytes=read[i : i + _ID]) for i in range(0, len(read), _ID)]


def _finish(actor: Actor, writer: _Writer, position: Mapping[str, Any]) -> Step:
    size = writer.finish()
    audit.record(
        actor,
        Entry(
            action="exported",
            subject_type="export",
            subject_id=writer.job.id,
            subject_label=writer.job.title,
            changes=[{"field": "rows", "before": None, "after": position["rows"]}],
        ),
    )
    after_commit(writer.tidy)
    return Step(position={"phase": "done", "rows": position["rows"], "size": size}, finished=True)


def _permission(job: Job) -> Permission:
    return SOURCES[Wanted.of(job.params).type].permission


runners.register(JOB_KIND, Export())
made.register(JOB_KIND, Made(lambda job: Wanted.of(job.params).format, _permission))
