"""Reading plain JSON strictly, from small readers put together: what does not fit is refused by its place.

A reader takes a value and the place it stands at, and gives what the value means.
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from app.core.errors import invalid
from app.core.filter_values import READERS, Kind, Unreadable

T = TypeVar("T", bound=StrEnum)
Reader = Callable[[Any, str], Any]
Members = Mapping[str, Reader | tuple[Reader, Any]]
"""The readers of an object's members; one with a default may be missing."""
_MISSING = object()
_KEY = re.compile(r"[a-z0-9-]{1,40}")


def members(sent: Any, at: str, readers: Members) -> dict[str, Any]:
    """The members of an object, in the order of their readers, and no others.

    :raises Invalid: naming the place
    """
    for name in thing(sent, at):
        if name not in readers:
            raise invalid(f"{at}.{str(name)[:40]}", "unknown-field")
    found = {}
    for name, reader in readers.items():
        read, default = reader if isinstance(reader, tuple) else (reader, _MISSING)
        if name in sent:
            found[name] = read(sent[name], f"{at}.{name}")
        elif default is _MISSING:
            raise invalid(f"{at}.{name}", "required")
        else:
            found[name] = default
    return found


def thing(sent: Any, at: str) -> dict[str, Any]:
    """An object, whatever is in it."""
    if not isinstance(sent, dict):
        raise invalid(at, "not-an-object")
    return sent


def list_of(reader: Reader, *, least: int = 0, most: int) -> Reader:
    """Reads a list of so many."""

    def read(sent: Any, at: str) -> tuple[Any, ...]:
        if not isinstance(sent, list):
            raise invalid(at, "not-a-list")
        if len(sent) < least:
            raise invalid(at, "too-few", min=least)
        if len(sent) > most:
            raise invalid(at, "too-many", max=most)
        return tuple(reader(one, f"{at}.{i}") for i, one in enumerate(sent))

    return read


def choice(*words: str) -> Reader:
    """Reads one of some words."""

    def read(sent: Any, at: str) -> str:
        if not isinstance(sent, str) or sent not in words:
            raise invalid(at, "not-a-choice", choices=", ".join(words))
        return words[words.index(sent)]

    return read


def whole(least: int, most: int) -> Reader:
    """Reads a whole number."""

    def read(sent: Any, at: str) -> int:
        if isinstance(sent, bool) or not isinstance(sent, int):
            raise invalid(at, "not-a-number")
        if not least <= sent <= most:
            raise invalid(at, "out-of-range", min=least, max=most)
        return sent

    return read


def yes_no(sent: Any, at: str) -> bool:
    """Reads yes or no."""
    if not isinstance(sent, bool):
        raise invalid(at, "not-a-boolean")
    return sent


def identifier(sent: Any, at: str) -> UUID:
    """Reads the id of a record."""
    return UUID(str(_read(Kind.ID, sent, at)))


def key(sent: Any, at: str) -> str:
    """Reads a short name that only programs see."""
    if not isinstance(sent, str) or not _KEY.fullmatch(sent):
        raise invalid(at, "bad-key")
    return sent


def words(longest: int) -> Reader:
    """Reads a line of text."""

    def read(sent: Any, at: str) -> str:
        text = str(_read(Kind.TEXT, sent, at)).strip()
        if not text:
            raise invalid(at, "required")
        if len(text) > longest:
            raise invalid(at, "too-long", max=longest)
        return text

    return read


def optional(reader: Reader) -> Reader:
    """Reads what may be null."""
    return lambda sent, at: None if sent is None else reader(sent, at)


def _read(kind: Kind, sent: Any, at: str) -> Any:
    try:
        return READERS[kind](sent, False)  # noqa: FBT003
    except Unreadable as error:
        raise invalid(at, error.code, **error.facts) from None
