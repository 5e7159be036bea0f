"""Asking for something to be granted, correcting it, and taking it back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import demand_writable, unlocked
from app.approvals import drawn, queries
from app.approvals.choosing import checked
from app.approvals.finishing import finish
from app.approvals.kinds import Turn, facts_of, kind_of
from app.approvals.models import Approval, Seat
from app.approvals.running import Running
from app.approvals.states import Action, ApprovalState
from app.approvals.trying import Trial, Way, tried
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.core.ids import new_id


class NoFlow(Conflict):
    """No flow is in force for this kind of subject."""

    code = "no-approval-flow"


class AlreadyRunning(Conflict):
    """The same is being approved already."""

    code = "approval-running"


class NotWithdrawable(Forbidden):
    """The flow does not let it be taken back any more."""

    code = "approval-not-withdrawable"


Choices = Mapping[str, Sequence[UUID]]
"""By node, whom the submitter has chosen."""


@unlocked("the kind of subject says who may submit it")
def submit(
    actor: Actor, word: str, subject_id: UUID, *, chosen: Choices, comment: str | None = None
) -> Approval:
    """Send a subject on its way through the flow in force for its kind; it may be granted at once.

    :raises NoFlow: if there is none
    :raises AlreadyRunning: if it is on its way
    :raises Invalid: about `chosen.<node>`
    """
    demand_writable(actor)
    kind = kind_of(word)
    subject = kind.submit(actor, subject_id)
    flow = drawn.in_force(word)
    if flow is None or flow.published_version is None:
        raise NoFlow
    if queries.going(word, subject_id) is not None:
        raise AlreadyRunning
    at = clock.now()
    approval = Approval(
        id=new_id(),
        flow_id=flow.id,
        flow_version=flow.published_version,
        openness=flow.openness,
        kind=word,
        subject_id=subject.id,
        title=subject.title,
        facts=facts_of(subject),
        chosen=checked(drawn.definition(flow.id, flow.published_version), chosen),
        owner_id=actor.id,
        department_id=actor.department_id,
        state=ApprovalState.RUNNING,
        submitted_at=at,
        updated_at=at,
    )
    db.session.add(approval)
    kind.turn(subject.id, Turn.BEGUN)
    running = Running(approval, fresh=True)
    running.tell(Action.SUBMITTED, by=actor.id, comment=comment)
    running.go_on()
    return finish(actor, running, "submitted")


@unlocked("one's own: it is back with whoever submitted it")
def resubmit(actor: Actor, running: Running, *, chosen: Choices, comment: str | None = None) -> Approval:
    """Send what came back on its way again, as its subject is now.

    :raises ApprovalOver: if it is not back with the submitter
    """
    demand_writable(actor)
    approval = running.approval
    _demand_own(actor, approval)
    approval.demand_going(ApprovalState.RETURNED)
    subject = running.kind.submit(actor, approval.subject_id)
    approval.facts, approval.title = facts_of(subject), subject.title
    approval.chosen = {**approval.chosen, **checked(running.definition, chosen)}
    approval.state = ApprovalState.RUNNING
    running.kind.turn(approval.subject_id, Turn.RESUMED)
    running.tell(Action.RESUBMITTED, by=actor.id, comment=comment)
    running.go_on()
    return finish(actor, running, "resubmitted")


@unlocked("the kind of subject says who sees it")
def preview(actor: Actor, word: str, subject_id: UUID, *, chosen: Choices) -> Way:
    """The way something would take if the actor submitted it now and everybody agreed.

    :raises NoFlow: if no flow is in force for its kind
    """
    return preview_unkept(actor, word, facts_of(kind_of(word).look(actor, subject_id)), chosen=chosen)


@unlocked("nothing is told but the way of what the actor says themselves")
def preview_unkept(actor: Actor, word: str, facts: Mapping[str, Any], *, chosen: Choices) -> Way:
    """The same for something that there is not yet.

    :raises NoFlow: if no flow is in force for its kind
    """
    kind = kind_of(word)
    flow = drawn.in_force(word)
    if flow is None or flow.published_version is None:
        raise NoFlow
    definition = drawn.definition(flow.id, flow.published_version)
    kept = checked(definition, chosen)
    return tried(Trial(definition=definition, kind=kind, submitter_id=actor.id, facts=facts, chosen=kept))


@unlocked("whoever submitted it, and nobody else")
def withdraw(actor: Actor, running: Running, *, comment: str | None = None) -> Approval:
    """Take back what one has submitted; nothing asks about it any more.

    :raises ApprovalOver: if it has ended
    :raises NotWithdrawable: if the flow does not allow it, or not any more
    """
    demand_writable(actor)
    approval = running.approval
    _demand_own(actor, approval)
    approval.demand_going(ApprovalState.RUNNING, ApprovalState.RETURNED)
    rule = running.definition.withdraw
    if approval.state == ApprovalState.RUNNING and (
        rule == "never" or (rule == "undecided" and any(map(_in_person, running.seats)))
    ):
        raise NotWithdrawable
    running.tell(Action.WITHDRAWN, by=actor.id, comment=comment)
    running.end(ApprovalState.WITHDRAWN)
    return finish(actor, running, "withdrawn", comment=comment)


@unlocked("whoever may delete a subject ends what asks for it; only what is back with its submitter is")
def let_go(actor: Actor, running: Running) -> Approval:
    """End what came back and will not be submitted again, as its subject was deleted.

    :raises ApprovalOver: if it is not back with the submitter
    """
    running.approval.demand_going(ApprovalState.RETURNED)
    running.tell(Action.WITHDRAWN, by=actor.id)
    running.end(ApprovalState.WITHDRAWN)
    return finish(actor, running, "withdrawn")


def _in_person(seat: Seat) -> bool:
    return seat.decided_at is not None and seat.why != "again"


def _demand_own(actor: Actor, approval: Approval) -> None:
    if approval.submitter_id != actor.id:
        raise Forbidden
