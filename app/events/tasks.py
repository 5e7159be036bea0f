"""What happens to tasks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TaskGiven(Event):
    """Somebody has given a colleague a task."""

    task_id: UUID
    title: str
    owner_id: UUID
    by: str
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class TasksGiven(Event):
    """Somebody has given a colleague several tasks at a time; one of them is named."""

    owner_id: UUID
    by: str
    count: int
    task_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True)
class StepsChanged(Event):
    """There is more, less or something else to be done about customers, or contacts alone."""

    customer_ids: tuple[UUID, ...]
    contact_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """What somebody is to be reminded of."""

    task_id: UUID
    title: str
    owner_id: UUID
    due: datetime
    """By the company's own clock."""
    at: datetime
    """Which of the task's reminders it is."""


@dataclass(frozen=True, kw_only=True)
class RemindersDue(Event):
    """The time for some reminders has come."""

    reminders: tuple[Reminder, ...]
