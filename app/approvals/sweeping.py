"""What time alone does to approvals: reminders, steps that take too long, and people who have gone.

Each approval is seen to in a transaction of its own, and holding its row, like any other move.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from app.access.actor import Actor
from app.access.models import User, UserState
from app.approvals import timing
from app.approvals.finishing import finish
from app.approvals.models import Approval, Seat, Step
from app.approvals.overdue import be_overdue
from app.approvals.reminding import remind
from app.approvals.running import Running
from app.approvals.states import ApprovalState, SeatState, StepState
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from tenants import agenda, rounds
from tenants.context import require_tenant_id

SLICE = 100


def sweep() -> None:
    """See to everything that is due by now."""
    rounds.walk(timing.QUEUE, _all_due)


def _all_due() -> None:
    while due := _due():
        for approval_id in due:
            with unit_of_work():
                see_to(approval_id)


def _due() -> Sequence[UUID]:
    """Approvals of the current tenant that something is to happen to; none: the agenda is settled."""
    with unit_of_work():
        at = clock.now()
        gone = (
            select(Seat.approval_id)
            .join(User, (User.tenant_id == Seat.tenant_id) & (User.id == Seat.user_id))
            .where(Seat.state == SeatState.OPEN, User.state != UserState.ACTIVE)
            .limit(SLICE)
        )
        late = select(Step.approval_id).where(Step.state == StepState.OPEN, Step.due_at <= at).limit(SLICE)
        soon = select(Step.approval_id).where(Step.state == StepState.OPEN, Step.remind_at <= at).limit(SLICE)
        found = list(dict.fromkeys(one for which in (late, soon, gone) for one in db.session.scalars(which)))
        if not found:
            agenda.settle(timing.QUEUE, at=at)
            _note_next()
        return found


def _note_next() -> None:
    open_ones = Step.state == StepState.OPEN
    for column in (Step.due_at, Step.remind_at):
        earliest = db.session.scalar(select(func.min(column)).where(open_ones))
        if earliest is not None:
            agenda.note(timing.QUEUE, earliest)


def see_to(approval_id: UUID) -> None:
    """Do to one approval what is due; a second time nothing is."""
    locked = select(Approval).where(Approval.id == approval_id).with_for_update()
    approval = db.session.scalars(locked.execution_options(populate_existing=True)).one()
    if approval.state != ApprovalState.RUNNING:
        return
    running, at = Running(approval), clock.now()
    running.replace_gone()
    for step in list(running.steps.values()):
        if step.state == StepState.OPEN and step.remind_at is not None and step.remind_at <= at:
            step.remind_at = None
            remind(running, moment=f"due-{at:%Y%m%d%H%M}", of=step)
        if step.state == StepState.OPEN and step.due_at is not None and step.due_at <= at:
            be_overdue(running, step)
    finish(Actor.system(require_tenant_id()), running, "timed-out")
