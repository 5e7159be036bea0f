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
    described: Mapping[str, Any] | None = None
    """Of kinds that companies make themselves: what it is called ("name"), and what its card shows in which
    words ("fields", each with its "name"), as it was when it was submitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is to be known of a fact besides how it is compared."""

    type: str = "plain"
    """money (in minor units), rate (in ten-thousandths), user, department, customer, or plain."""
    currency: str | None = None
    """Of money, if it is always the same."""
    label: str | None = None
    """What it is called, if the company says so itself."""
    part: str | None = None
    """Of a label that names something larger: which part of it is meant."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What its choices are called, if the company says so itself."""


def _nobody(_actor: Actor, _subject_id: UUID) -> bool:
    return False


def _no_inputs(_subject_id: UUID, _names: Collection[str]) -> list[dict[str, Any]]:
    return []


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
    inputs: Callable[[UUID, Collection[str]], list[dict[str, Any]]] = _no_inputs
    """How some of them are put in, as fields of forms are designed, each with what it says now ("value");
    those that the subject has no place for are left out."""
    record: str | None = None
    """The word of the kind of record it is, if files hang on it: whoever sees the approval reads them."""
    link: Callable[[UUID], str | None] | None = None
    """A path of our own pages to the subject, if it is still there."""
    name: str | None = None
    """What it is called, if the company says so itself."""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """By name, what is to be known of facts besides."""
    former: Fields = field(default_factory=dict)
    """What conditions could ask before: flows that are still walked may do so."""
    overseen: Callable[[Actor, UUID], bool] = _nobody
    """Whether an actor sees the approvals of a subject though they have no part in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Kinds that each company makes itself; their words begin with the family's and a full stop."""

    find: Callable[[str], SubjectKind | None]
    """The kind of a word, in the current company."""
    all: Callable[[], Collection[SubjectKind]]
    """Those that can be asked for, in the current company; a fixed number of statements."""


_kinds: dict[str, SubjectKind] = {}
_families: dict[str, Family] = {}


def register(kind: SubjectKind) -> None:
    """Make a kind known; called once per kind while the product starts."""
    _kinds[kind.word] = kind


def register_family(word: str, family: Family) -> None:
    """Make kinds known that companies make themselves."""
    _families[word] = family


def kind_of(word: str) -> SubjectKind:
    """The kind of a word.

    :raises NotFound: when there is none such
    """
    family = _families.get(word.partition(".")[0])
    found = family.find(word) if family else _kinds.get(word)
    if found is None:
        raise NotFound
    return found


def all_kinds() -> Collection[SubjectKind]:
    """All kinds, those that the company has made itself last."""
    own = (kind for family in _families.values() for kind in family.all())
    return (*(_kinds[word] for word in sorted(_kinds)), *own)


def words() -> Collection[str]:
    """The words of all kinds."""
    return tuple(kind.word for kind in all_kinds())


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


def ever_of(kind: SubjectKind) -> Fields:
    """The same with what they could ask before."""
    return {**kind.former, **fields_of(kind)}


DESCRIBED = "described"


def facts_of(subject: Subject) -> dict[str, Any]:
    """What an approval keeps of its subject."""
    return {
        **subject.facts,
        **({DESCRIBED: subject.described} if subject.described else {}),
        "owner_id": str(subject.owner_id) if subject.owner_id else None,
        "collaborator_ids": [str(one) for one in subject.collaborator_ids],
    }
