"""Views of lists, and which of them people prefer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from app.views.states import Audience
from tenants.ownership import TenantOwned, points_to


class SavedView(TenantOwned, Base):
    """A way to look at a list: filter, order, and columns with their widths."""

    __tablename__ = "saved_views"
    __table_args__ = (points_to("users", "owner_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    list_name: Mapped[str]
    name: Mapped[str]
    owner_id: Mapped[UUID]
    audience: Mapped[str] = mapped_column(default=Audience.PRIVATE)
    role_ids: Mapped[list[Any]] = mapped_column(default=list)
    department_ids: Mapped[list[Any]] = mapped_column(default=list)
    """With whom it is shared, if with some: those in these roles, and in or below these departments."""
    filter: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """A tree of the filter language, days told from today as they were told; empty: everything."""
    columns: Mapped[list[Any]] = mapped_column(default=list)
    """[{"name", "width"}] in their order; none: those that everybody starts with."""
    sort: Mapped[str] = mapped_column(default="")
    is_default: Mapped[bool] = mapped_column(default=False)
    """Whether the company's people see it first who have chosen nothing else."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}


class ViewChoice(TenantOwned, Base):
    """In which order somebody has the views of a list, and which they see first."""

    __tablename__ = "saved_view_choices"
    __table_args__ = (
        points_to("users", "user_id", ondelete="CASCADE"),
        points_to("saved_views", "default_view_id"),
    )

    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    list_name: Mapped[str] = mapped_column(primary_key=True)
    default_view_id: Mapped[UUID | None]
    view_ids: Mapped[list[Any]] = mapped_column(default=list)
