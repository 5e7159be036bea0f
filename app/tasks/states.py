"""The words that tasks are described with."""

from enum import StrEnum


class Priority(StrEnum):
    """How much a task matters."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"
