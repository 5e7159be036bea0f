"""Files that wait to be hung somewhere: brought while a form is being filled in, and seen by nobody else.

They become files of the record, or of one of its own fields, when the form is saved; what is never saved is
let go after a while.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule, guarded, unlocked
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.files import policies, sweeping
from app.files.models import Attachment
from app.records import hanging
from app.records.kinds import Place, Record, RecordKind, kind_of

UPLOAD = "upload"
SUBJECT = "attachment"
MOST_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody's files wait."""

    id: UUID
    """Of whom they are."""


def _desk(actor: Actor, user_id: UUID) -> Desk:
    if user_id != actor.id:
        raise NotFound
    return Desk(user_id)


_own: Rule[Desk] = Rule(Permission.ATTACHMENT_CREATE, when=lambda actor, desk: desk.id == actor.id)
KIND = RecordKind(
    word=UPLOAD,
    get=_desk,
    demand=lambda _connection, actor, user_id: _desk(actor, user_id),
    read=_own,
    update=_own,
    place=lambda _desk: Place(label="", link="/", about_id=None),
)


def desk(of: Actor) -> Record:
    """Where somebody's files wait."""
    return Record(kind_of(UPLOAD), Desk(of.id))


def waiting(by: Actor, ids: Collection[str]) -> dict[str, str]:
    """Of these somebody's files that wait, by id: what kind of file each is."""
    if not ids:
        return {}
    rows = db.session.execute(select(Attachment.id, Attachment.kind).where(*_waits(by, ids)))
    return {str(upload_id): kind for upload_id, kind in rows}


@guarded(policies.add)
def hang(actor: Actor, record: Record, ids: Sequence[UUID]) -> None:
    """Hang files that wait on a record.

    :raises Invalid: naming `attachment_ids`, for one that does not wait
    """
    found = _taken(actor, list(map(str, ids)))
    for i, upload_id in enumerate(ids):
        if str(upload_id) not in found:
            raise invalid(f"attachment_ids.{i}", "unknown-reference")
    _move(found.values(), record.kind.word, record.id)
    place = record.place
    audit.record_many(
        actor,
        [hanging.entry(place, "uploaded", (SUBJECT, one.id), label=one.name) for one in found.values()],
    )


@unlocked("whoever may write a field of a record lays files into it; the field's change is told, and checked")
def lay(actor: Actor, there: tuple[str, UUID], field: str, ids: Sequence[str]) -> None:
    """Lay files that wait into a field of a record; what lies on the record already stays.

    :raises Invalid: naming the field, if one waits no more
    """
    found = _taken(actor, ids)
    if not _lie_there(there, set(ids) - found.keys()):
        raise invalid(field, "unknown-reference")
    _move(found.values(), *there, field=field)


@unlocked("whoever may write a field of a record takes files out of it; the field's change is told")
def take_out(actor: Actor, there: tuple[str, UUID], field: str, ids: Sequence[str]) -> None:
    """Take files out of a field of a record; they are let go after a while."""
    record_type, record_id = there
    rows = db.session.scalars(
        select(Attachment).where(
            Attachment.id.in_(list(map(UUID, ids))),
            Attachment.record_type == record_type,
            Attachment.record_id == record_id,
            Attachment.field == field,
            Attachment.deleted_at.is_(None),
        )
    )
    at = clock.now()
    for one in rows:
        one.deleted_at, one.deleted_by_id = at, actor.id
    db.session.flush()
    sweeping.note_deleted(at)


def _waits(actor: Actor, ids: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        Attachment.id.in_(list(map(UUID, ids))),
        Attachment.record_type == UPLOAD,
        Attachment.record_id == actor.id,
        Attachment.deleted_at.is_(None),
    )


def _taken(actor: Actor, ids: Sequence[str]) -> dict[str, Attachment]:
    """Files that wait, locked, in the order given."""
    locked = select(Attachment).where(*_waits(actor, ids)).with_for_update()
    rows = {str(one.id): one for one in db.session.scalars(locked)}
    return {one: rows[one] for one in ids if one in rows}


def _lie_there(there: tuple[str, UUID], ids: Collection[str]) -> bool:
    """Whether all of some files lie on a record already."""
    if not ids:
        return True
    record_type, record_id = there
    on_it = select(func.count()).where(
        Attachment.id.in_(list(map(UUID, ids))),
        Attachment.record_type == record_type,
        Attachment.record_id == record_id,
        Attachment.deleted_at.is_(None),
    )
    return db.session.scalar(on_it) == len(ids)


def _move(
    files: Collection[Attachment], record_type: str, record_id: UUID, *, field: str | None = None
) -> None:
    for one in files:
        one.record_type, one.record_id, one.field = record_type, record_id, field
    db.session.flush()
