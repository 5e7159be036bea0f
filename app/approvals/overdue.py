"""What a flow does about a step that takes too long."""

from app.approvals import timing
from app.approvals.definitions import Asking, Timeout
from app.approvals.models import Seat, Step
from app.approvals.running import Running
from app.approvals.seating import Chair
from app.approvals.states import Action, SeatState
from app.core import clock


def be_overdue(running: Running, step: Step) -> None:
    """Do it, once: after that the step goes on waiting, if it waits for anybody."""
    node = running.node_of(step)
    timeout = node.timeout
    step.due_at, step.overdue = None, True
    if timeout is None:
        return
    running.tell(Action.TIMED_OUT, step=step, then=timeout.then)
    seats = [seat for seat in running.seats_of(step) if seat.state == SeatState.OPEN]
    if timeout.then in {"escalate", "transfer"}:
        _pass_on(running, step, seats, timeout)
    elif timeout.then in {"approve", "reject"}:
        _decide(running, step, seats, timeout, node)
    if any(seat.step_id == step.id for seat in running.opened):
        # Whoever is asked now has as long as those before.
        timing.set_clock(step, node)


def _pass_on(running: Running, step: Step, seats: list[Seat], timeout: Timeout) -> None:
    for seat in seats:
        to = timeout.to if timeout.then == "transfer" else None
        if to is None:
            above = running.company.superiors(seat.user_id)
            fit = (one for level in above for one in level if one != running.approval.owner_id)
            to = next(fit, None)
        if to is not None and running.company.is_active(to):
            seat.state, seat.decided_at, seat.why = SeatState.TRANSFERRED, clock.now(), "timeout"
            running.reseat(step, seat, [Chair(user_id=to, why="timeout")])
    running.settle(step)


def _decide(running: Running, step: Step, seats: list[Seat], timeout: Timeout, node: Asking) -> None:
    """Count everybody who has not said anything as having said it."""
    state = SeatState.APPROVED if timeout.then == "approve" or node.handles else SeatState.REJECTED
    for seat in seats:
        if seat.state == SeatState.OPEN and step.ended_at is None:
            seat.decide(state, why="timeout")
            running.settle(step)
