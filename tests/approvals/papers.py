"""A kind of subject that only tests know: papers, and what they were told of their approvals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.approvals.kinds import Subject, SubjectKind, Turn, register
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.ids import new_id
from app.core.json_shapes import whole, words

KIND = "paper"


@dataclass
class Paper:
    """Something to be granted."""

    id: UUID
    facts: dict[str, Any]
    owner_id: UUID | None = None
    collaborator_ids: tuple[UUID, ...] = ()
    turns: list[Turn] = field(default_factory=list)


_papers: dict[UUID, Paper] = {}


def paper(at: UUID | None = None, /, **facts: Any) -> Paper:
    """A paper with these facts; with the id of a record, it is about that."""
    made = Paper(at or new_id(), {"amount": 100, "region": "east", "secret": 7, **facts})
    _papers[made.id] = made
    return made


def _look(_actor: Actor, paper_id: UUID) -> Subject:
    if paper_id not in _papers:
        raise NotFound
    found = _papers[paper_id]
    return Subject(
        id=found.id,
        title=f"Paper over {found.facts['amount']}",
        facts=dict(found.facts),
        owner_id=found.owner_id,
        collaborator_ids=found.collaborator_ids,
    )


def _turn(paper_id: UUID, turn: Turn) -> None:
    _papers[paper_id].turns.append(turn)


def _revise(actor: Actor, paper_id: UUID, changes: Mapping[str, Any]) -> Subject:
    _papers[paper_id].facts.update(changes)
    return _look(actor, paper_id)


register(
    SubjectKind(
        word=KIND,
        fields=declare(
            Field("amount", Kind.WHOLE, ""),
            Field("region", Kind.CHOICE, "", ("east", "west")),
            Field("secret", Kind.WHOLE, ""),
        ),
        shown=("amount", "region", "secret"),
        submit=_look,
        look=_look,
        turn=_turn,
        editable={"amount": whole(0, 10**9), "region": words(10)},
        revise=_revise,
    )
)
