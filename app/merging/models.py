"""Records that have become one, what went along, and what only looked alike."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned, points_to


class Merge(TenantOwned, Base):
    """Some records that have become one, and all it takes to part them again."""

    __tablename__ = "merges"
    __table_args__ = (points_to("users", "merged_by_id"), points_to("users", "undone_by_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    type: Mapped[str]
    master_id: Mapped[UUID]
    master_name: Mapped[str]
    merged: Mapped[list[Any]]
    """[{"id", "name"}]: the records whose place the master has taken."""
    before: Mapped[dict[str, Any]]
    """What was stored in the master's fields that have changed."""
    after: Mapped[dict[str, Any]]
    merged_by_id: Mapped[UUID]
    created_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[UUID | None]
    left_over: Mapped[list[Any]] = mapped_column(default=list)
    """[{"what", "count"}]: what could not be put back, because somebody had changed it since."""


class MergeMove(TenantOwned, Base):
    """A row that points to the master since a merge, and where it pointed before."""

    __tablename__ = "merge_moves"
    __table_args__ = (points_to("merges", "merge_id", ondelete="CASCADE"),)

    merge_id: Mapped[UUID] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[UUID] = mapped_column(primary_key=True)
    former_id: Mapped[UUID]
    was_primary: Mapped[bool | None]


class DuplicateMark(TenantOwned, Base):
    """Two records that look alike and are not the same."""

    __tablename__ = "duplicate_marks"
    __table_args__ = (points_to("users", "marked_by_id"),)

    low_id: Mapped[UUID] = mapped_column(primary_key=True)
    high_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID]
    """The same for all pairs that were marked together."""
    type: Mapped[str]
    marked_by_id: Mapped[UUID]
    created_at: Mapped[datetime]
