"""What somebody is to do."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db import Base
from app.core.ids import new_id
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class Task(TenantOwned, Base):
    """Something to be done by a moment, by its owner; whoever set it goes on seeing it."""

    __tablename__ = "tasks"
    __table_args__ = (
        points_to("users", "owner_id"),
        points_to("users", "created_by_id"),
        points_to("departments", "department_id"),
        points_to("customers", "customer_id"),
        points_to("contacts", "contact_id"),
        points_to("activities", "activity_id"),
        points_to("task_series", "series_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    title: Mapped[str]
    detail: Mapped[str | None]
    priority: Mapped[str]
    due_at: Mapped[datetime]
    owner_id: Mapped[UUID]
    """Who is to do it."""
    department_id: Mapped[UUID | None]
    created_by_id: Mapped[UUID]
    customer_id: Mapped[UUID | None]
    contact_id: Mapped[UUID | None]
    activity_id: Mapped[UUID | None]
    """The activity whose next step it is."""
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[UUID | None]
    reminders: Mapped[list[Any]] = mapped_column(default=list)
    """How long before it is due its owner hears of it: [{"amount", "unit"}]."""
    remind_at: Mapped[datetime | None]
    """When that is the next time."""
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What is filled in of the company's own fields, by key; see `app.fields`."""
    series_id: Mapped[UUID | None]
    occurrence: Mapped[int | None]
    """Which of its series it is, counted from one."""
    scheduled_on: Mapped[date | None]
    """The day of the series it stands for, wherever it was moved since."""
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.done_at is not None

    @property
    def is_deleted(self) -> bool:
        """Whether it was put away; for a while it can come back."""
        return self.deleted_at is not None

    def be_done(self, by: UUID | None) -> None:
        """Be ticked off by somebody, or open again."""
        self.done_at, self.done_by_id = (clock.now(), by) if by else (None, None)


class TaskSeries(TenantOwned, Base):
    """A task that comes back: its rule, and what each new one is made from.

    Of a series one task is open at a time; when that is done the next one is made.
    """

    __tablename__ = "task_series"
    __table_args__ = (
        points_to("users", "owner_id"),
        points_to("users", "created_by_id"),
        points_to("customers", "customer_id"),
        points_to("contacts", "contact_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    rule: Mapped[str]
    """As RFC 5545 writes it."""
    starts_on: Mapped[date]
    at_second: Mapped[int]
    """The time of day by the company's own clock, in seconds since midnight."""
    title: Mapped[str]
    detail: Mapped[str | None]
    priority: Mapped[str]
    reminders: Mapped[list[Any]]
    owner_id: Mapped[UUID]
    created_by_id: Mapped[UUID]
    customer_id: Mapped[UUID | None]
    contact_id: Mapped[UUID | None]
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Of the company's own fields, what the next one begins with."""
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_with_id: Mapped[UUID | None]
    """The task whose deletion ended it: if that comes back, so does the series."""

    @property
    def time_of_day(self) -> time:
        """By when of its day each is due."""
        return (datetime.min + timedelta(seconds=self.at_second)).time()  # noqa: DTZ901


class TaskFeed(TenantOwned, Base):
    """The address under which somebody's calendar reads their tasks. Only its hash is kept."""

    __tablename__ = "task_feeds"
    __table_args__ = (points_to("users", "user_id", ondelete="CASCADE"),)

    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


def second_of_day(moment: time) -> int:
    """How many seconds have passed since midnight."""
    return moment.hour * 3600 + moment.minute * 60 + moment.second


declare(
    *(Reference(table="tasks", column=f"{word}_id", to=word) for word in ("customer", "contact")),
    *(
        Reference(table="task_series", column=f"{word}_id", to=word, versioned=False)
        for word in ("customer", "contact")
    ),
)
