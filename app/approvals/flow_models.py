"""Approval flows: what an administrator draws, and what was published of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.approvals.states import FlowState
from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned, points_to


class ApprovalFlow(TenantOwned, Base):
    """How something is approved: a draft that is drawn, and published versions that never change."""

    __tablename__ = "approval_flows"
    __table_args__ = (points_to("users", "created_by_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    """The word of the kind of subject."""
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    openness: Mapped[str]
    state: Mapped[str] = mapped_column(default=FlowState.DRAFT)
    draft: Mapped[dict[str, Any] | None]
    """What is being drawn; None once it is published as it stands."""
    published_version: Mapped[int | None]
    """The last one; in force if the flow is."""
    created_by_id: Mapped[UUID]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class FlowVersion(TenantOwned, Base):
    """A definition as it was published: approvals that began with it end with it."""

    __tablename__ = "approval_flow_versions"
    __table_args__ = (
        points_to("approval_flows", "flow_id", ondelete="CASCADE"),
        points_to("users", "published_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    flow_id: Mapped[UUID]
    number: Mapped[int]
    """Counted from one within its flow."""
    definition: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    published_by_id: Mapped[UUID]
