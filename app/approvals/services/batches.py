"""Deciding on several seats at a time."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.rules import demand_writable, unlocked
from app.approvals import queries
from app.approvals.models import Seat, SeatDecided
from app.approvals.services.deciding import Word, decide
from app.core.db import db
from app.core.errors import DomainError, Invalid, NotFound
from app.core.messages import say
from app.core.origin import current_origin


@unlocked("each seat is the actor's own: queries give no other")
def decide_many(actor: Actor, seats: Sequence[tuple[UUID, int]], word: Word) -> list[dict[str, Any]]:
    """Say the same on each of these seats; what one refuses does not keep back the others.

    :param seats: each with the version that the actor had before them
    :raises NotFound: if one of them is not the actor's; nothing is decided then
    :return: for each in their order {"seat_id", "done", "code", "text"}
    """
    demand_writable(actor)
    mine = (Seat.user_id == actor.id, Seat.opened_at.is_not(None))
    where = select(Seat.id, Seat.approval_id).where(Seat.id.in_([seat_id for seat_id, _ in seats]), *mine)
    approval_of = {row.id: row.approval_id for row in db.session.execute(where)}
    if {seat_id for seat_id, _ in seats} - approval_of.keys():
        raise NotFound
    # In the order of the approvals, so that two who decide the same ones never wait for each other.
    ordered = sorted(set(seats), key=lambda seat: (approval_of[seat[0]], seat))
    outcomes = {seat_id: _one(actor, seat_id, version, word) for seat_id, version in ordered}
    return [outcomes[seat_id] for seat_id, _ in seats]


def _one(actor: Actor, seat_id: UUID, version: int, word: Word) -> dict[str, Any]:
    try:
        with db.session.begin_nested():
            running, seat = queries.own_seat(actor, seat_id)
            if seat.version != version:
                raise SeatDecided(state=seat.state)
            decide(actor, running, seat, word)
    except DomainError as error:
        db.session.expire_all()
        return {"seat_id": seat_id, "done": False, **_told(error)}
    return {"seat_id": seat_id, "done": True, "code": None, "text": None}


def _told(error: DomainError) -> dict[str, Any]:
    code, facts = error.code, dict(error.facts)
    if isinstance(error, Invalid) and error.problems:
        code, facts = error.problems[0].code, dict(error.problems[0].facts)
    return {"code": code, "text": say(code, current_origin().locale, **facts)}
