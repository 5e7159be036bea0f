"""Printing letters, slice by slice: whom they mean, who gets one, the sheets, and one file of them all.

Everything a job prints is settled when it is asked for: a letter that is changed meanwhile
is changed for the next printing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from pypdf import PdfWriter

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import refuse
from app.audit import services as audit
from app.audit.services import Entry
from app.core.db import db
from app.core.uow import after_commit
from app.exports import made, storage
from app.exports.made import Made
from app.jobs import policies as job_policies
from app.jobs import runners
from app.jobs.leases import RowResult, Step
from app.jobs.models import Job, Outcome
from app.letters import audience, setting, sorting
from app.letters.models import Letter
from app.letters.setting import frame_of
from app.letters.sorting import Fate
from app.letters.states import LABELS, Form
from app.message_templates import own_variables
from app.papers import queries as papers
from tenants import current, rls

KIND = "letters"
SORTED, SET = 500, 120
"""So many people are sorted, and so many letters set, in one transaction."""
_ID = 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """A letter as it was when it was to be printed, and how."""

    letter: Letter
    form: Form
    first: int
    boxes: bool
    printed_on: date

    @classmethod
    def of(cls, params: Mapping[str, Any]) -> "Wanted":
        """The same from where a job keeps it."""
        told = dict(params["letter"])
        told["dated_on"] = date.fromisoformat(told["dated_on"]) if told["dated_on"] else None
        told["campaign_id"] = UUID(told["campaign_id"]) if told["campaign_id"] else None
        day = date.fromisoformat(params["printed_on"])
        # Never added to the session: what is printed is what was asked for.
        return cls(Letter(**told), Form(params["form"]), params["first"], params["boxes"], day)

    @property
    def frame(self) -> dict[str, Any]:
        """What all papers have in common."""
        names = ("name", "locale", "letterhead", "dated_on")
        senders = ("sender_name", "sender_address", "sender_postcode", "sender_phone")
        told = {name: getattr(self.letter, name) for name in (*names, *senders)}
        return frame_of(told, logo=papers.logo(), on=self.printed_on, boxes=self.boxes)


class Printing:
    """The runner of printings."""

    def step(self, actor: Actor, job: Job, position: Mapping[str, Any]) -> Step:
        """Do the next slice."""
        if not actor.may(Permission.MESSAGE_MANAGE):
            raise refuse(actor, Permission.MESSAGE_MANAGE)
        files, wanted = _Files(job), Wanted.of(job.params)
        match position.get("phase", "finding"):
            case "finding":
                return _find(actor, wanted, files)
            case "sorting":
                return _sort(actor, wanted, files, position)
            case "setting":
                return _set(wanted, files, position)
        return _bind(actor, job, files, position)

    def label(self, field: str, locale: str) -> str:
        """Nothing: reasons speak of the person as such."""
        return ""


class _Files:
    """What one printing writes until its file is whole."""

    def __init__(self, job: Job) -> None:
        self.job, self.slug = job, current.slug()

    def place(self, suffix: str) -> Path:
        return storage.place(self.slug, self.job.id, suffix)

    def sheets(self, count: int) -> list[Path]:
        return [self.place(f"{n}.sheets") for n in range(count)]


def _find(actor: Actor, wanted: Wanted, files: _Files) -> Step:
    found = audience.people(actor, wanted.letter)
    storage.begin(files.slug, files.job.id)
    files.place("ids").write_bytes(b"".join(one.bytes for one in found))
    storage.append(files.place("part"), 0, b"")
    return Step(position={"phase": "sorting", "at": 0, "bytes": 0, "served": None}, total=len(found))


def _sort(actor: Actor, wanted: Wanted, files: _Files, position: Mapping[str, Any]) -> Step:
    at = position["at"]
    ids = _ids(files.place("ids"), at)
    if not ids:
        return Step(position={"phase": "setting", "offset": 0, "sheets": 0})
    called = own_variables.labels(actor, wanted.letter.locale)
    desk = sorting.Desk(rls.driver_of(db.session()), actor.tenant_id, wanted.printed_on, called)
    fates = sorting.sort(desk, wanted.letter, ids, served=position["served"])
    written, rows, served = [], [], position["served"]
    for row, fate in enumerate(fates, at + 1):
        if fate.obstacle is None:
            served = fate.customer_id
            written.append(orjson.dumps(_line(row, fate)) + b"\n")
        else:
            rows.append(_left_out(row, fate))
    size = storage.append(files.place("part"), position["bytes"], b"".join(written))
    after = {"phase": "sorting", "at": at + len(ids), "bytes": size, "served": served}
    return Step(position=after, rows=rows)


def _line(row: int, fate: Fate) -> dict[str, Any]:
    who = {"row": row, "id": str(fate.contact_id), "name": fate.name}
    return {"who": who, "told": {**fate.address, **fate.words}}


def _left_out(row: int, fate: Fate) -> RowResult:
    return RowResult(
        row=row,
        outcome=Outcome.SKIPPED,
        label=fate.name,
        record_id=fate.contact_id,
        messages=[{"field": "", "code": str(fate.obstacle), "facts": dict(fate.facts)}],
    )


def _set(wanted: Wanted, files: _Files, position: Mapping[str, Any]) -> Step:
    sheets, used = position["sheets"], wanted.first - 1 if wanted.form in LABELS else 0
    most = SET
    if wanted.form in LABELS:
        # Whole sheets of labels, so that the next slice begins at the first label of one.
        count = LABELS[wanted.form].count
        most = max(SET // count, 1) * count - (used if sheets == 0 else 0)
    lines, offset = _lines(files.place("part"), position["offset"], most)
    if not lines:
        return Step(position={"phase": "binding", "sheets": sheets})
    told = [line["told"] for line in lines]
    skipped = used if sheets == 0 else 0
    files.sheets(sheets + 1)[-1].write_bytes(setting.pdf(wanted.form, wanted.frame, told, skipped=skipped))
    rows = [
        RowResult(
            row=line["who"]["row"],
            outcome=Outcome.SUCCEEDED,
            label=line["who"]["name"],
            record_id=UUID(line["who"]["id"]),
        )
        for line in lines
    ]
    return Step(position={"phase": "setting", "offset": offset, "sheets": sheets + 1}, rows=rows)


def _bind(actor: Actor, job: Job, files: _Files, position: Mapping[str, Any]) -> Step:
    sheets, size = files.sheets(position["sheets"]), 0
    if sheets:
        whole = files.place("made")
        _bound(sheets, whole)
        size = whole.stat().st_size
        whole.replace(files.place("pdf"))
    told = [{"field": "rows", "before": None, "after": job.succeeded}]
    audit.record(
        actor,
        Entry(
            action="exported", subject_type="export", subject_id=job.id, subject_label=job.title, changes=told
        ),
    )
    after_commit(lambda: _tidy(files, sheets))
    return Step(position={"phase": "done", "size": size}, finished=True)


def _bound(sheets: list[Path], whole: Path) -> None:
    with PdfWriter() as writer:
        for sheet in sheets:
            try:
                writer.append(str(sheet), import_outline=False)
            except FileNotFoundError as error:
                raise storage.ExportLost from error
        writer.write(str(whole))


def _tidy(files: _Files, sheets: list[Path]) -> None:
    for path in (*sheets, files.place("ids"), files.place("part")):
        path.unlink(missing_ok=True)


def _ids(path: Path, at: int) -> list[UUID]:
    try:
        with path.open("rb") as file:
            file.seek(at * _ID)
            read = file.read(SORTED * _ID)
    except FileNotFoundError as error:
        raise storage.ExportLost from error
    return [UUID(bytes=read[i : i + _ID]) for i in range(0, len(read), _ID)]


def _lines(path: Path, offset: int, most: int) -> tuple[list[dict[str, Any]], int]:
    """So many lines from a place on, and the place behind them."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            read = [line for _, line in zip(range(most), iter(file.readline, b""), strict=False)]
            return [orjson.loads(line) for line in read], file.tell()
    except FileNotFoundError as error:
        raise storage.ExportLost from error


runners.register(KIND, Printing())
made.register(KIND, Made(lambda _job: "pdf", lambda _job: Permission.MESSAGE_MANAGE))
job_policies.tells_of(KIND, Permission.CONTACT_READ)
