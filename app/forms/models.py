"""Forms, what was published of them, and what is filled in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.approvals.kinds import Turn
from app.core import clock
from app.core.db import Base
from app.core.ids import new_id
from app.forms.states import EntryState, FormState
from tenants.ownership import TenantOwned, points_to


class Form(TenantOwned, Base):
    """A form: a draft that is designed, and published versions that never change."""

    __tablename__ = "forms"
    __table_args__ = (points_to("users", "created_by_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    icon: Mapped[str]
    category: Mapped[str] = mapped_column(default="")
    """Under what it stands among those that can be started."""
    openness: Mapped[str]
    access: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Who may start it, see its entries, and manage them, as far as named: ids by kind of holder."""
    state: Mapped[str] = mapped_column(default=FormState.DRAFT)
    draft: Mapped[dict[str, Any] | None]
    """What is being designed; None once it is published as it stands."""
    published_version: Mapped[int | None]
    created_by_id: Mapped[UUID]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class FormVersion(TenantOwned, Base):
    """A form as it was published: what was begun with it ends with it."""

    __tablename__ = "form_versions"
    __table_args__ = (
        points_to("forms", "form_id", ondelete="CASCADE"),
        points_to("users", "published_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    form_id: Mapped[UUID]
    number: Mapped[int]
    """Counted from one within its form."""
    definition: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    published_by_id: Mapped[UUID]


_AFTER = {
    Turn.BEGUN: EntryState.RUNNING,
    Turn.RESUMED: EntryState.RUNNING,
    Turn.RETURNED: EntryState.RETURNED,
    Turn.GRANTED: EntryState.GRANTED,
    Turn.REJECTED: EntryState.REJECTED,
    Turn.WITHDRAWN: EntryState.WITHDRAWN,
}


class FormEntry(TenantOwned, Base):
    """A form that somebody has filled in."""

    __tablename__ = "form_entries"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "form_id", "form_version"],
            ["form_versions.tenant_id", "form_versions.form_id", "form_versions.number"],
        ),
        points_to("users", "owner_id"),
        points_to("departments", "department_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    form_id: Mapped[UUID]
    form_version: Mapped[int]
    title: Mapped[str]
    filled: Mapped[dict[str, Any]]
    """By field, as it is kept."""
    facts: Mapped[dict[str, Any]]
    """What conditions ask of it."""
    told: Mapped[list[Any]]
    """The same as people read it, as it was when it was filled in."""
    owner_id: Mapped[UUID]
    """Who filled it in."""
    department_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(default=EntryState.DRAFT)
    submitted_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    def follow(self, turn: Turn) -> None:
        """Follow what becomes of its approval."""
        self.state, self.updated_at = _AFTER[turn], clock.now()
