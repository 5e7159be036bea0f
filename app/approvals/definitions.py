"""What an administrator draws: a flow as a tree of sequences, read from plain JSON.

A sequence goes from top to bottom; branches and parallels hold sequences of their own, so that everything
drawn can be reached and everything comes to an end, but for what `checking` looks after.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class Mode(StrEnum):
    """Whose word counts where several decide."""

    ANY = "any"
    ALL = "all"
    SHARE = "share"
    SEQUENCE = "sequence"


class Then(StrEnum):
    """What happens where a step has nobody who can decide."""

    SKIP = "skip"
    SUPERIOR = "superior"
    PERSON = "person"
    STOP = "stop"
    ASK = "ask"


class Outcome(StrEnum):
    """How an approval ends."""

    GRANTED = "granted"
    REJECTED = "rejected"


class Resuming(StrEnum):
    """Who decides again after something was sent back."""

    REPLAY = "replay"
    RESUME = "resume"
    CHOOSE = "choose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """What to do instead, and with whom."""

    then: Then
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A rule that names people; which of its facts count is told by `by`."""

    by: str
    ids: tuple[UUID, ...] = ()
    id: UUID | None = None
    within: str = "company"
    level: int = 1
    up_to: int = 1
    most: int = 1
    role_id: UUID | None = None
    department_id: UUID | None = None
    node: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time, by the clock or by the company's working days."""

    amount: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeout:
    """How long a step may take, and what happens when it takes longer."""

    span: Span
    remind: Span | None
    then: str
    to: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class May:
    """What those who decide may do besides."""

    transfer: bool = True
    add: bool = True
    send_back: bool = True
    copy: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A place in a flow."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking(Node):
    """A place where people are asked: to approve, or to do something and say that it is done."""

    handles: bool
    who: tuple[Who, ...]
    mode: Mode
    share: int
    rejects: str
    on_reject: str
    """`end`, `submitter`, or the id of an earlier node with a `#` before it."""
    nobody: Fallback
    own: Fallback
    gone: Fallback
    again: str
    comment: str
    signature: bool
    may: May
    resume: Resuming
    timeout: Timeout | None
    fields: Mapping[str, str]

    @property
    def returns_to(self) -> str | None:
        """The node that a rejection leads back to, if it leads to one."""
        return self.on_reject[1:] if self.on_reject.startswith("#") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy(Node):
    """A place where people are told."""

    who: tuple[Who, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """One way of several."""

    id: str
    name: str
    when: Any
    """A filter tree; None for the way that is taken otherwise."""
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(Node):
    """A place where the first way is taken whose condition holds."""

    arms: tuple[Arm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parallel(Node):
    """A place where all ways are taken at a time; it goes on when all are through."""

    arms: tuple[Arm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class End(Node):
    """A place where it is over."""

    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A whole flow; at the end of its sequence what was asked for is granted."""

    nodes: tuple[Node, ...]
    withdraw: str = "always"
    places: Mapping[str, "Place"] = field(default_factory=dict)

    def node(self, node_id: str) -> Node:
        """The node of an id."""
        return self.places[node_id].node

    def asking(self, node_id: str) -> Asking:
        """The node of an id, where people are asked."""
        node = self.node(node_id)
        assert isinstance(node, Asking)  # noqa: S101  (narrows the type: only such nodes have seats)
        return node

    def after(self, node_id: str | None) -> frozenset[str]:
        """The node itself and all that come after it; ways beside it are not after it.

        :param node_id: None for the beginning, which everything comes after
        """
        if node_id is None:
            return frozenset(self.places)
        found = {node_id}
        place: Place | None = self.places[node_id]
        while place is not None:
            for later in place.sequence[place.index + 1 :]:
                found.update(node.id for node in within((later,)))
            place = self.places[place.holder] if place.holder else None
        return frozenset(found)

    def before(self, node_id: str) -> frozenset[str]:
        """The nodes that are through when this one is reached, if they lie on the way taken."""
        return frozenset(one for one in self.places if one != node_id and node_id in self.after(one))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands."""

    node: Node
    sequence: tuple[Node, ...]
    index: int
    holder: str | None
    """The branch or parallel in one of whose ways it stands."""


def within(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Nodes and all that stand in their ways, from top to bottom."""
    for node in nodes:
        yield node
        if isinstance(node, Branch | Parallel):
            for arm in node.arms:
                yield from within(arm.nodes)


def placed(nodes: tuple[Node, ...], holder: str | None = None) -> Iterator[tuple[str, Place]]:
    """Where each node stands, by its id."""
    for index, node in enumerate(nodes):
        yield node.id, Place(node, nodes, index, holder)
        if isinstance(node, Branch | Parallel):
            for arm in node.arms:
                yield from placed(arm.nodes, node.id)
