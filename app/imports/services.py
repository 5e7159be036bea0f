"""Bringing a file in: upload, say what its columns mean, run."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, invalid
from app.core.ids import new_id
from app.core.messages import say
from app.core.uow import after_commit
from app.imports import encodings, mapping, policies, queries, sniffing, storage, suggestions
from app.imports.models import JOB_KIND, Import
from app.imports.plan import Plan
from app.jobs import services as jobs
from app.jobs.models import Job
from tenants import current

LONGEST_FILENAME = 150


class ImportStarted(Conflict):
    """Its rows are on their way, or in."""

    code = "import-started"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    filename: str
    stream: IO[bytes]
    """Can be rewound."""


@permitted(Permission.CUSTOMER_IMPORT)
def upload(actor: Actor, sent: Upload, *, type: str) -> Import:  # noqa: A002
    """Keep a file and guess what its columns are.

    :raises Invalid: naming `file`, when it is no table that we can read
    """
    encoding = encodings.detect(sent.stream)
    import_id, slug = new_id(), current.slug()
    path, size = storage.store(slug, import_id, sent.stream, encoding)
    try:
        layout = sniffing.look(
            path, size, blank_name=lambda number: say("column-without-name", actor.locale, number=number)
        )
    except Invalid:
        storage.discard(slug, import_id)
        raise
    columns = suggestions.columns(layout)
    wanted = Import(
        id=import_id,
        type=type,
        filename=_harmless(sent.filename),
        size=_length(sent.stream),
        encoding=encodings.shown(encoding),
        delimiter=layout.delimiter,
        heading_row=layout.heading.number,
        first_byte=layout.heading.end,
        row_count_estimate=layout.row_count_estimate,
        columns=columns,
        mapping=mapping.guessed(columns),
        unmapped_values={},
        created_by_id=actor.id,
        created_at=clock.now(),
    )
    wanted.unmapped_values = _words_without_meaning(wanted, wanted.mapping)
    db.session.add(wanted)
    db.session.flush()
    _record(actor, wanted, "created")
    return wanted


@guarded(policies.change)
def set_mapping(actor: Actor, wanted: Import, sent: Mapping[str, Any]) -> None:
    """Say which column goes where, what its words mean, and what is done with what is there already.

    :param sent: {"columns": {index: field}, "values": {field: {word: choice}}, "on_duplicate": ...}
    :raises Invalid: naming the column or word
    :raises ImportStarted: when it is too late
    """
    _refuse_started(wanted)
    decided = mapping.checked(wanted, sent)
    unmapped = _words_without_meaning(wanted, decided)
    wanted.mapping, wanted.unmapped_values = decided, unmapped
    changes = audit.changes_of(wanted, ignoring=["version", "unmapped_values"])
    db.session.flush()
    _record(actor, wanted, "updated", changes)


@guarded(policies.change)
def run(actor: Actor, wanted: Import) -> Job:
    """Let the workers bring the rows in.

    :raises Invalid: naming `columns`, when no column is the name yet
    :raises ImportStarted: when they already do
    """
    _refuse_started(wanted)
    if "name" not in wanted.mapping["columns"].values():
        raise invalid("columns", "name-not-mapped")
    queries.file_of(wanted)
    job = jobs.enqueue(actor, JOB_KIND, title=wanted.filename, params={"import_id": str(wanted.id)})
    wanted.job_id = job.id
    db.session.flush()
    _record(actor, wanted, "started")
    return job


@guarded(policies.change)
def discard(actor: Actor, wanted: Import) -> None:
    """Forget a file that was never brought in.

    :raises ImportStarted: when it was
    """
    _refuse_started(wanted)
    slug, import_id = current.slug(), wanted.id
    db.session.delete(wanted)
    db.session.flush()
    _record(actor, wanted, "deleted")
    after_commit(lambda: storage.discard(slug, import_id))


def _refuse_started(wanted: Import) -> None:
    if wanted.started:
        raise ImportStarted


def _words_without_meaning(wanted: Import, decided: Mapping[str, Any]) -> dict[str, Any]:
    return mapping.unmapped(Plan.of(wanted, decided), queries.first_rows(wanted, queries.ROWS_SEARCHED))


def _record(actor: Actor, wanted: Import, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> None:
    audit.record(
        actor,
        Entry(
            action=action,
            subject_type="import",
            subject_id=wanted.id,
            subject_label=wanted.filename,
            changes=changes,
        ),
    )


def _harmless(filename: str) -> str:
    """A name to show, without folders and without characters that would mislead."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1]
    visible = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    return visible.strip(" .")[-LONGEST_FILENAME:] or "import.csv"


def _length(stream: IO[bytes]) -> int:
    return stream.seek(0, 2)
