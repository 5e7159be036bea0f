"""Erasing what the trail says about one record, when the law asks for it; that something was done stays."""

from uuid import UUID

from sqlalchemy import or_, select, update

from app.audit import sealing
from app.audit.models import AuditRecord, AuditSeal
from app.audit.services import Doer, Entry, record
from app.core.db import db

GONE = "…"
_BATCH = 1000


def erase(doer: Doer, subject_type: str, subject_id: UUID) -> int:
    """Replace what the current tenant's trail says about one record; returns how many lines that were.

    Names and values go, and with the salts of the old seals any way to guess them; who did what kind of
    thing when stays, and the chain vouches for what is left.
    """
    chain, after, count = sealing.hold_chain(wait=True), None, 0
    assert chain is not None  # noqa: S101  (waiting for it always gives it)
    while lines := _page(subject_id, after):
        after = lines[-1].id
        for line in lines:
            line.subject_label = GONE
            line.changes = [{**change, "before": None, "after": None} for change in line.changes]
        db.session.flush()
        ids = [line.id for line in lines]
        db.session.execute(
            update(AuditSeal)
            .where(AuditSeal.record_id.in_(ids))
            .values(salt=None)
            .execution_options(synchronize_session=False)
        )
        sealing.extend(chain, lines, erased=True)
        count += len(lines)
    sealing.stamp(chain)
    record(doer, Entry(action="erased", subject_type=subject_type, subject_id=subject_id, subject_label=GONE))
    return count


def _page(subject_id: UUID, after: UUID | None) -> list[AuditRecord]:
    statement = select(AuditRecord).where(
        or_(
            AuditRecord.subject_id == subject_id,
            AuditRecord.about_id == subject_id,
            AuditRecord.also_about_id == subject_id,
        )
    )
    if after is not None:
        statement = statement.where(AuditRecord.id > after)
    return list(db.session.scalars(statement.order_by(AuditRecord.id).limit(_BATCH)))
