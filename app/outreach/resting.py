"""What rests for now, and what is over: each kind of origin may say which of its messages are not to go out.

Both are asked whenever a message is let go and again at the moment of sending, so that whoever pauses or ends
something reaches what is in the outbox already. What a colleague sends once more by hand stands on its own.
"""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Text, and_, case, literal, null, true

from app.outreach.models import OutreachMessage

Clause = Callable[[], ColumnElement[bool]]
_rests: list[Clause] = []
_ends: list[tuple[Clause, str]] = []


def register(clause: Clause) -> None:
    """Have messages of which a condition holds wait; whoever has them go on calls `planning.wake`."""
    _rests.append(clause)


def register_end(clause: Clause, reason: str) -> None:
    """Have messages of which a condition holds not go out any more."""
    _ends.append((clause, reason))


def awake() -> ColumnElement[bool]:
    """Of messages: nothing that they come from rests."""
    return OutreachMessage.repeated_at.is_not(None) | and_(true(), *(~clause() for clause in _rests))


def over() -> ColumnElement[str | None]:
    """Of messages: why they are not to go out any more, if what they come from is over."""
    if not _ends:
        return null().cast(Text)
    reasons = [
        (clause() & OutreachMessage.repeated_at.is_(None), literal(reason)) for clause, reason in _ends
    ]
    return case(*reasons, else_=null())
