"""The words that tasks are described with."""

from datetime import datetime
from enum import StrEnum

from app.core.errors import invalid


class Priority(StrEnum):
    """How much a task matters."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Scope(StrEnum):
    """Of a task that comes back: what a change is about."""

    THIS = "this"
    FOLLOWING = "following"
    """This one and all after it."""


YEARS = range(1970, 2200)
"""When something can be due: any other year is a slip of the pen."""


def demand_near(due_at: datetime) -> None:
    """Refuse a moment that is a slip of the pen.

    :raises Invalid: naming `due_at`
    """
    if due_at.year not in YEARS:
        raise invalid("due_at", "too-far", first=YEARS.start, last=YEARS.stop - 1)
