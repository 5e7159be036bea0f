"""A submitted claim goes through the flow in force for claims; without one it is approved at once."""

from app.approvals import following
from app.core.events import on
from app.events.expenses import ExpenseClaimSubmitted, ExpenseClaimWithdrawn
from app.expenses.trail import SUBJECT


@on(ExpenseClaimSubmitted)
def ask(event: ExpenseClaimSubmitted) -> None:
    """Ask whoever the flow says; what had been sent back goes on where it was."""
    following.ask(SUBJECT, event.claim_id, by_id=event.submitted_by_id, chosen=event.chosen)


@on(ExpenseClaimWithdrawn)
def ask_no_more(event: ExpenseClaimWithdrawn) -> None:
    """Whoever takes a claim back, or deletes what came back, takes it from those who were asked."""
    following.ask_no_more(SUBJECT, event.claim_id, by_id=event.by_id)
