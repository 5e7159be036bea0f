"""What can be approved. A domain registers each kind of subject in one place of its own.

The engine knows a subject by the word of its kind, its id, and the facts that the kind tells of it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, Fields


class Turn(StrEnum):
    """What an approval tells its subject."""

    BEGUN = "begun"
    RETURNED = "returned"
    RESUMED = "resumed"
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something as it is submitted."""

    id: UUID
    title: str
    facts: Mapping[str, Any]
    """Plain JSON by field name: what conditions ask, and what its card shows."""
    owner_id: UUID | None = None
    collaborator_ids: tuple[UUID, ...] = ()


def _nothing(_actor: Actor) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectKind:
    """What is to be known of a kind of subject."""

    word: str
    fields: Fields
    """What conditions of its flows can ask of the facts; their SQL is of no use."""
    shown: tuple[str, ...]
    """The facts that its card shows, in this order."""
    submit: Callable[[Actor, UUID], Subject]
    """The subject, locked and ready to be submitted by the actor; a refusal otherwise."""
    turn: Callable[[UUID, Turn], None]
    """Has the subject follow what becomes of its approval, in the same transaction; no rights are asked."""
    look: Callable[[Actor, UUID], Subject]
    """The subject as an actor sees it, to try a flow on."""
    hidden: Callable[[Actor], frozenset[str]] = _nothing
    """The facts that an actor may not know, whoever else shows them."""
    editable: Mapping[str, Callable[[Any, str], Any]] = field(default_factory=dict)
    """The facts that deciders can be given to correct, each with its reader (see `core.json_shapes`)."""
    revise: Callable[[Actor, UUID, Mapping[str, Any]], Subject] | None = None
    """Corrects them, and gives the subject as it is then."""
    record: str | None = None
    """The word of the kind of record it is, if files hang on it: whoever sees the approval reads them."""
    link: Callable[[UUID], str | None] | None = None
    """A path of our own pages to the subject, if it is still there."""


_kinds: dict[str, SubjectKind] = {}


def register(kind: SubjectKind) -> None:
    """Make a kind known; called once per kind while the product starts."""
    _kinds[kind.word] = kind


def kind_of(word: str) -> SubjectKind:
    """The kind of a word.

    :raises NotFound: when there is none such
    """
    if word not in _kinds:
        raise NotFound
    return _kinds[word]


def words() -> Collection[str]:
    """The words of all kinds."""
    return tuple(sorted(_kinds))


def words_of(record: str) -> Collection[str]:
    """The words of the kinds of subject that are this kind of record."""
    return tuple(word for word, kind in _kinds.items() if kind.record == record)


SUBMITTER = (
    Field("submitter", Kind.ID, ""),
    Field("submitter_department", Kind.MEMBER, ""),
    Field("submitter_role", Kind.MEMBER, ""),
)
"""What conditions of every kind can ask of the submitter; the departments are the own and all above it."""


def fields_of(kind: SubjectKind) -> Fields:
    """All that conditions of a kind's flows can ask."""
    return {**kind.fields, **{one.name: one for one in SUBMITTER}}


def facts_of(subject: Subject) -> dict[str, Any]:
    """What an approval keeps of its subject."""
    return {
        **subject.facts,
        "owner_id": str(subject.owner_id) if subject.owner_id else None,
        "collaborator_ids": [str(one) for one in subject.collaborator_ids],
    }
