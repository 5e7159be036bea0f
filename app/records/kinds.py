"""Records of any kind, for what can hang on all of them: known by the word of their kind and their id.

A kind is registered once, in `app/flows` (most in `record_kinds.py`); comments and files then work for it by
themselves. Whoever may read a record reads what hangs on it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import Rule
from app.core.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a record is found, and on whose timelines it is told of."""

    label: str
    link: str
    """A path of our own pages."""
    about_id: UUID | None
    also_about_id: UUID | None = None


class Reading(Protocol):
    """Who may read a record: a rule, or whatever else says so."""

    def allows(self, actor: Actor, subject: Any, /) -> bool:
        """Whether this actor may read that."""


def _nobody(_row: Any) -> Collection[UUID]:
    return ()


def _none(_row: Any, _file_id: UUID) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """What is to be known of a kind of record."""

    word: str
    get: Callable[[Actor, UUID], Any]
    """A record that the actor sees outside the bin; NotFound otherwise."""
    demand: Callable[[Any, Actor, UUID], object]
    """The same on the fast lane, for its refusal only."""
    read: Reading
    update: Rule[Any]
    place: Callable[[Any], Place]
    shared_with: Callable[[Any], Collection[UUID]] = _nobody
    """Collaborators, who see it whatever their scope."""
    sees: Callable[[Any, Sequence[Actor]], Collection[UUID]] | None = None
    """Which of several see it, where owner, department and collaborators do not tell."""
    annotate: Rule[Any] | None = None
    answerable: Callable[[Any], Collection[UUID]] = _nobody
    """Who hears of an annotation."""
    most_files: int | None = None
    """How many files can hang on one; None: as many as on others."""
    most_bytes: int | None = None
    """How large all files on one may be together, where it matters."""
    shows: Callable[[Any, UUID], bool] = _none
    """Whether it shows a file that hangs on it, which then stays."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record that an actor sees."""

    kind: RecordKind
    row: Any

    @property
    def id(self) -> UUID:
        """Its id."""
        found: UUID = self.row.id
        return found

    @property
    def place(self) -> Place:
        """Where it is found."""
        return self.kind.place(self.row)


_kinds: dict[str, RecordKind] = {}


def register(kind: RecordKind) -> None:
    """Make a kind known; called once per kind while the product starts."""
    _kinds[kind.word] = kind


def kind_of(word: str) -> RecordKind:
    """The kind of a word.

    :raises NotFound: when there is none such
    """
    if word not in _kinds:
        raise NotFound
    return _kinds[word]
