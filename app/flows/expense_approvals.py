"""A submitted claim goes through the flow in force for claims; without one it is approved at once."""

from uuid import UUID

from app.approvals import drawn, queries
from app.approvals.running import Running
from app.approvals.services import submitting
from app.approvals.states import ApprovalState
from app.core.events import on
from app.events.expenses import ExpenseClaimSubmitted, ExpenseClaimWithdrawn
from app.expenses.trail import SUBJECT
from app.jobs import asker


@on(ExpenseClaimSubmitted)
def ask(event: ExpenseClaimSubmitted) -> None:
    """Ask whoever the flow says; what had been sent back goes on where it was."""
    going = _going(event.claim_id)
    if going is None and drawn.in_force(SUBJECT) is None:
        return
    actor = asker.present(event.submitted_by_id)
    if going is not None and going.approval.state == ApprovalState.RETURNED:
        submitting.resubmit(actor, going, chosen=event.chosen)
    else:
        submitting.submit(actor, SUBJECT, event.claim_id, chosen=event.chosen)


@on(ExpenseClaimWithdrawn)
def ask_no_more(event: ExpenseClaimWithdrawn) -> None:
    """Whoever takes a claim back, or deletes what came back, takes it from those who were asked."""
    going = _going(event.claim_id)
    if going is None:
        return
    actor = asker.present(event.by_id)
    if going.approval.state == ApprovalState.RETURNED:
        submitting.let_go(actor, going)
    else:
        submitting.withdraw(actor, going)


def _going(claim_id: UUID) -> Running | None:
    approval = queries.going(SUBJECT, claim_id)
    return Running(approval) if approval else None
