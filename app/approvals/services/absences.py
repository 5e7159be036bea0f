"""Being away: somebody else decides meanwhile."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.rules import demand_writable, unlocked
from app.approvals import kinds
from app.approvals.finishing import finish
from app.approvals.models import Absence, Approval, Seat
from app.approvals.people import Company
from app.approvals.running import Running
from app.approvals.seating import seated
from app.approvals.states import Action, ApprovalState, SeatState
from app.audit import services as audit
from app.audit.services import Entry, facts_of
from app.core import clock
from app.core.db import db
from app.core.errors import invalid
from app.core.ids import new_id

SUBJECT = "approval-absence"
MOST_MOVED = 500
YEARS = range(1970, 2200)
"""When somebody can be away: any other year is a slip of the pen."""


@unlocked("one's own time")
def announce(
    actor: Actor,
    *,
    starts_at: datetime,
    ends_at: datetime,
    delegate_id: UUID | None = None,
    words: Sequence[str] = (),
    move_open: bool = False,
) -> Absence:
    """Say that one is away for some time, and who decides meanwhile, if anybody.

    :param words: for which kinds of subject; for all if none is named
    :param move_open: whether what waits for one already is decided by others, too, if one is away by now
    :raises Invalid: naming what cannot be
    """
    demand_writable(actor)
    _demand_possible(actor, starts_at, ends_at, delegate_id, words)
    absence = Absence(
        id=new_id(),
        user_id=actor.id,
        delegate_id=delegate_id,
        kinds=sorted(set(words)),
        starts_at=starts_at,
        ends_at=ends_at,
        created_at=clock.now(),
    )
    db.session.add(absence)
    db.session.flush()
    audit.record(actor, _entry(actor, absence, "created"))
    if move_open and starts_at <= clock.now():
        _pass_on_what_is_open(actor, words)
    return absence


def _demand_possible(
    actor: Actor,
    starts_at: datetime,
    ends_at: datetime,
    delegate_id: UUID | None,
    words: Sequence[str],
) -> None:
    for at, moment in (("starts_at", starts_at), ("ends_at", ends_at)):
        if moment.year not in YEARS:
            raise invalid(at, "too-far", first=YEARS.start, last=YEARS.stop - 1)
    if ends_at <= max(starts_at, clock.now()):
        raise invalid("ends_at", "over-already")
    if delegate_id is not None and (delegate_id == actor.id or not Company().is_active(delegate_id)):
        raise invalid("delegate_id", "unknown-reference")
    for i, word in enumerate(words):
        if word not in kinds.words():
            raise invalid(f"kinds.{i}", "not-a-choice", choices=", ".join(kinds.words()))


def _pass_on_what_is_open(actor: Actor, words: Sequence[str]) -> None:
    mine = select(Seat.approval_id).where(
        Seat.tenant_id == actor.tenant_id, Seat.user_id == actor.id, Seat.state == SeatState.OPEN
    )
    if words:
        mine = mine.where(Seat.kind.in_(words))
    waiting = select(Approval).where(Approval.id.in_(mine), Approval.state == ApprovalState.RUNNING)
    locked = waiting.order_by(Approval.id).limit(MOST_MOVED).with_for_update()
    for approval in db.session.scalars(locked.execution_options(populate_existing=True)).all():
        running = Running(approval)
        for seat in [one for one in running.seats if _is_ones_turn(one, actor)]:
            step = running.step_of(seat)
            seat.state, seat.decided_at, seat.why = SeatState.TRANSFERRED, clock.now(), "away"
            chairs = seated(running.setting(running.node_of(step)), actor.id)
            running.tell(Action.TRANSFERRED, by=actor.id, step=step, why="away")
            running.reseat(step, seat, chairs)
            running.settle(step)
        finish(actor, running, "transferred")


def _is_ones_turn(seat: Seat, actor: Actor) -> bool:
    return seat.user_id == actor.id and seat.state == SeatState.OPEN


@unlocked("one's own: queries give no other")
def be_back(actor: Actor, absence: Absence) -> None:
    """Be there again before it was said; what others have got stays with them."""
    demand_writable(actor)
    audit.record(actor, _entry(actor, absence, "deleted"))
    db.session.delete(absence)
    db.session.flush()


def _entry(actor: Actor, absence: Absence, action: str) -> Entry:
    told = facts_of(absence, ("starts_at", "ends_at")) if action == "created" else ()
    return Entry(
        action=action, subject_type=SUBJECT, subject_id=absence.id, subject_label=actor.name, changes=told
    )
