"""Asking for a bulk action, and taking one back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.rules import refuse, unlocked
from app.audit import services as audit
from app.audit.services import Entry
from app.bulk_actions import naming, queries, selecting
from app.bulk_actions.kinds import KINDS, Kind
from app.bulk_actions.models import Action, Wanted
from app.consents.ledger import Noting
from app.core.db import db
from app.core.errors import Conflict, FieldProblem, Invalid, invalid
from app.customers import references
from app.fields import filling, rights
from app.fields import queries as fields
from app.jobs import services as jobs
from app.jobs.models import Job


class NothingToUndo(Conflict):
    """The job has changed nothing that could be put back, or was taken back already."""

    code = "nothing-to-undo"


@unlocked("which permission it takes depends on the action: it is asked for below")
def start(actor: Actor, wanted: Wanted, record_ids: Sequence[UUID] | None) -> Job:
    """Let the workers do something with many records, as the actor may when they do it.

    :param record_ids: which; None for all that the question of `wanted` finds
    :raises Forbidden: without the permission
    :raises Invalid: naming what cannot be taken
    """
    kind = KINDS[wanted.type]
    owner = _check(actor, kind, wanted)
    if record_ids is not None and not selecting.any_seen(actor, kind, record_ids):
        raise invalid("record_ids", "unknown-reference")
    job = _enqueue(actor, kind, naming.title(wanted, actor.locale, owner), wanted)
    if record_ids is not None:
        selecting.put(job.id, record_ids)
    return job


def _check(actor: Actor, kind: Kind, wanted: Wanted) -> str:
    """Refuse what can be known to fail for every record; gives the name of the new owner, if there is one."""
    needed = kind.needs.get(wanted.action)
    if needed is None:
        raise invalid("action", "not-a-choice", choices=", ".join(kind.needs))
    if not actor.may(needed):
        raise refuse(actor, needed)
    if wanted.question is not None:
        fields.asked(actor, kind.listing, wanted.question)
    owner = references.demand_owner(wanted.owner_id, by=actor).name if wanted.owner_id else ""
    match wanted.action:
        case Action.EDIT:
            _check_changes(actor, kind, wanted)
        case Action.TAG:
            _check_tags(actor, kind, wanted)
        case Action.CONSENT:
            _check_consent(wanted)
    _check_said(wanted)
    return owner


def _check_said(wanted: Wanted) -> None:
    needed = {Action.POSTPONE: ("days", wanted.days), Action.TRANSFER: ("owner_id", wanted.owner_id)}
    name, said = needed.get(wanted.action, ("", True))
    if not said:
        raise invalid(name, "required")


def _check_changes(actor: Actor, kind: Kind, wanted: Wanted) -> None:
    sent = dict(wanted.changes)
    own = sent.pop("custom", {})
    if not sent and not own:
        raise invalid("changes", "required")
    _demand(
        [
            *(FieldProblem(name, "unknown-field") for name in sent if name not in kind.fields),
            *kind.tidy(kind.drafted({name: value for name, value in sent.items() if name in kind.fields}))[1],
            *rights.problems(actor, wanted.type, set(sent)),
            *_own_problems(actor, kind, wanted.type, own),
        ]
    )


def _own_problems(
    actor: Actor, kind: Kind, record_type: str, own: Mapping[str, Any]
) -> Sequence[FieldProblem]:
    if own and not kind.listing.entity:
        return [FieldProblem("custom", "unknown-field")]
    return filling.unfit_for_many(actor, record_type, own) if own else ()


def _check_tags(actor: Actor, kind: Kind, wanted: Wanted) -> None:
    if not wanted.tags_added and not wanted.tags_removed:
        raise invalid("tags_added", "required")
    found = [
        FieldProblem(problem.field.replace("tags", name, 1), problem.code, problem.facts)
        for name in ("tags_added", "tags_removed")
        for problem in kind.tidy({"tags": getattr(wanted, name)})[1]
    ]
    if found:
        raise Invalid(*found)
    _demand(rights.problems(actor, wanted.type, {"tags"}))


def _check_consent(wanted: Wanted) -> None:
    if not wanted.said:
        raise invalid("consent", "required")
    try:
        Noting.of(wanted.said).check()
    except Invalid as error:
        raise Invalid(*_within("consent", error.problems)) from None


def _demand(found: Sequence[FieldProblem]) -> None:
    if found:
        raise Invalid(*_within("changes", found))


def _within(name: str, found: Sequence[FieldProblem]) -> list[FieldProblem]:
    return [FieldProblem(f"{name}.{one.field}", one.code, one.facts) for one in found]


@unlocked("only whoever asked for the action takes it back, as far as they may at that moment")
def undo(actor: Actor, job: Job) -> Job:
    """Let the workers put back what a job has changed and nobody has changed since.

    :raises NothingToUndo: if there is nothing of the kind
    """
    db.session.refresh(job, with_for_update=True)
    if not queries.can_undo(actor, job):
        raise NothingToUndo
    former = Wanted.of(job.params)
    needed = KINDS[former.type].needs[former.action]
    if not actor.may(needed):
        raise refuse(actor, needed)
    wanted = Wanted(type=former.type, action=Action.UNDO, undoes_id=job.id, undoes=former.action)
    undoing = _enqueue(actor, KINDS[former.type], naming.title_of_undo(job.title, actor.locale), wanted)
    job.position = {**job.position, "undo_job_id": str(undoing.id)}
    db.session.flush()
    return undoing


@unlocked("a consequence of an undo that was stopped, which has its own lock")
def undo_stopped(job_id: UUID) -> None:
    """If a job was to take another back, let that be asked for again: what is back already stays."""
    stopped = Wanted.of(db.session.scalars(select(Job.params).where(Job.id == job_id)).one())
    former_id = stopped.undoes_id
    if former_id is None:
        return
    former = db.session.scalars(select(Job).where(Job.id == former_id).with_for_update()).one()
    former.position = {name: value for name, value in former.position.items() if name != "undo_job_id"}
    db.session.flush()


def _enqueue(actor: Actor, kind: Kind, title: str, wanted: Wanted) -> Job:
    job = jobs.enqueue(actor, kind.job, title=title, params=wanted.kept())
    audit.record(
        actor,
        Entry(
            action="started",
            subject_type="bulk_action",
            subject_id=job.id,
            subject_label=title,
            changes=_told(wanted.kept()),
        ),
    )
    return job


def _told(kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was asked for, as the trail tells it."""
    return [{"field": name, "before": None, "after": kept[name]} for name in ("record_type", "action")]
