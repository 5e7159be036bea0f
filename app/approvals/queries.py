"""Reading approvals: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, or_, select, union_all

from app.access.actor import Actor
from app.access.permissions import Permission
from app.approvals.kinds import kind_of
from app.approvals.models import Absence, Approval, CopiedTo, Seat, Signature, Step
from app.approvals.running import Running
from app.approvals.states import ApprovalState, Openness, SeatState
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound

_LATEST = 20


def get(actor: Actor, approval_id: UUID, *, to_change: bool = False) -> Approval:
    """An approval that the actor has or had part in, or may look at.

    :param to_change: lock it until the transaction ends
    :raises NotFound: otherwise
    """
    statement = select(Approval).where(Approval.id == approval_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    approval = db.session.scalars(statement).first()
    if approval is None or not may_see(actor, approval):
        raise NotFound
    return approval


def may_see(actor: Actor, approval: Approval) -> bool:
    """Whether an approval exists for somebody."""
    return bool(who_see(approval, [actor])) or kind_of(approval.kind).overseen(actor, approval.subject_id)


def who_see(approval: Approval, actors: Sequence[Actor]) -> set[UUID]:
    """For whom of several an approval exists; one statement at most."""
    seeing = {actor.id for actor in actors if _sees_at_once(actor, approval)}
    others = {actor.id for actor in actors} - seeing
    return seeing | (others & _parties(approval.id, others)) if others else seeing


def _sees_at_once(actor: Actor, approval: Approval) -> bool:
    if approval.submitter_id == actor.id or actor.may(Permission.APPROVAL_MANAGE):
        return True
    if approval.openness == Openness.OPEN:
        return True
    return approval.openness == Openness.HALF_OPEN and actor.reaches(Permission.APPROVAL_READ, approval)


def _parties(approval_id: UUID, among: Collection[UUID]) -> set[UUID]:
    """Who of some people is or was asked, or was told of it."""
    # Whose turn never came has learned nothing of it.
    on_it = (Seat.approval_id == approval_id, or_(Seat.opened_at.is_not(None), Seat.decided_at.is_not(None)))
    told = (CopiedTo.approval_id == approval_id, CopiedTo.user_id.in_(among))
    parties: CompoundSelect[Any] = union_all(
        select(Seat.user_id).where(*on_it, Seat.user_id.in_(among)),
        select(Seat.stands_for_id).where(*on_it, Seat.stands_for_id.in_(among)),
        select(CopiedTo.user_id).where(*told),
    )
    return set(db.session.scalars(parties))


def running(actor: Actor, approval_id: UUID) -> Running:
    """An approval that the actor sees, locked, with all its moves.

    :raises NotFound: if they see none such
    """
    return Running(get(actor, approval_id, to_change=True))


def own_seat(actor: Actor, seat_id: UUID) -> tuple[Running, Seat]:
    """The actor's own seat, once its turn has come, with the approval it is part of, locked.

    :raises NotFound: for anybody else's, or if it has not
    """
    mine = select(Seat.approval_id).where(
        Seat.tenant_id == actor.tenant_id,
        Seat.id == seat_id,
        Seat.user_id == actor.id,
        Seat.opened_at.is_not(None),
    )
    locked = select(Approval).where(Approval.id.in_(mine)).with_for_update()
    approval = db.session.scalars(locked.execution_options(populate_existing=True)).first()
    if approval is None:
        raise NotFound
    found = Running(approval)
    return found, next(seat for seat in found.seats if seat.id == seat_id)


def step(actor: Actor, step_id: UUID) -> tuple[Running, Step]:
    """A step of an approval that the actor sees, with all of it, locked.

    :raises NotFound: if they see none such
    """
    approval_id = db.session.scalar(select(Step.approval_id).where(Step.id == step_id))
    if approval_id is None:
        raise NotFound
    found = running(actor, approval_id)
    return found, next(one for one in found.all_steps if one.id == step_id)


def signature(actor: Actor, seat_id: UUID) -> Signature:
    """What was signed by hand on a seat of an approval that the actor sees.

    :raises NotFound: if nothing was, or they see none such
    """
    on_it = select(Seat.signature_id).where(Seat.id == seat_id).scalar_subquery()
    signed = db.session.scalars(select(Signature).where(Signature.id == on_it)).first()
    if signed is None:
        raise NotFound
    get(actor, signed.approval_id)
    return signed


def open_seat_of(actor: Actor, approval_id: UUID) -> Seat | None:
    """Where it is the actor's turn; of several the one that has waited longest."""
    mine = select(Seat).where(
        Seat.approval_id == approval_id, Seat.user_id == actor.id, Seat.state == SeatState.OPEN
    )
    return db.session.scalars(mine.order_by(Seat.opened_at, Seat.id)).first()


def going(word: str, subject_id: UUID) -> Approval | None:
    """The approval of a subject that is on its way or back with its submitter, locked; at most one is."""
    of_it = select(Approval).where(
        Approval.kind == word,
        Approval.subject_id == subject_id,
        Approval.state.in_([ApprovalState.RUNNING, ApprovalState.RETURNED]),
    )
    return db.session.scalars(of_it.with_for_update().execution_options(populate_existing=True)).first()


def of_subject(actor: Actor, word: str, subject_id: UUID) -> Sequence[Approval]:
    """The latest approvals of a subject that exist for an actor, the last one first; two statements or three.

    :raises NotFound: for a kind that there is not
    """
    kind = kind_of(word)
    of_it = select(Approval).where(Approval.kind == word, Approval.subject_id == subject_id)
    latest = of_it.order_by(Approval.submitted_at.desc(), Approval.id.desc()).limit(_LATEST)
    found = db.session.scalars(latest).all()
    hidden = {one.id for one in found if not _sees_at_once(actor, one)}
    if not hidden or kind.overseen(actor, subject_id):
        return found
    hidden -= _with_part(actor, hidden)
    return [one for one in found if one.id not in hidden]


def _with_part(actor: Actor, among: Collection[UUID]) -> set[UUID]:
    """In which of some approvals somebody is or was asked, or was told of."""
    on_it = (Seat.approval_id.in_(among), or_(Seat.opened_at.is_not(None), Seat.decided_at.is_not(None)))
    parts: CompoundSelect[Any] = union_all(
        select(Seat.approval_id).where(*on_it, Seat.user_id == actor.id),
        select(Seat.approval_id).where(*on_it, Seat.stands_for_id == actor.id),
        select(CopiedTo.approval_id).where(CopiedTo.approval_id.in_(among), CopiedTo.user_id == actor.id),
    )
    return set(db.session.scalars(parts))


def absences(actor: Actor) -> Sequence[Absence]:
    """When the actor is away, now or later, the next first."""
    mine = select(Absence).where(Absence.user_id == actor.id, Absence.ends_at > clock.now())
    return db.session.scalars(mine.order_by(Absence.starts_at, Absence.id).limit(100)).all()


def own_absence(actor: Actor, absence_id: UUID) -> Absence:
    """One of the actor's own absences, locked.

    :raises NotFound: if there is none such
    """
    mine = select(Absence).where(Absence.id == absence_id, Absence.user_id == actor.id)
    found = db.session.scalars(mine.with_for_update().execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound
    return found
