"""The words that tasks are described with."""

from enum import StrEnum


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
