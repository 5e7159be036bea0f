"""What was taken off is let go after a while, and contents that nothing refers to are removed."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, exists, select, update

from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.files import storage
from app.files.models import Attachment, Blob
from tenants import agenda, current, rounds

QUEUE = "files"
KEPT = timedelta(days=7)
"""How long a file that was taken off can be restored."""
UNTOUCHED = timedelta(hours=2)
"""For how long a content may wait to be referred to."""
_BATCH = 100


def note(at: datetime) -> None:
    """See to it that contents which nobody refers to are found; one line of the agenda an hour."""
    due = at + UNTOUCHED + timedelta(hours=1)
    agenda.note(QUEUE, due.replace(minute=0))


def note_deleted(at: datetime) -> None:
    """See to it that a file that was taken off, or was never hung anywhere, is let go in time."""
    agenda.note(QUEUE, (at + KEPT + timedelta(hours=1)).replace(minute=0))


def records_gone(record_type: str, record_ids: Collection[UUID]) -> None:
    """Records are removed for ever, and so is what hangs on them; the contents go with the next sweep."""
    db.session.execute(
        delete(Attachment)
        .where(Attachment.record_type == record_type, Attachment.record_id.in_(record_ids))
        .execution_options(synchronize_session=False)
    )
    note(clock.now())


def sweep() -> None:
    """Let go in every company of what is long taken off, and of contents that nothing refers to."""
    rounds.walk(QUEUE, _visit)


def _visit() -> None:
    at = clock.now()
    while _forget(at) + _let_go(at) + _remove(at):
        pass
    with unit_of_work():
        agenda.settle(QUEUE, at=at)


def _forget(at: datetime) -> int:
    """Files that were brought for a form which nobody has saved."""
    with unit_of_work():
        old = (
            select(Attachment.id)
            .where(Attachment.record_type == "upload", Attachment.created_at <= at - KEPT)
            .limit(_BATCH)
        )
        gone = db.session.execute(
            delete(Attachment).where(Attachment.id.in_(old)).execution_options(synchronize_session=False)
        )
        count: int = gone.rowcount  # type: ignore[attr-defined]
        return count


def _let_go(at: datetime) -> int:
    """Files that can no longer be restored: their content is not theirs any more."""
    with unit_of_work():
        old = (
            select(Attachment.id)
            .where(Attachment.deleted_at <= at - KEPT, Attachment.blob_id.is_not(None))
            .limit(_BATCH)
        )
        gone = db.session.execute(
            update(Attachment)
            .where(Attachment.id.in_(old))
            .values(blob_id=None)
            .execution_options(synchronize_session=False)
        )
        count: int = gone.rowcount  # type: ignore[attr-defined]
        return count


def _remove(at: datetime) -> int:
    """Contents without references: what lies in the store, then the row, whose lock keeps others off."""
    with unit_of_work():
        referred = exists().where(Attachment.tenant_id == Blob.tenant_id, Attachment.blob_id == Blob.id)
        blobs = db.session.scalars(
            select(Blob)
            .where(Blob.touched_at <= at - UNTOUCHED, ~referred)
            .order_by(Blob.id)
            .limit(_BATCH)
            .with_for_update(skip_locked=True, of=Blob)
        ).all()
        if blobs:
            slug, store = current.slug(), storage.store()
            for blob in blobs:
                store.delete(storage.thumbnail_of(slug, blob.sha256))
                store.delete(storage.key_of(slug, blob.sha256))
            ids = [blob.id for blob in blobs]
            db.session.execute(
                delete(Blob).where(Blob.id.in_(ids)).execution_options(synchronize_session=False)
            )
        return len(blobs)
