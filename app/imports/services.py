"""Bringing a file in: upload, say what its columns mean, run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted, refuse
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock, file_names
from app.core.db import db
from app.core.errors import Conflict, DomainError, Invalid, invalid
from app.core.ids import new_id
from app.core.uow import after_commit
from app.imports import (
    keeping,
    kept_mappings,
    mapping,
    policies,
    queries,
    receiving,
    storage,
    traces,
)
from app.imports.models import CHECK_KIND, JOB_KIND, UNDO_KIND, Import, ImportMapping
from app.jobs import services as jobs
from app.jobs.models import Job, JobState
from app.spreadsheets.registry import ASSET, CONTACT, PRODUCT, PURCHASE, imported_of
from tenants import current

_NEEDED = {
    CONTACT: Permission.CONTACT_CREATE,
    PRODUCT: Permission.PRODUCT_MANAGE,
    ASSET: Permission.ASSET_CREATE,
    PURCHASE: Permission.ASSET_CREATE,
}
"""What it takes to bring in other records than customers."""


class ImportStarted(Conflict):
    """Its rows are on their way, or in."""

    code = "import-started"


class NotUndoable(Conflict):
    """It is not over, it did nothing, it was taken back already, or that was too long ago."""

    code = "import-not-undoable"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    filename: str
    stream: IO[bytes]
    """Can be rewound."""


@permitted(Permission.CUSTOMER_IMPORT)
def upload(actor: Actor, sent: Upload, *, type: str) -> Import:  # noqa: A002
    """Keep a file and guess what its columns are.

    :raises Forbidden: without the permission to make such records
    :raises Invalid: naming `file`, when it is no table that we can read
    """
    needed = _NEEDED.get(type)
    if needed and not actor.may(needed):
        raise refuse(actor, needed)
    import_id, slug = new_id(), current.slug()
    try:
        arrived = receiving.receive(slug, import_id, sent.stream)
        wanted = Import(
            id=import_id,
            type=type,
            filename=file_names.harmless(sent.filename, fallback="import"),
            size=_length(sent.stream),
            created_by_id=actor.id,
            created_at=clock.now(),
        )
        receiving.lay_out(actor, wanted, arrived)
    except DomainError:
        storage.discard(slug, import_id)
        raise
    db.session.add(wanted)
    db.session.flush()
    _record(actor, wanted, "created")
    return wanted


@guarded(policies.change)
def choose_sheet(actor: Actor, wanted: Import, name: str) -> None:
    """Bring in another sheet of a workbook; its columns are guessed anew.

    :raises Invalid: naming `sheet`, if there is none such or nothing in it
    :raises ImportStarted: when it is too late
    """
    _refuse_started(wanted)
    if name not in wanted.sheets:
        raise invalid("sheet", "unknown-sheet")
    if name == wanted.sheet:
        return
    slug, former = current.slug(), wanted.sheet or ""
    workbook = storage.workbook_of(slug, wanted.id)
    try:
        receiving.lay_out(actor, wanted, receiving.open_sheet(slug, wanted.id, workbook, name))
    except Invalid as fault:
        # What is shown must still be what would be brought in.
        receiving.open_sheet(slug, wanted.id, workbook, former)
        raise Invalid(*(replace(problem, field="sheet") for problem in fault.problems)) from fault
    _drop_check(actor, wanted)
    db.session.flush()
    _record(actor, wanted, "updated", [{"field": "sheet", "before": former, "after": name}])


@guarded(policies.change)
def set_mapping(actor: Actor, wanted: Import, sent: Mapping[str, Any]) -> None:
    """Say which column goes where, what its words mean, and what is done with what is there already.

    :param sent: {"columns": {index: field}, "values": {field: {word: choice}}, and the rules}
    :raises Invalid: naming the column or word
    :raises ImportStarted: when it is too late
    """
    _refuse_started(wanted)
    _decide(actor, wanted, mapping.checked(wanted, sent, imported_of(actor, wanted.type)))


def _decide(actor: Actor, wanted: Import, decided: Mapping[str, Any]) -> None:
    unmapped = receiving.words_without_meaning(actor, wanted, decided)
    if decided != wanted.mapping:
        _drop_check(actor, wanted)
    wanted.mapping, wanted.unmapped_values = dict(decided), unmapped
    changes = audit.changes_of(wanted, ignoring=["version", "unmapped_values", "check_id"])
    db.session.flush()
    _record(actor, wanted, "updated", changes)


@guarded(policies.change)
def use_mapping(actor: Actor, wanted: Import, kept: ImportMapping) -> None:
    """Read a file as another was read.

    :raises Invalid: naming `mapping_id`, when it is for another kind of record
    :raises ImportStarted: when it is too late
    """
    _refuse_started(wanted)
    if kept.type != wanted.type:
        raise invalid("mapping_id", "unknown-reference")
    fields = imported_of(actor, wanted.type)
    guessed = mapping.guessed(wanted.type, wanted.columns)
    decided = kept_mappings.applied(kept.mapping, wanted.columns, fields, guessed)
    wanted.used_mapping = kept.name
    _decide(actor, wanted, decided)


@guarded(policies.change)
def check(actor: Actor, wanted: Import) -> Job:
    """Let the workers find out what would become of every row; nothing is brought in.

    :raises Invalid: naming `columns`, when no column is the name yet
    :raises ImportStarted: when it is too late
    """
    _refuse_started(wanted)
    _demand_complete(wanted)
    _drop_check(actor, wanted)
    job = jobs.enqueue(actor, CHECK_KIND, title=wanted.filename, params=_params(wanted))
    wanted.check_id = job.id
    db.session.flush()
    _record(actor, wanted, "checked")
    return job


def _demand_complete(wanted: Import) -> None:
    if problems := mapping.lacking(wanted.type, wanted.mapping, wanted.mapping["columns"].values()):
        raise Invalid(*problems)
    queries.file_of(wanted)


def _params(wanted: Import) -> dict[str, Any]:
    return {"import_id": str(wanted.id), "type": wanted.type}


def _drop_check(actor: Actor, wanted: Import) -> None:
    """What was found out is true no more."""
    _stop_check(actor, wanted)
    wanted.check_id = None


def _stop_check(actor: Actor, wanted: Import) -> None:
    """Let nobody go on trying it out."""
    if wanted.check_id is not None:
        former = db.session.get_one(Job, (wanted.tenant_id, wanted.check_id))
        if not JobState(former.state).ended:
            jobs.cancel(actor, former)
        traces.forget_keys(wanted.id)


@guarded(policies.change)
def run(actor: Actor, wanted: Import) -> Job:
    """Let the workers bring the rows in.

    :raises Invalid: naming `columns`, when no column is the name yet
    :raises ImportStarted: when they already do
    """
    _refuse_started(wanted)
    _demand_complete(wanted)
    _stop_check(actor, wanted)
    job = jobs.enqueue(actor, JOB_KIND, title=wanted.filename, params=_params(wanted))
    wanted.job_id = job.id
    keeping.note()
    db.session.flush()
    _record(actor, wanted, "started")
    return job


@guarded(policies.change)
def undo(actor: Actor, wanted: Import) -> Job:
    """Let the workers take back what an import did, where nobody has touched it since.

    :raises NotUndoable: when nothing of it can be taken back, or no more
    """
    if keeping.undo_until(wanted) is None:
        raise NotUndoable
    params = {**_params(wanted), "own": _own_undos(wanted)}
    job = jobs.enqueue(actor, UNDO_KIND, title=wanted.filename, params=params)
    wanted.undo_id = job.id
    db.session.flush()
    _record(actor, wanted, "undone")
    return job


def _own_undos(wanted: Import) -> list[str]:
    """The jobs that have taken a part of it back before: what they did is nobody's touch."""
    if wanted.undo_id is None:
        return []
    former = db.session.get_one(Job, (wanted.tenant_id, wanted.undo_id))
    return [*former.params.get("own", []), str(former.id)]


@guarded(policies.change)
def discard(actor: Actor, wanted: Import) -> None:
    """Forget a file that was never brought in.

    :raises ImportStarted: when it was
    """
    _refuse_started(wanted)
    slug, import_id = current.slug(), wanted.id
    _stop_check(actor, wanted)
    db.session.delete(wanted)
    db.session.flush()
    _record(actor, wanted, "deleted")
    after_commit(lambda: storage.discard(slug, import_id))


def _refuse_started(wanted: Import) -> None:
    if wanted.started:
        raise ImportStarted


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


def _length(stream: IO[bytes]) -> int:
    return stream.seek(0, 2)
