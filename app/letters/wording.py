"""The words of a letter: which variables stand in them, and how they read for one person."""

from collections.abc import Mapping
from typing import Protocol

from app.message_templates.parsing import Piece, Slot, pieces, slots
from app.message_templates.rendering import MissingValue
from app.messaging.texts import one_line

PARTS = ("heading", "salutation", "body", "signature")
"""The parts in which variables may stand, in their order on the paper."""


class Worded(Protocol):
    """What has the words of a letter: one that is kept, or one that is being written."""

    heading: str | None
    salutation: str | None
    body: str
    signature: str | None


def wanted(letter: Worded) -> dict[str, Slot]:
    """The variables of a letter with their fall-backs.

    :raises Broken: for what cannot be read
    """
    return slots(piece for part in PARTS for piece in _pieces(letter, part))


def filled(letter: Worded, values: Mapping[str, str]) -> dict[str, str]:
    """The parts of a letter as one person reads them.

    :raises MissingValue: naming every variable that is not known and has no fall-back
    """
    found = wanted(letter)
    known = {name: one_line(values.get(name, "")) or slot.fallback or "" for name, slot in found.items()}
    if missing := [name for name, value in known.items() if not value]:
        raise MissingValue(missing)
    return {
        part: "".join(known[one.name] if isinstance(one, Slot) else one for one in _pieces(letter, part))
        for part in PARTS
    }


def _pieces(letter: Worded, part: str) -> list[Piece]:
    return pieces(getattr(letter, part) or "")
