"""A submitted request goes through the flow in force for requests; without one it is granted at once."""

from app.approvals import following
from app.core.events import on
from app.events.expenses import ExpenseRequestSubmitted, ExpenseRequestWithdrawn
from app.expense_requests.trail import SUBJECT


@on(ExpenseRequestSubmitted)
def ask(event: ExpenseRequestSubmitted) -> None:
    """Ask whoever the flow says; what had been sent back goes on where it was."""
    following.ask(SUBJECT, event.request_id, by_id=event.submitted_by_id, chosen=event.chosen)


@on(ExpenseRequestWithdrawn)
def ask_no_more(event: ExpenseRequestWithdrawn) -> None:
    """Whoever takes a request back, or deletes what came back, takes it from those who were asked."""
    following.ask_no_more(SUBJECT, event.request_id, by_id=event.by_id)
