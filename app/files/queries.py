"""Reading what hangs on records: whoever sees the record sees its files."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import and_, func, select

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.files.models import Attachment, Blob
from app.files.policies import Hung
from app.records import queries as records
from tenants.context import require_tenant_id
from tenants.models import Tenant


def get(actor: Actor, attachment_id: UUID, *, to_change: bool = False) -> Hung:
    """A file on a record that the actor sees.

    :param to_change: lock it until the transaction ends
    :raises NotFound: otherwise
    """
    hung = _visible(actor, attachment_id, to_change=to_change)
    if hung.attachment.is_deleted:
        raise NotFound
    return hung


def to_restore(actor: Actor, attachment_id: UUID) -> Hung:
    """A file that is there, or that can come back for whoever took it off or had brought it; locked.

    :raises NotFound: otherwise
    """
    hung = _visible(actor, attachment_id, to_change=True)
    attachment = hung.attachment
    concerned = {attachment.deleted_by_id, attachment.uploaded_by_id}
    # What lies in a field is changed with the field: who sees it there is told so by the lock.
    gone = attachment.is_deleted and (attachment.field is not None or actor.id not in concerned)
    if attachment.blob_id is None or gone:
        raise NotFound
    return hung


def _visible(actor: Actor, attachment_id: UUID, *, to_change: bool) -> Hung:
    statement = select(Attachment).where(Attachment.id == attachment_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    attachment = db.session.scalars(statement).first()
    if attachment is None or (attachment.field and attachment.field in actor.hides(attachment.record_type)):
        raise NotFound
    return Hung(attachment, records.get(actor, attachment.record_type, attachment.record_id))


def content(attachment: Attachment) -> tuple[str, str]:
    """Whose and which content a file is: the company's slug and the hash."""
    found = db.session.execute(
        select(Tenant.slug, Blob.sha256)
        .join(Blob, and_(Blob.tenant_id == Tenant.id, Blob.id == attachment.blob_id))
        .where(Tenant.id == require_tenant_id())
    ).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def count_on(record_type: str, record_id: UUID) -> int:
    """How many files hang on a record."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Attachment)
            .where(
                Attachment.record_type == record_type,
                Attachment.record_id == record_id,
                Attachment.field.is_(None),
                Attachment.deleted_at.is_(None),
            )
        )
        or 0
    )


def bytes_on(record_type: str, record_id: UUID) -> int:
    """How large the files that hang on a record are together."""
    hanging = (
        Attachment.record_type == record_type,
        Attachment.record_id == record_id,
        Attachment.deleted_at.is_(None),
    )
    return int(db.session.scalar(select(func.coalesce(func.sum(Attachment.size), 0)).where(*hanging)) or 0)


def on_several(record_type: str, record_ids: Collection[UUID]) -> list[tuple[Attachment, str]]:
    """The files on some records with the hashes of their contents, the eldest first; one statement."""
    if not record_ids:
        return []
    asked = (
        select(Attachment, Blob.sha256)
        .join(Blob, and_(Blob.tenant_id == Attachment.tenant_id, Blob.id == Attachment.blob_id))
        .where(
            Attachment.record_type == record_type,
            Attachment.record_id.in_(record_ids),
            Attachment.field.is_(None),
            Attachment.deleted_at.is_(None),
        )
        .order_by(Attachment.created_at, Attachment.id)
    )
    return [(file, sha256) for file, sha256 in db.session.execute(asked)]


def stored() -> int:
    """How many bytes the current company's contents take."""
    return int(db.session.scalar(select(func.coalesce(func.sum(Blob.size), 0))) or 0)
