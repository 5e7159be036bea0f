"""Asking for an export, and fetching it."""

from pathlib import Path

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import refuse, unlocked
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.errors import FieldProblem, Invalid
from app.exports import made, naming, queries, storage
from app.exports.models import JOB_KIND, SOURCES, Wanted
from app.exports.storage import ExportGone
from app.fields import queries as fields
from app.jobs import services as jobs
from app.jobs.models import Job
from app.spreadsheets.registry import fields_of
from tenants import calendar, current

_PLACES = "field_names.{}"


@unlocked("which permission it takes depends on what is exported: it is asked for below")
def start(actor: Actor, wanted: Wanted) -> Job:
    """Let the workers write down everything that a list holds for the actor.

    :raises Forbidden: without the permission to take such records out
    :raises Invalid: naming the column, filter or order that cannot be taken
    """
    _demand(actor, SOURCES[wanted.type].permission)
    _check(actor, wanted)
    at = clock.now().astimezone(calendar.zone())
    name = naming.filename(wanted.type, wanted.format, actor.locale, at)
    job = jobs.enqueue(actor, JOB_KIND, title=name, params=wanted.kept())
    audit.record(actor, Entry(action="started", subject_type="export", subject_id=job.id, subject_label=name))
    return job


def _demand(actor: Actor, needed: Permission) -> None:
    if not actor.may(needed):
        raise refuse(actor, needed)


def _check(actor: Actor, wanted: Wanted) -> None:
    source, known = SOURCES[wanted.type], fields_of(actor, wanted.type)
    source.reach(actor)
    problems = [
        FieldProblem(_PLACES.format(i), "unknown-export-field", (("value", name[:40]),))
        for i, name in enumerate(wanted.fields)
        if name not in known
    ]
    if problems:
        raise Invalid(*problems)
    fields.asked(actor, source.listing, wanted.question)


@unlocked("only whoever asked for the file gets it, and only while the permission lasts")
def fetch(actor: Actor, job: Job) -> Path:
    """The file of a job, on its way to whoever asked for it.

    :raises ExportGone: if there is none for the actor
    :raises Forbidden: if they may no longer take such records out
    """
    file = made.of(job.kind)
    if file is None or queries.file_of(actor, job) is None:
        raise ExportGone
    _demand(actor, file.permission(job))
    path = storage.finished(current.slug(), job.id, file.suffix(job))
    audit.record(
        actor,
        Entry(action="downloaded", subject_type="export", subject_id=job.id, subject_label=job.title),
    )
    return path
