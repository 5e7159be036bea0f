"""What one can do with one's seat besides deciding, and with an approval besides waiting."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import update

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import demand_writable, permitted, unlocked
from app.approvals.finishing import finish
from app.approvals.models import Approval, CopiedTo, Seat, Step
from app.approvals.reminding import remind
from app.approvals.running import Running
from app.approvals.seating import Chair
from app.approvals.services.deciding import NotHere
from app.approvals.states import Action, ApprovalState, SeatState, StepState
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Throttled, invalid

NUDGE_EVERY, MOST_NUDGES, MOST_ADDED = timedelta(hours=1), 10, 10


class When(StrEnum):
    """When an added approver is heard."""

    BEFORE = "before"
    AFTER = "after"


class NothingOpen(Conflict):
    """Nobody is being asked there."""

    code = "nothing-open"


@unlocked("the seat is the actor's own: queries give no other")
def transfer(actor: Actor, running: Running, seat: Seat, to: UUID, *, comment: str | None = None) -> Approval:
    """Have a colleague decide in one's place.

    :raises NotHere: where the flow does not allow it
    :raises Invalid: about `to`: somebody who cannot decide, or is asked already
    """
    step = _mine(actor, running, seat, "transfer")
    _demand_fit(running, step, [to], "to")
    seat.state, seat.decided_at, seat.comment = SeatState.TRANSFERRED, clock.now(), comment
    running.tell(
        Action.TRANSFERRED, by=actor.id, stands_for=seat.stands_for_id, step=step, comment=comment, to=str(to)
    )
    running.reseat(step, seat, [Chair(user_id=to)])
    running.settle(step)
    return finish(actor, running, "transferred", comment=comment)


@unlocked("the seat is the actor's own: queries give no other")
def add(
    actor: Actor, running: Running, seat: Seat, user_ids: Sequence[UUID], *, when: When, comment: str | None
) -> Approval:
    """Have colleagues decide besides: before it is one's own turn again, or once one has agreed.

    :raises NotHere: where the flow does not allow it
    :raises Invalid: about `user_ids`
    """
    step = _mine(actor, running, seat, "add")
    wanted = list(dict.fromkeys(user_ids))
    _demand_fit(running, step, wanted, "user_ids")
    if len(wanted) > MOST_ADDED:
        raise invalid("user_ids", "too-many", max=MOST_ADDED)
    if when is When.BEFORE:
        seat.state, seat.opened_at = SeatState.WAITING, None
    link = {f"{when}_id": seat.id}
    for user_id in wanted:
        running.place(step, Chair(user_id=user_id, why="added"), place=seat.place, **link)
    people = [str(one) for one in wanted]
    running.tell(Action.ADDED, by=actor.id, step=step, comment=comment, when=when, user_ids=people)
    running.settle(step)
    return finish(actor, running, "added", comment=comment)


def _mine(actor: Actor, running: Running, seat: Seat, deed: str) -> Step:
    demand_writable(actor)
    running.demand_open(seat)
    step = running.step_of(seat)
    if not getattr(running.node_of(step).may, deed):
        raise NotHere
    return step


def _demand_fit(running: Running, step: Step, user_ids: Sequence[UUID], at: str) -> None:
    """Refuse people who cannot decide here."""
    asked = {seat.user_id for seat in running.seats_of(step) if seat.undecided}
    for user_id in user_ids:
        if not running.company.is_active(user_id):
            raise invalid(at, "unknown-reference")
        if user_id in asked:
            raise invalid(at, "asked-already")
        if user_id == running.approval.submitter_id and running.node_of(step).own.then != "ask":
            raise invalid(at, "is-submitter")


@unlocked("whoever sees it may tell colleagues, if they submitted it or are to decide")
def copy(actor: Actor, running: Running, user_ids: Sequence[UUID]) -> Approval:
    """Tell colleagues of it, who may read it from then on."""
    demand_writable(actor)
    mine = [seat for seat in running.seats if seat.user_id == actor.id and seat.opened_at is not None]
    allowed = any(running.node_of(running.step_of(seat)).may.copy for seat in mine)
    if running.approval.submitter_id != actor.id and not allowed:
        raise Forbidden
    known = running.company.of(user_ids)
    if set(user_ids) - known.keys():
        raise invalid("user_ids", "unknown-reference")
    running.copy_to(list(known), by=actor.id)
    return finish(actor, running, "copied")


@unlocked("one's own copy")
def read(actor: Actor, approval: Approval) -> None:
    """Note that the actor has read what was copied to them; doing it again changes nothing."""
    mine = (CopiedTo.approval_id == approval.id, CopiedTo.user_id == actor.id, CopiedTo.read_at.is_(None))
    noted = update(CopiedTo).where(*mine).values(read_at=clock.now())
    db.session.execute(noted.execution_options(synchronize_session=False))


@unlocked("whoever submitted it, and nobody else")
def nudge(actor: Actor, running: Running, *, comment: str | None = None) -> Approval:
    """Remind those whose turn it is; not more often than they bear.

    :raises Throttled: if it was done lately
    """
    demand_writable(actor)
    approval, at = running.approval, clock.now()
    if approval.submitter_id != actor.id:
        raise Forbidden
    approval.demand_going(ApprovalState.RUNNING)
    if approval.nudges >= MOST_NUDGES:
        raise Throttled(retry_after=int(timedelta(days=1).total_seconds()))
    if approval.nudged_at is not None and at < approval.nudged_at + NUDGE_EVERY:
        raise Throttled(retry_after=int((approval.nudged_at + NUDGE_EVERY - at).total_seconds()) + 1)
    approval.nudges, approval.nudged_at = approval.nudges + 1, at
    running.tell(Action.NUDGED, by=actor.id, comment=comment)
    remind(running, moment=f"nudge-{approval.nudges}")
    return finish(actor, running, "nudged", comment=comment)


@permitted(Permission.APPROVAL_MANAGE)
def reroute(
    actor: Actor, running: Running, step: Step, user_ids: Sequence[UUID], *, comment: str
) -> Approval:
    """Say as administrator who decides at a step that is open, in place of everybody who was asked.

    :raises NothingOpen: if it is not
    """
    running.approval.demand_going(ApprovalState.RUNNING)
    if step.state != StepState.OPEN:
        raise NothingOpen
    wanted = list(running.company.of(user_ids))
    if not wanted or not all(map(running.company.is_active, wanted)) or set(user_ids) - set(wanted):
        raise invalid("user_ids", "unknown-reference")
    for seat in running.seats_of(step):
        if seat.undecided:
            seat.be_void("rerouted")
    step.why = None
    db.session.flush()
    for place, user_id in enumerate(wanted):
        running.place(step, Chair(user_id=user_id, why="rerouted"), place=place)
    people = [str(one) for one in wanted]
    running.tell(Action.REROUTED, by=actor.id, step=step, comment=comment, user_ids=people)
    running.settle(step)
    return finish(actor, running, "rerouted", comment=comment)


@permitted(Permission.APPROVAL_MANAGE)
def stop(actor: Actor, running: Running, *, comment: str) -> Approval:
    """End an approval as administrator, as if its submitter had taken it back."""
    running.approval.demand_going(ApprovalState.RUNNING, ApprovalState.RETURNED)
    running.tell(Action.ENDED, by=actor.id, comment=comment)
    running.end(ApprovalState.WITHDRAWN)
    return finish(actor, running, "ended", comment=comment)
