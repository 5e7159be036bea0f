"""A submitted quote goes through the flow in force for quotes; without one it is approved at once."""

from uuid import UUID

from app.approvals import drawn, queries
from app.approvals.running import Running
from app.approvals.services import submitting
from app.approvals.states import ApprovalState
from app.core.events import on
from app.events.quotes import QuoteSubmitted, QuoteWithdrawn
from app.jobs import asker
from app.quotes.approving import KIND


@on(QuoteSubmitted)
def ask(event: QuoteSubmitted) -> None:
    """Ask whoever the flow says; what had been sent back goes on where it was."""
    going = _going(event.quote_id)
    if going is None and drawn.in_force(KIND) is None:
        return
    actor = asker.present(event.submitted_by_id)
    if going is not None and going.approval.state == ApprovalState.RETURNED:
        submitting.resubmit(actor, going, chosen=event.chosen)
    else:
        submitting.submit(actor, KIND, event.quote_id, chosen=event.chosen)


@on(QuoteWithdrawn)
def ask_no_more(event: QuoteWithdrawn) -> None:
    """Whoever takes a quote back, or deletes what came back, takes it from those who were asked."""
    going = _going(event.quote_id)
    if going is None:
        return
    actor = asker.present(event.by_id)
    if going.approval.state == ApprovalState.RETURNED:
        submitting.let_go(actor, going)
    else:
        submitting.withdraw(actor, going)


def _going(quote_id: UUID) -> Running | None:
    approval = queries.going(KIND, quote_id)
    return Running(approval) if approval else None
