"""Reminding those whose turn it is."""

from app.approvals.models import Step
from app.approvals.running import Running
from app.approvals.states import SeatState
from app.core.events import publish
from app.events.approvals import Asked


def remind(running: Running, *, moment: str, of: Step | None = None) -> None:
    """Tell those whose turn it is once more."""
    approval = running.approval
    seats = [seat for seat in running.seats if seat.state == SeatState.OPEN]
    if of is not None:
        seats = [seat for seat in seats if seat.step_id == of.id]
    submitter = running.company.of([approval.submitter_id])[approval.submitter_id]
    publish(
        Asked(
            approval_id=approval.id,
            title=approval.title,
            kind=approval.kind,
            submitter=submitter.name,
            seats=tuple((seat.id, seat.user_id) for seat in seats),
            reminds=True,
            moment=moment,
        )
    )
