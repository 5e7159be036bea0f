"""The words by which limits are told apart."""

from enum import StrEnum


class Per(StrEnum):
    """What a limit is counted over."""

    LINE = "line"
    DAY = "day"
    MONTH = "month"


class Mode(StrEnum):
    """What becomes of whoever is above a limit."""

    WARN = "warn"
    """They must say why."""
    STOP = "stop"
    """They cannot submit it."""
