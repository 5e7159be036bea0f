"""What lies in letters: made when they are sent, so that nothing large waits in the outbox."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes along."""

    name: str
    media: str
    content: bytes
    shown_as: str | None = None
    """By which name a page may show it in itself."""


class Vanished(Exception):
    """What was to go along is no longer there."""


Maker = Callable[[Mapping[str, Any]], Sequence[File]]
_makers: dict[str, Maker] = {}


def register(kind: str, maker: Maker) -> None:
    """Say how a kind of enclosure is made from what the letter says of it.

    It is called outside any transaction, within the tenant; it raises `Vanished` where there is nothing left
    to enclose.
    """
    _makers[kind] = maker


def made(envelope: Mapping[str, Any] | None) -> Sequence[File]:
    """What lies in a letter.

    :raises Vanished: if it is no longer there
    """
    enclosed = envelope and envelope["enclosed"]
    return _makers[enclosed["kind"]](enclosed) if enclosed else ()
