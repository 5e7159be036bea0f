"""Values of filters, read strictly from JSON or from the text of a query string."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.core.clock import in_utc

LONGEST_TEXT = 200
LARGEST_NUMBER = 10**15
_INT8 = 2**63 - 1
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Kind(StrEnum):
    """What a field holds, and so what it can be compared with."""

    TEXT = "text"
    CHOICE = "choice"
    ID = "id"
    WHOLE = "whole"
    INSTANT = "instant"
    MEMBER = "member"
    NUMBER = "number"
    DATE = "date"
    YES = "yes"


class Unreadable(Exception):
    """The value is not one of its kind; `code` and `facts` say why."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def _text(value: Any, _spelled: bool) -> str:  # noqa: FBT001
    if not isinstance(value, str):
        raise Unreadable("not-text")
    if len(value) > LONGEST_TEXT:
        raise Unreadable("too-long", max=LONGEST_TEXT)
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in value):
        raise Unreadable("bad-character")
    return unicodedata.normalize("NFC", value)


def _id(value: Any, _spelled: bool) -> UUID:  # noqa: FBT001
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise Unreadable("not-an-id")
    return UUID(value)


def _whole(value: Any, spelled: bool) -> int:  # noqa: FBT001
    if spelled and isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,18}", value):
        return int(value)
    if spelled or isinstance(value, bool) or not isinstance(value, int):
        raise Unreadable("not-a-number")
    if abs(value) > _INT8:
        raise Unreadable("out-of-range", min=-_INT8, max=_INT8)
    return value


def _instant(value: Any, spelled: bool) -> datetime:  # noqa: FBT001
    # In a query string an unescaped plus sign of a time zone arrives as a space.
    text = re.sub(r" (\d\d:?\d\d)$", r"+\1", value) if spelled and isinstance(value, str) else value
    if not isinstance(text, str) or not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:", text):
        raise Unreadable("not-a-time")
    try:
        at = in_utc(datetime.fromisoformat(text))
    except ValueError:
        raise Unreadable("not-a-time") from None
    # At the ends of the calendar another zone may lie outside it.
    if not 1900 <= at.year <= 9000:
        raise Unreadable("not-a-time")
    return at


def _number(value: Any, spelled: bool) -> Decimal:  # noqa: FBT001
    if spelled and isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,6})?", value):
        return Decimal(value)
    if spelled or isinstance(value, bool) or not isinstance(value, int | float):
        raise Unreadable("not-numeric")
    if not abs(value) < LARGEST_NUMBER:
        raise Unreadable("out-of-range", min=-LARGEST_NUMBER, max=LARGEST_NUMBER)
    return Decimal(str(value))


def _date(value: Any, _spelled: bool) -> str:  # noqa: FBT001
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise Unreadable("not-a-date")
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Unreadable("not-a-date") from None


def _yes(value: Any, spelled: bool) -> str:  # noqa: FBT001
    if spelled and value in {"true", "false"}:
        return str(value)
    if not isinstance(value, bool):
        raise Unreadable("not-a-boolean")
    return "true" if value else "false"


READERS: dict[Kind, Callable[[Any, bool], Any]] = {
    Kind.TEXT: _text,
    Kind.CHOICE: _text,
    Kind.MEMBER: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.YES: _yes,
    Kind.ID: _id,
    Kind.WHOLE: _whole,
    Kind.INSTANT: _instant,
}
