"""The words that care rules are made of."""

from enum import StrEnum


class RuleState(StrEnum):
    """Whether a rule is at work."""

    DRAFT = "draft"
    ON = "on"
    OFF = "off"


class TriggerKind(StrEnum):
    """What a rule waits for."""

    BIRTHDAY = "birthday"
    FESTIVAL = "festival"
    DATE = "date"
    """A date that a record has."""
    EVENT = "event"
    """Something that happens: a plan begins for somebody."""


class Happening(StrEnum):
    """What a plan begins with."""

    CUSTOMER_CREATED = "customer-created"
    QUOTE_APPROVED = "quote-approved"
    QUOTE_ACCEPTED = "quote-accepted"
    SERVICE_DONE = "service-done"
    PURCHASED = "purchased"


class Shift(StrEnum):
    """Where a day goes on which the company does not work."""

    NONE = "none"
    BEFORE = "before"
    AFTER = "after"


class Unit(StrEnum):
    """In what an offset is told."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


BY_CLOCK = frozenset({Unit.MINUTE, Unit.HOUR})
"""Counted from the moment of what happened; the others by days, and have a time of day."""


class Whom(StrEnum):
    """Which of the people at a customer."""

    OWN = "own"
    """Whom the record names; the primary contact where it names nobody."""
    PRIMARY = "primary"
    ALL = "all"


class Stop(StrEnum):
    """What makes the rest of a plan needless."""

    ACTIVITY = "activity"
    """The customer was followed up since."""
    SERVICE = "service"
    """They were served again."""
    QUOTE_ACCEPTED = "quote-accepted"
    PURCHASE = "purchase"
    """They have bought something else."""
    CUSTOMER_LOST = "customer-lost"
    TASK_DONE = "task-done"
    """A task of the plan is done."""


class RunState(StrEnum):
    """How somebody's plan stands."""

    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    ENDED = "ended"


class StepState(StrEnum):
    """How a step of somebody's plan stands."""

    WAITING = "waiting"
    UNDER_WAY = "under-way"
    """Planned, or given to somebody to do; nothing has come of it yet."""
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"
    """It did not go out, or there is nobody to turn to."""


SETTLED = frozenset({StepState.DONE, StepState.SKIPPED})
