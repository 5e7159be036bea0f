"""What comes back from the outbox: a message goes on, comes to its end, or takes the next way."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.ids import new_id
from app.events.messages import Settled
from app.messaging import outbox
from app.outreach import planning
from app.outreach.models import OutreachMessage, OutreachTry
from app.outreach.resting import over
from app.outreach.states import MessageState

_FORWARD = (
    MessageState.WAITING,
    MessageState.SENDING,
    MessageState.UNCERTAIN,
    MessageState.SENT,
    MessageState.DELIVERED,
)
"""How far a message has come as far as it goes well; further on is never followed by less."""
_BADLY = {MessageState.FAILED, MessageState.SUPPRESSED, MessageState.EXPIRED}
_OPEN = {MessageState.FAILED, MessageState.UNCERTAIN, MessageState.SUPPRESSED}
"""It did not arrive, or perhaps not, and nobody has seen to it yet."""
_NO_MORE_BAD_NEWS = {MessageState.WAITING, MessageState.DELIVERED, MessageState.CANCELLED}
"""It goes out anew, has arrived, or was taken back: what else becomes of a try is nothing to it."""


def settled(told: Sequence[Settled]) -> None:
    """Have messages know how their tries fared."""
    by_delivery = {one.delivery_id: one for one in told}
    tries = db.session.scalars(
        select(OutreachTry).where(OutreachTry.delivery_id.in_(by_delivery)).order_by(OutreachTry.id)
    ).all()
    if not tries:
        return
    ids = {one.message_id for one in tries}
    asked = select(OutreachMessage, over()).where(OutreachMessage.id.in_(ids)).order_by(OutreachMessage.id)
    found = db.session.execute(asked.with_for_update(of=OutreachMessage)).all()
    messages = {message.id: (message, because) for message, because in found}
    latest = _latest(ids)
    at = clock.now()
    again = False
    for one in tries:
        if one.delivery_id is None:
            continue
        news = by_delivery[one.delivery_id]
        one.state, one.reason, one.settled_at = news.state, news.error, at
        if one.state in _BADLY and latest[one.message_id] != one.id:
            # It was sent once more since: how that goes is what counts.
            continue
        again |= _move(*messages[one.message_id], one, news)
    db.session.flush()
    if again:
        planning.note_next(at)


def repeated(again: Mapping[UUID, UUID]) -> None:
    """Have messages follow the rows of the outbox by which they go out once more.

    What its message has gone on from meanwhile is taken back.

    :param again: the ids of the new rows by those of the rows that they repeat
    """
    tries = db.session.scalars(select(OutreachTry).where(OutreachTry.delivery_id.in_(again))).all()
    ids = {one.message_id for one in tries}
    asked = select(OutreachMessage).where(OutreachMessage.id.in_(ids)).order_by(OutreachMessage.id)
    # Somebody may have changed them since they were looked at.
    found = db.session.scalars(asked.with_for_update().execution_options(populate_existing=True))
    messages, latest, at = {one.id: one for one in found}, _latest(ids), clock.now()
    for tried in tries:
        message = messages[tried.message_id]
        if tried.delivery_id is None:
            continue
        anew = again[tried.delivery_id]
        if message.state not in _OPEN or latest[message.id] != tried.id:
            outbox.take_back(anew)
            continue
        db.session.add(
            OutreachTry(
                id=new_id(), message_id=message.id, place=tried.place, way=tried.way,
                state=MessageState.SENDING, delivery_id=anew, at=at,
            )
        )  # fmt: skip
        message.state, message.reason, message.settled_at = MessageState.SENDING, None, None
        message.place, message.way = tried.place, tried.way
    db.session.flush()


def _latest(ids: Collection[UUID]) -> dict[UUID, UUID]:
    """By which try each of these messages went out last."""
    asked = (
        select(OutreachTry.message_id, OutreachTry.id)
        .where(OutreachTry.message_id.in_(ids), OutreachTry.delivery_id.is_not(None))
        .order_by(OutreachTry.id)
    )
    return {row.message_id: row.id for row in db.session.execute(asked)}


def _move(message: OutreachMessage, over_because: str | None, one: OutreachTry, news: Settled) -> bool:
    """Have a message follow one of its tries; whether it is to take another way now."""
    state, now, at = MessageState(news.state), MessageState(message.state), clock.now()
    if state in _BADLY:
        # A way that was given up already says nothing new; nor does one behind another that did well.
        if one.place != message.place or now in _NO_MORE_BAD_NEWS:
            return False
        if state is MessageState.SUPPRESSED and news.error == over_because:
            state = MessageState.CANCELLED
        elif state is not MessageState.EXPIRED and not over_because and one.place + 1 < len(message.choices):
            message.state, message.place, message.next_at = MessageState.WAITING, message.place + 1, at
            message.held_by = None
            return True
        message.state, message.reason, message.settled_at = state, news.error, at
        return False
    if now not in _FORWARD or _FORWARD.index(state) > _FORWARD.index(now):
        message.state, message.reason, message.settled_at, message.way = state, news.error, at, one.way
    return False
