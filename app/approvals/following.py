"""Subjects that are submitted by doors of their own: their approvals follow what becomes of them there."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.approvals import drawn, queries
from app.approvals.cards import flows
from app.approvals.kinds import Turn
from app.approvals.running import Running
from app.approvals.services import submitting
from app.approvals.services.submitting import Choices
from app.approvals.states import ApprovalState
from app.core.errors import NotFound
from app.jobs import asker
from app.records.submitting import Step
from tenants.context import require_tenant_id


def choices(reader: Actor, word: str, subject_id: UUID) -> list[dict[str, Any]]:
    """Whom the flow in force lets the submitter choose, and among whom; what came back has them still."""
    if drawn.in_force(word) is None or queries.going(word, subject_id) is not None:
        return []
    return flows.choices(submitting.preview(reader, word, subject_id, chosen={}))


def ask(word: str, subject_id: UUID, *, by_id: UUID, chosen: Choices) -> None:
    """Ask whoever the flow in force says, if there is one; what had been sent back goes on where it was."""
    going = _going(word, subject_id)
    if going is None and drawn.in_force(word) is None:
        return
    actor = asker.present(by_id)
    if going is not None and going.approval.state == ApprovalState.RETURNED:
        submitting.resubmit(actor, going, chosen=chosen)
    else:
        submitting.submit(actor, word, subject_id, chosen=chosen)


def ask_no_more(word: str, subject_id: UUID, *, by_id: UUID) -> None:
    """Take from those who were asked what was taken back, or was deleted after it had come back."""
    going = _going(word, subject_id)
    if going is None:
        return
    actor = asker.present(by_id)
    if going.approval.state == ApprovalState.RETURNED:
        submitting.let_go(actor, going)
    else:
        submitting.withdraw(actor, going)


def turner(
    get: Callable[..., Any], deeds: Mapping[Turn, Callable[[Actor, Any], None]]
) -> Callable[[UUID, Turn], None]:
    """Has a submitted subject follow what becomes of its approval, as `SubjectKind.turn` does.

    :param get: gives the subject to an actor by its id, locked with `to_change=True`
    :param deeds: what is done with it at each turn
    """

    def turn(subject_id: UUID, turn: Turn) -> None:
        product = Actor.system(require_tenant_id())
        try:
            subject = get(product, subject_id, to_change=True)
        except NotFound:
            # It was deleted: nothing is left that could follow.
            return
        if subject.state != Step.SUBMITTED:
            # Whoever submitted it has taken it back by the subject itself, and the approval follows.
            return
        deeds[turn](product, subject)

    return turn


def _going(word: str, subject_id: UUID) -> Running | None:
    approval = queries.going(word, subject_id)
    return Running(approval) if approval else None
