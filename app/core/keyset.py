"""Pages by key instead of offset: the page after a row costs what the first page costs."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from app.core.clock import in_utc
from app.core.errors import Invalid, invalid

MAX_LIMIT = 200
DEFAULT_LIMIT = 20
_LONGEST_CURSOR = 2000


@dataclass(frozen=True, slots=True)
class Aside:
    """A table `v` beside the records with what they are sorted by: a row for each that has something.

    An index of it leads from the tenant over `where` and the value to the record, whose id is `v.record_id`.
    """

    table: str
    value: str
    """As it stands there."""
    column: str
    """What is compared: the value, or its rank."""
    where: str
    params: Mapping[str, Any]
    ranks: str = ""
    """The array of all values in the order that they are to have, if that is not their own."""

    @property
    def filled(self) -> str:
        """What holds of the rows that count."""
        present = f"{self.value} = ANY ({self.ranks})" if self.ranks else f"{self.value} IS NOT NULL"
        return f"{self.where} AND {present}"


@dataclass(frozen=True, slots=True)
class SortKey:
    """Something a list can be sorted by: an indexed column that is never null, ties broken by the id.

    What stands aside may be missing: records without it come last, whatever the direction.
    """

    name: str
    column: str
    read: Callable[[str], Any]
    """From the text in a cursor to a value; raises ValueError."""
    aside: Aside | None = None


def instant_key(name: str, column: str | None = None) -> SortKey:
    """A sort by time."""
    return SortKey(name, f"r.{column or name}", _instant)


def _instant(text: str) -> datetime:
    return in_utc(datetime.fromisoformat(text))


def day_key(name: str) -> SortKey:
    """A sort by a date."""
    return SortKey(name, f"r.{name}", date.fromisoformat)


def text_key(name: str, column: str) -> SortKey:
    """A sort by a text column in byte order."""
    return SortKey(name, f"r.{column}", plain_text)


def whole_key(name: str) -> SortKey:
    """A sort by a column of whole numbers."""
    return SortKey(name, f"r.{name}", _whole)


def _whole(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise ValueError
    return int(text)


def plain_text(text: str) -> str:
    """Text out of a cursor, if it can stand in a column.

    :raises ValueError: if it cannot
    """
    if "\x00" in text:
        raise ValueError
    text.encode()
    return text


@dataclass(frozen=True, slots=True)
class Sort:
    """A key and a direction."""

    key: SortKey
    descending: bool

    @property
    def token(self) -> str:
        """As on the wire: `-updated_at`."""
        return f"-{self.key.name}" if self.descending else self.key.name

    @property
    def order(self) -> str:
        """The ORDER BY."""
        return self.by(self.key.column, "r.id")

    def by(self, column: str, row_id: str) -> str:
        """The ORDER BY over columns that go by other names."""
        word = " DESC" if self.descending else ""
        last = " NULLS LAST" if self.key.aside and self.descending else ""
        return f"{column}{word}{last}, {row_id}{word}"

    @property
    def beyond(self) -> str:
        """The condition for rows after a cursor."""
        return f"({self.key.column}, r.id) {self._sign} (%(after_value)s, %(after_id)s)"

    def past(self, place: "After | None") -> str:
        """The condition for rows after a place that may be among those without a value; empty for none."""
        if place is None:
            return ""
        if not self.key.aside:
            return self.beyond
        if place.value is None:
            return f"({self.key.column} IS NULL AND r.id {self._sign} %(after_id)s)"
        return f"({self.beyond} OR {self.key.column} IS NULL)"

    @property
    def _sign(self) -> str:
        return "<" if self.descending else ">"


def sorts_of(*keys: SortKey) -> Mapping[str, Sort]:
    """Every way a list can be sorted, by its token."""
    both = [Sort(key, descending) for key in keys for descending in (False, True)]
    return {sort.token: sort for sort in both}


def read_sort(token: str | None, sorts: Mapping[str, Sort], default: str) -> Sort:
    """The sort asked for.

    :raises Invalid: naming `sort`
    """
    sort = sorts.get(token or default)
    if sort is None:
        raise invalid("sort", "bad-sort", value=(token or "")[:40])
    return sort


@dataclass(frozen=True, slots=True)
class After:
    """The last row of the page before."""

    value: Any
    id: UUID


def write_cursor(sort: Sort, value: str | None, row_id: str) -> str:
    """An opaque cursor: the place after a row, good for this sort only."""
    packed = orjson.dumps([sort.token, value, row_id])
    return base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def read_cursor(cursor: str, sort: Sort) -> After:
    """The place a cursor stands for.

    :raises Invalid: naming `cursor`, when it is not one of ours, or of another sort
    """
    try:
        if len(cursor) > _LONGEST_CURSOR:
            raise _bad_cursor()
        packed = base64.b64decode(
            cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True
        )
        token, value, row_id = orjson.loads(packed)
        if token != sort.token or not isinstance(row_id, str):
            raise _bad_cursor()
        if value is None and sort.key.aside:
            return After(None, UUID(row_id))
        if not isinstance(value, str):
            raise _bad_cursor()
        read = sort.key.read(value)
        if isinstance(read, datetime) and read.tzinfo is None:
            raise _bad_cursor()
        return After(read, UUID(row_id))
    except (ValueError, TypeError, binascii.Error, OverflowError):
        raise _bad_cursor() from None


def read_id_cursor(cursor: str | None) -> UUID | None:
    """The record behind which a page in the order of ids begins; its cursor is that id in hex.

    :raises Invalid: naming `cursor`, when it is not one of ours
    """
    try:
        return UUID(hex=cursor) if cursor else None
    except ValueError:
        raise _bad_cursor() from None


def _bad_cursor() -> Invalid:
    return invalid("cursor", "bad-cursor")
