"""A submitted advance goes through the flow in force for advances; without one it is approved at once."""

from app.advances.trail import SUBJECT
from app.approvals import following
from app.core.events import on
from app.events.advances import AdvanceSubmitted, AdvanceWithdrawn


@on(AdvanceSubmitted)
def ask(event: AdvanceSubmitted) -> None:
    """Ask whoever the flow says; what had been sent back goes on where it was."""
    following.ask(SUBJECT, event.advance_id, by_id=event.submitted_by_id, chosen=event.chosen)


@on(AdvanceWithdrawn)
def ask_no_more(event: AdvanceWithdrawn) -> None:
    """Whoever takes an advance back, or deletes what came back, takes it from those who were asked."""
    following.ask_no_more(SUBJECT, event.advance_id, by_id=event.by_id)
