"""The words that forms are described with."""

from enum import StrEnum


class FormState(StrEnum):
    """Whether a form can be filled in."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Openness(StrEnum):
    """Who may start a form."""

    OPEN = "open"
    """Every colleague."""
    HALF_OPEN = "half-open"
    """Colleagues, roles and departments that are named."""
    CLOSED = "closed"
    """Colleagues that are named, and nobody else."""


class EntryState(StrEnum):
    """What has become of something that was filled in."""

    DRAFT = "draft"
    """Not submitted yet."""
    RUNNING = "running"
    RETURNED = "returned"
    """Back with whoever filled it in, to be corrected."""
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Kind(StrEnum):
    """What can be put on a form."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATE_RANGE = "date_range"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    USER = "user"
    DEPARTMENT = "department"
    CUSTOMER = "customer"
    FILE = "file"
    TABLE = "table"
    FORMULA = "formula"
    NOTE = "note"
    """A text that explains; nothing is filled in."""


IN_TABLES = frozenset({Kind.TEXT, Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.CHOICE, Kind.FORMULA})
"""What a column can hold."""
