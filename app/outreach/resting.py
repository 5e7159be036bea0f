"""What rests for now: each kind of origin may say which of its messages are not to go out yet."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, true

_clauses: list[Callable[[], ColumnElement[bool]]] = []


def register(clause: Callable[[], ColumnElement[bool]]) -> None:
    """Have messages of which a condition holds wait until it does not; whoever ends that rings."""
    _clauses.append(clause)


def awake() -> ColumnElement[bool]:
    """Of messages: nothing that they come from rests."""
    return and_(true(), *(~clause() for clause in _clauses))
