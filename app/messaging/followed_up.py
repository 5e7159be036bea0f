"""Which deliveries that did not arrive are nobody's worry any more: who wrote them has gone on already."""

from collections.abc import Callable

Clause = Callable[[str], str]
_clauses: list[Clause] = []


def register(clause: Clause) -> None:
    """Have deliveries of which a condition holds not be sent once more by operators, nor counted as open.

    :param clause: given the name that `deliveries` go by in a statement, the condition in SQL
    """
    _clauses.append(clause)


def followed_up(deliveries: str) -> str:
    """Of deliveries by this name: the condition in SQL that they are nobody's worry any more."""
    return " OR ".join(f"({clause(deliveries)})" for clause in _clauses) or "false"
