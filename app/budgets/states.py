"""The words by which budgets, and what is charged to them, are told apart."""

from enum import StrEnum


class Mode(StrEnum):
    """What becomes of what goes over a budget."""

    WARN = "warn"
    """Whoever decides is told."""
    STOP = "stop"
    """It cannot be submitted."""


class OutlayState(StrEnum):
    """How far money is gone."""

    RESERVED = "reserved"
    """Asked for, or granted and not spent yet."""
    USED = "used"
    """Spent, and granted to whoever spent it."""
