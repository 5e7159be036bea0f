"""What rests for now, and what is over: each kind of origin may say which of its messages are not to go out.

Both are asked whenever a message is let go and again at the moment of sending, so that whoever pauses or ends
something reaches what is in the outbox already. What a colleague sends once more by hand stands on its own.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, literal, null, true

from app.core.db import Base
from app.outreach.models import OutreachMessage

Rows = Callable[[], Select[Any]]
"""Makes a subquery that finds something for messages of which a condition holds."""
_rests: list[tuple[Rows, type[Base]]] = []
_ends: list[tuple[Rows, str]] = []


def register(rows: Rows, of: type[Base]) -> None:
    """Have messages of which a condition holds wait; whoever has them go on calls `planning.wake`.

    :param of: of which table a row says that they rest
    """
    _rests.append((rows, of))


def register_end(rows: Rows, reason: str) -> None:
    """Have messages of which a condition holds not go out any more."""
    _ends.append((rows, reason))


def awake(*, firmly: bool = False) -> ColumnElement[bool]:
    """Of messages: nothing that they come from rests.

    :param firmly: what rests goes on only after this transaction
    """
    asked = ((rows().with_for_update(read=True, of=of) if firmly else rows()) for rows, of in _rests)
    return OutreachMessage.repeated_at.is_not(None) | and_(true(), *(~one.exists() for one in asked))


def over() -> ColumnElement[str | None]:
    """Of messages: why they are not to go out any more, if what they come from is over."""
    if not _ends:
        return null().cast(Text)
    reasons = [
        (rows().exists() & OutreachMessage.repeated_at.is_(None), literal(reason)) for rows, reason in _ends
    ]
    return case(*reasons, else_=null())
