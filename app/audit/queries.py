"""Reading the trail. Who may read what of it is decided above, in `app.access`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, tuple_

from app.audit.models import AuditChain, AuditRecord, AuditSeal
from app.core.db import db

Place = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailFilter:
    """Which lines of the trail are asked for."""

    actor_id: UUID | None = None
    action: str | None = None
    subject_type: str | None = None
    subject_id: UUID | None = None
    label: str = ""
    """Part of the subject's name."""
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """The filter in SQL."""
        equal = {
            AuditRecord.actor_id: self.actor_id,
            AuditRecord.action: self.action,
            AuditRecord.subject_type: self.subject_type,
            AuditRecord.subject_id: self.subject_id,
        }
        found: list[ColumnElement[bool]] = [
            column == value for column, value in equal.items() if value is not None
        ]
        if self.label:
            found.append(func.strpos(func.lower(AuditRecord.subject_label), self.label.lower()) > 0)
        if self.since is not None:
            found.append(AuditRecord.at >= self.since)
        if self.until is not None:
            found.append(AuditRecord.at <= self.until)
        return found


def page(
    wanted: TrailFilter, *, subject_types: Collection[str] | None, after: Place | None, limit: int
) -> Sequence[AuditRecord]:
    """Lines of the trail, the latest first, from behind `after`.

    :param subject_types: the kinds of record that may be told of; None for all
    """
    statement = select(AuditRecord).where(*wanted.conditions())
    if subject_types is not None:
        statement = statement.where(AuditRecord.subject_type.in_(subject_types))
    if after is not None:
        statement = statement.where(tuple_(AuditRecord.at, AuditRecord.id) < after)
    return db.session.scalars(
        statement.order_by(AuditRecord.at.desc(), AuditRecord.id.desc()).limit(limit)
    ).all()


@dataclass(frozen=True, slots=True)
class Sealed:
    """How far the trail is sealed: so many lines, the last of them from `until`."""

    count: int
    until: datetime | None
    sealed_at: datetime | None


def sealed() -> Sealed:
    """How far the current tenant's trail is sealed."""
    row = db.session.execute(
        select(AuditChain.seq, AuditRecord.at, AuditChain.sealed_at)
        .outerjoin(
            AuditSeal, and_(AuditSeal.tenant_id == AuditChain.tenant_id, AuditSeal.seq == AuditChain.seq)
        )
        .outerjoin(
            AuditRecord,
            and_(AuditRecord.tenant_id == AuditSeal.tenant_id, AuditRecord.id == AuditSeal.record_id),
        )
    ).first()
    return Sealed(*row) if row is not None else Sealed(0, None, None)


def latest(subject_type: str, subject_id: UUID) -> AuditRecord | None:
    """The last line about one record."""
    return db.session.scalars(
        select(AuditRecord)
        .where(AuditRecord.subject_type == subject_type, AuditRecord.subject_id == subject_id)
        .order_by(AuditRecord.at.desc(), AuditRecord.id.desc())
        .limit(1)
    ).first()
