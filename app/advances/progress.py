"""How an advance goes on before money moves: submitted, approved, rejected or given back."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import guarded
from app.advances import policies, trail
from app.advances.models import Advance
from app.advances.states import AdvanceState
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import invalid
from app.core.events import publish
from app.events.advances import AdvanceSubmitted, AdvanceWithdrawn
from app.records.submitting import Returned


@guarded(policies.write)
def submit(actor: Actor, advance: Advance, *, chosen: Mapping[str, Sequence[UUID]] | None = None) -> None:
    """Freeze a draft and ask for approval; where nobody takes it up, it is approved at once.

    :param chosen: by node of the flow whose people the submitter chooses, whom
    :raises AdvanceNotDraft: for what was submitted already
    :raises Invalid: if it would be overdue from the start
    """
    advance.demand_changeable()
    at = clock.now()
    if advance.due_on < at.astimezone(actor.zone).date():
        raise invalid("due_on", "day-is-over")
    advance.submit(at=at)
    _write(actor, advance, "submitted")
    publish(AdvanceSubmitted(advance_id=advance.id, submitted_by_id=actor.id, chosen=chosen or {}))
    if advance.state == AdvanceState.SUBMITTED and not advance.in_approval:
        _approve(actor, advance)


@guarded(policies.decide)
def take_up(actor: Actor, advance: Advance) -> None:
    """Say, while a submission is told of, that somebody is asked about it.

    :raises AdvanceNotSubmitted: if it is not submitted
    """
    advance.demand_submitted()
    advance.in_approval = True
    db.session.flush()


@guarded(policies.decide)
def grant(actor: Actor, advance: Advance) -> None:
    """Let a submitted advance be paid out.

    :raises AdvanceNotSubmitted: if nobody asks
    """
    _approve(actor, advance)


@guarded(policies.decide)
def reject(actor: Actor, advance: Advance) -> None:
    """Refuse a submitted advance.

    :raises AdvanceNotSubmitted: if nobody asks
    """
    advance.be_rejected()
    _write(actor, advance, "rejected")


@guarded(policies.decide)
def send_back(actor: Actor, advance: Advance) -> None:
    """Have a submitted advance corrected: it is a draft again.

    :raises AdvanceNotSubmitted: if nobody asks
    """
    advance.come_back(Returned.SENT_BACK)
    _write(actor, advance, "sent_back")


@guarded(policies.write)
def withdraw(actor: Actor, advance: Advance) -> None:
    """Take back a submission, or what was granted and is not needed: it is a draft again.

    :raises AdvanceNotSubmitted: if it was paid out or refused meanwhile
    """
    advance.be_withdrawn()
    _write(actor, advance, "withdrawn")
    publish(AdvanceWithdrawn(advance_id=advance.id, by_id=actor.id))


def _approve(by: Actor, advance: Advance) -> None:
    advance.be_approved(at=clock.now())
    _write(by, advance, "approved")


def _write(by: Actor, advance: Advance, action: str) -> None:
    advance.updated_at = clock.now()
    db.session.flush()
    audit.record(by, trail.entry(advance, action))
