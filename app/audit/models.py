"""The trail: who did what to which record, when, from where, and what it was before."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned


class AuditRecord(TenantOwned, Base):
    """One change or sign-in. Rows are added and read, never changed."""

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
