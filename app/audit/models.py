"""The trail: who did what to which record, when, from where, and what it was before."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned


class AuditRecord(TenantOwned, Base):
    """One change or sign-in. Rows are added and read; only erasing replaces what they say."""

    __tablename__ = "audit_records"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[UUID]
    subject_label: Mapped[str]
    about_id: Mapped[UUID | None]
    """The record whose timeline also tells this, e.g. a contact's customer."""
    also_about_id: Mapped[UUID | None]
    """A second such record, e.g. the contact with whom a customer was called."""
    changes: Mapped[list[Any]]
    """[{"field": ..., "before": ..., "after": ...}], JSON values."""
    ip: Mapped[str | None]
    user_agent: Mapped[str | None]
    request_id: Mapped[str]
    session_id: Mapped[UUID | None]


class AuditChain(TenantOwned, Base):
    """Where a tenant's chain of seals ends; stamped, so that nobody without the key can set it back."""

    __tablename__ = "audit_chains"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    mac: Mapped[bytes] = mapped_column(LargeBinary)
    complete_until: Mapped[datetime]
    """Every line from before this moment is sealed."""
    key_id: Mapped[str]
    stamp: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime | None]
    anchored_seq: Mapped[int] = mapped_column(BigInteger)


class AuditSeal(TenantOwned, Base):
    """One link of the chain: a salted digest of a line's payload, bound to the link before by the key."""

    __tablename__ = "audit_seals"

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    record_id: Mapped[UUID]
    erased: Mapped[bool]
    """Whether it stands for what erasing left of a line, in place of the line's earlier seal."""
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Thrown away when the line is erased: what it said can then not even be guessed and compared."""
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime]
    prev: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str]
    mac: Mapped[bytes] = mapped_column(LargeBinary)
