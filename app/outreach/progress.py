"""What comes back from the outbox: a message goes on, comes to its end, or takes the next way."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.db import db
from app.core.ids import new_id
from app.events.messages import Settled
from app.outreach import planning
from app.outreach.models import OutreachMessage, OutreachTry
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


def settled(told: Sequence[Settled]) -> None:
    """Have messages know how their tries fared."""
    by_delivery = {one.delivery_id: one for one in told}
    tries = db.session.scalars(
        select(OutreachTry).where(OutreachTry.delivery_id.in_(by_delivery)).order_by(OutreachTry.id)
    ).all()
    if not tries:
        return
    ids = {one.message_id for one in tries}
    asked = select(OutreachMessage).where(OutreachMessage.id.in_(ids)).order_by(OutreachMessage.id)
    messages = {one.id: one for one in db.session.scalars(asked.with_for_update())}
    at = clock.now()
    again = False
    for one in tries:
        if one.delivery_id is None:
            continue
        news = by_delivery[one.delivery_id]
        one.state, one.reason, one.settled_at = news.state, news.error, at
        again |= _move(messages[one.message_id], one, news, at)
    db.session.flush()
    if again:
        planning.note_next(at)


def repeated(delivery_id: UUID, repeated_as: UUID) -> None:
    """Have a message follow the row of the outbox by which it goes out once more."""
    tried = db.session.scalars(select(OutreachTry).where(OutreachTry.delivery_id == delivery_id)).first()
    if tried is None:
        return
    message = db.session.scalars(
        select(OutreachMessage).where(OutreachMessage.id == tried.message_id).with_for_update()
    ).one()
    db.session.add(
        OutreachTry(
            id=new_id(), message_id=message.id, place=tried.place, way=tried.way,
            state=MessageState.SENDING, delivery_id=repeated_as, at=clock.now(),
        )
    )  # fmt: skip
    message.state, message.reason, message.settled_at = MessageState.SENDING, None, None
    message.place, message.way = tried.place, tried.way
    db.session.flush()


def _move(message: OutreachMessage, one: OutreachTry, news: Settled, at: datetime) -> bool:
    """Have a message follow one of its tries; whether it is to take another way now."""
    state, now = MessageState(news.state), MessageState(message.state)
    if state in _BADLY:
        # A way that was given up already says nothing new; nor does one behind another that did well.
        if one.place != message.place or now is MessageState.DELIVERED:
            return False
        if state is not MessageState.EXPIRED and message.place + 1 < len(message.choices):
            message.state, message.place, message.next_at = MessageState.WAITING, message.place + 1, at
            message.held_by = None
            return True
        message.state, message.reason, message.settled_at = state, news.error, at
        return False
    if now not in _FORWARD or _FORWARD.index(state) > _FORWARD.index(now):
        message.state, message.reason, message.settled_at, message.way = state, news.error, at, one.way
    return False
