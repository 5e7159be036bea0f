"""Borrowing money, as something to be granted: all that the engine of approvals is told of advances."""

from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.advances import progress, queries
from app.advances.models import Advance
from app.advances.trail import SUBJECT as KIND
from app.advances.trail import money
from app.approvals import following
from app.approvals.kinds import Fact, Subject, SubjectKind, Turn, register
from app.core import clock
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from tenants import calendar


def _subject(advance: Advance) -> Subject:
    today = calendar.today(calendar.zone())
    owes, late = queries.owed_before(advance, today)
    since = advance.submitted_at or clock.now()
    facts: dict[str, Any] = {
        **{name: getattr(advance, name) for name in ("number", "title", "currency", "amount", "remark")},
        "total": money(advance, advance.amount),
        "due_on": advance.due_on.isoformat(),
        "days": (advance.due_on - since.astimezone(calendar.zone()).date()).days,
        "owes": owes,
        "owed": money(advance, owes) if owes else None,
        "overdue_count": late,
    }
    return Subject(id=advance.id, title=advance.label, facts=facts, owner_id=advance.owner_id)


def _submit(actor: Actor, advance_id: UUID) -> Subject:
    """What was submitted a moment ago, and is told of now."""
    advance = queries.get(actor, advance_id, to_change=True)
    advance.demand_submitted()
    return _subject(advance)


def _look(actor: Actor, advance_id: UUID) -> Subject:
    return _subject(queries.get(actor, advance_id))


_TURNS = {
    Turn.BEGUN: progress.take_up,
    Turn.RESUMED: progress.take_up,
    Turn.GRANTED: progress.grant,
    Turn.REJECTED: progress.reject,
    Turn.RETURNED: progress.send_back,
    Turn.WITHDRAWN: progress.withdraw,
}

register(
    SubjectKind(
        word=KIND,
        fields=declare(
            Field("amount", Kind.WHOLE, ""),
            Field("currency", Kind.TEXT, ""),
            Field("due_on", Kind.DATE, ""),
            Field("days", Kind.WHOLE, ""),
            Field("owes", Kind.WHOLE, ""),
            Field("overdue_count", Kind.WHOLE, ""),
        ),
        facts={name: Fact(type="money") for name in ("amount", "owes")},
        shown=("number", "title", "total", "due_on", "days", "owed", "overdue_count", "remark"),
        submit=_submit,
        look=_look,
        turn=following.turner(queries.get, _TURNS),
        record=KIND,
        link=lambda advance_id: f"/advances/{advance_id}",
    )
)
