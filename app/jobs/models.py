"""Long work with progress, one row per piece of it, and a row per result."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.access.models import User
from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned, belongs_to, points_to


class JobState(StrEnum):
    """Where a job is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self not in UNFINISHED


UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


class Outcome(StrEnum):
    """What became of one row of a job."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    SKIPPED = "skipped"


class Job(TenantOwned, Base):
    """A piece of long work, done in chunks by whichever worker holds its lease.

    Its progress changes in the transaction of each chunk, so what it says is done has been done.
    """

    __tablename__ = "jobs"
    __table_args__ = (points_to("users", "created_by_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default=JobState.QUEUED)
    total: Mapped[int | None]
    done: Mapped[int] = mapped_column(default=0)
    succeeded: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    params: Mapped[dict[str, Any]]
    """What the kind needs to know; never changes."""
    position: Mapped[dict[str, Any]]
    """Where the next chunk begins."""
    error: Mapped[dict[str, Any] | None]
    """Why it failed: {"code": ..., "facts": {...}}."""
    attempts: Mapped[int] = mapped_column(default=0)
    """How often it was taken up since it last got on."""
    cancel_requested_at: Mapped[datetime | None]
    lease_token: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    served_at: Mapped[datetime | None]
    """When a worker last took it up: jobs of a company take turns."""
    created_by_id: Mapped[UUID]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    created_by: Mapped[User] = belongs_to("Job", "created_by_id", "User")

    @property
    def owner_id(self) -> UUID:
        """Who is responsible for it."""
        return self.created_by_id

    @property
    def department_id(self) -> UUID | None:
        """The department of whoever is responsible for it."""
        return self.created_by.department_id

    @property
    def can_be_cancelled(self) -> bool:
        """Whether there is still something to stop."""
        return self.state in UNFINISHED and self.cancel_requested_at is None


class JobRow(TenantOwned, Base):
    """What became of one row."""

    __tablename__ = "job_rows"
    __table_args__ = (points_to("jobs", "job_id", ondelete="CASCADE"),)

    job_id: Mapped[UUID] = mapped_column(primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[str]
    label: Mapped[str]
    record_id: Mapped[UUID | None]
    messages: Mapped[list[Any]]
    """[{"field": ..., "code": ..., "facts": {...}}]; said in the reader's language when read."""
