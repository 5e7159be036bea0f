"""What a custom field can hold."""

from enum import StrEnum


class FieldKind(StrEnum):
    """The kinds of custom fields."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATE_TIME = "date_time"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    YES_NO = "yes_no"
    USER = "user"
    DEPARTMENT = "department"
    RECORD = "record"
    FILE = "file"
    FORMULA = "formula"


CHOOSING = frozenset({FieldKind.CHOICE, FieldKind.MULTI_CHOICE})
REFERRING = frozenset({FieldKind.USER, FieldKind.DEPARTMENT, FieldKind.RECORD})
NEVER_FOUND_BY = frozenset({FieldKind.LONG_TEXT, FieldKind.FILE})
"""Kinds that make no useful filter."""
MAY_BE_UNIQUE = frozenset({FieldKind.TEXT, FieldKind.NUMBER, FieldKind.DATE})
RESULTS = (FieldKind.NUMBER, FieldKind.TEXT, FieldKind.DATE, FieldKind.YES_NO)
"""What a formula may come to."""
