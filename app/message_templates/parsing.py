"""Reading what is written with variables: `{{contact.name}}`, or with a fall-back `{{contact.title|您}}`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from app.message_templates.variables import VARIABLES, is_own

_SLOT = re.compile(r"(\{\{[^{}]*\}\})")
_BRACES = re.compile(r"\{\{|\}\}")
LONGEST_FALLBACK = 50
_SHOWN = 40


class Broken(Exception):
    """It cannot be read; `code` and `facts` say why."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a variable is filled in."""

    name: str
    fallback: str | None = None
    """What stands there for those of whom it is not known."""


Piece = str | Slot


def pieces(written: str, *, html: bool = False) -> list[Piece]:
    """What is written, as text and slots in their order.

    :raises Broken: at the first thing that is no variable
    """
    found: list[Piece] = []
    for part in _SLOT.split(written):
        if _SLOT.fullmatch(part):
            found.append(_slot(unescape(part[2:-2]) if html else part[2:-2]))
        elif brace := _BRACES.search(part):
            near = part[max(brace.start() - 10, 0) : brace.end() + 20]
            raise Broken("template-broken-variable", near=near[:_SHOWN])
        elif part:
            found.append(part)
    return found


def _slot(inside: str) -> Slot:
    name, bar, fallback = inside.partition("|")
    name, fallback = name.strip(), fallback.strip()
    if name not in VARIABLES and not is_own(name):
        raise Broken("template-unknown-variable", variable=name[:_SHOWN])
    if bar and not fallback:
        raise Broken("template-empty-fallback", variable=name)
    if len(fallback) > LONGEST_FALLBACK:
        raise Broken("template-long-fallback", variable=name, max=LONGEST_FALLBACK)
    return Slot(name, fallback or None)


def slots(several: Iterable[Piece]) -> dict[str, Slot]:
    """The variables among pieces, by name, in the order in which they stand.

    :raises Broken: if one has two fall-backs: of a person, one thing holds
    """
    found: dict[str, Slot] = {}
    for piece in several:
        if isinstance(piece, Slot):
            known = found.setdefault(piece.name, piece)
            if known != piece:
                raise Broken("template-two-fallbacks", variable=piece.name)
    return found
