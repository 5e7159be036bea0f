"""Hanging files on records, and taking them off."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import guarded, unlocked
from app.audit import services as audit
from app.core import clock, file_names
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.ids import new_id
from app.files import policies, queries, sweeping
from app.files.arrivals import Arrival
from app.files.models import Attachment
from app.files.policies import Hung
from app.files.uploads import SUBJECT, UPLOAD
from app.records import hanging
from app.records.kinds import Record

__all__ = ["SUBJECT", "attach", "copy_all", "remove", "rename", "restore"]

_CARRIED = ("blob_id", "name", "kind", "media_type", "size", "has_thumbnail")


class FileShown(Conflict):
    """What stands in the record itself is taken out of there first."""

    code = "file-shown"


@guarded(policies.add)
def attach(actor: Actor, record: Record, arrival: Arrival) -> Attachment:
    """Hang a file that has arrived on a record."""
    attachment = Attachment(
        record_type=record.kind.word,
        record_id=record.id,
        blob_id=arrival.blob_id,
        name=arrival.name,
        kind=arrival.type.kind,
        media_type=arrival.type.media_type,
        size=arrival.size,
        has_thumbnail=arrival.has_thumbnail,
        uploaded_by_id=actor.id,
        created_at=clock.now(),
    )
    db.session.add(attachment)
    db.session.flush()
    if record.kind.word == UPLOAD:
        sweeping.note_deleted(attachment.created_at)
        _record(actor, Hung(attachment, record), "brought")
    else:
        _record(actor, Hung(attachment, record), "uploaded")
    return attachment


@unlocked("whoever makes a copy of a record may; that it was made is told")
def copy_all(actor: Actor, source: Record, target: Record) -> dict[UUID, UUID]:
    """Hang all files of a record on another too; returns which has become which."""
    became: dict[UUID, UUID] = {}
    for file, _ in queries.on_several(source.kind.word, [source.id]):
        became[file.id] = new_id()
        taken = {name: getattr(file, name) for name in _CARRIED}
        copied = Attachment(
            **taken, id=became[file.id], record_type=target.kind.word, record_id=target.id,
            uploaded_by_id=actor.id, created_at=clock.now(),
        )  # fmt: skip
        db.session.add(copied)
    db.session.flush()
    return became


@guarded(policies.change)
def rename(actor: Actor, hung: Hung, name: str) -> None:
    """Call a file otherwise; what it is its name goes on saying.

    :raises Invalid: naming `name`, when it would say something else
    """
    attachment, before = hung.attachment, hung.attachment.name
    extension = file_names.extension_of(before)
    wanted = file_names.with_extension(file_names.harmless(name), extension)
    if file_names.extension_of(wanted) != extension:
        raise invalid("name", "file-extension-stays", extension=extension)
    if wanted != before:
        attachment.name = wanted
        db.session.flush()
        _record(actor, hung, "updated", [{"field": "name", "before": before, "after": wanted}])


@guarded(policies.change)
def remove(actor: Actor, hung: Hung) -> None:
    """Take a file off its record; for a week it can be restored.

    :raises FileShown: while the record shows it
    """
    if hung.record.kind.shows(hung.record.row, hung.attachment.id):
        raise FileShown
    hung.attachment.deleted_at, hung.attachment.deleted_by_id = clock.now(), actor.id
    db.session.flush()
    sweeping.note_deleted(clock.now())
    _record(actor, hung, "deleted")


@guarded(policies.change)
def restore(actor: Actor, hung: Hung) -> None:
    """Hang a file back; what hangs stays as it is."""
    if hung.attachment.is_deleted:
        hung.attachment.deleted_at = hung.attachment.deleted_by_id = None
        db.session.flush()
        _record(actor, hung, "restored")


def _record(actor: Actor, hung: Hung, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> None:
    subject = (SUBJECT, hung.attachment.id)
    # What it is brought for may be a field that not everybody may read; so may its name.
    waits = hung.record.kind.word == UPLOAD
    place, label = hung.record.place, hung.attachment.media_type if waits else hung.attachment.name
    audit.record(actor, hanging.entry(place, action, subject, label=label, changes=changes))
