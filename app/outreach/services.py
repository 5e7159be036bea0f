"""Messages that colleagues write by hand, and what they do about others."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.rules import guarded
from app.audit import services as audit
from app.consents.states import Purpose, Way
from app.contacts import policies, trail
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.ids import new_id
from app.message_templates import queries as templates
from app.messaging import services as messaging
from app.messaging.models import Delivery
from app.outreach import foreseeing, planning
from app.outreach.cards import AGAIN
from app.outreach.foreseeing import Foreseen
from app.outreach.models import OutreachMessage, OutreachTry
from app.outreach.occasions import Choice, Occasion, Origin
from app.outreach.states import MessageState

BY_HAND = "by-hand"
MOST_CHOICES = 3
PATIENCE = timedelta(days=1)
"""For how long a message that was written by hand is worth sending."""


class CannotBeSent(Conflict):
    """Nothing would come of it."""

    code = "message-cannot-be-sent"


class TooLateToCancel(Conflict):
    """It is on its way, or at its end."""

    code = "message-on-its-way"


class NothingToRepeat(Conflict):
    """It is still on its way, or has arrived."""

    code = "message-not-over"


@guarded(policies.update)
def foresee(actor: Actor, contact: Contact, template_ids: Sequence[UUID]) -> Foreseen:
    """What would come of a message to a contact, if it were sent now.

    :param template_ids: what to say, the way to be tried first first
    :raises Invalid: for templates that are not in use, or not for the same purpose
    """
    [foreseen] = foreseeing.foresee(actor, [_occasion(contact, template_ids, clock.now())])
    return foreseen


@guarded(policies.update)
def write(actor: Actor, contact: Contact, template_ids: Sequence[UUID]) -> UUID:
    """Write to a contact by hand.

    :param template_ids: what to say, the way to be tried first first
    :raises Invalid: for templates that are not in use, or not for the same purpose
    :raises CannotBeSent: when it is known by now that nothing would come of it
    """
    occasion = _occasion(contact, template_ids, clock.now())
    [foreseen] = foreseeing.foresee(actor, [occasion])
    if foreseen.way is None:
        raise CannotBeSent
    [message_id] = planning.plan([occasion], by=actor)
    audit.record(actor, trail.entry(contact, "message-written"))
    return message_id


@guarded(policies.update)
def cancel(actor: Actor, contact: Contact, message: OutreachMessage) -> None:
    """Take back a message that nobody has begun to send.

    :raises TooLateToCancel: otherwise
    """
    if message.state == MessageState.SENDING:
        asked = (
            select(OutreachTry, Delivery.dedupe_key)
            .join(Delivery, OutreachTry.delivery_id == Delivery.id)
            .where(OutreachTry.message_id == message.id, OutreachTry.place == message.place)
            .order_by(OutreachTry.id.desc())
        )
        found = db.session.execute(asked).first()
        if found is None or not messaging.cancel(found[1]):
            raise TooLateToCancel
        found[0].state, found[0].settled_at = MessageState.CANCELLED, clock.now()
    elif message.state != MessageState.WAITING:
        raise TooLateToCancel
    message.state, message.settled_at = MessageState.CANCELLED, clock.now()
    message.reason = BY_HAND
    db.session.flush()
    audit.record(actor, trail.entry(contact, "message-cancelled", _told(message)))


@guarded(policies.update)
def repeat(actor: Actor, contact: Contact, message: OutreachMessage) -> None:
    """Try a message that did not arrive once more, from the first way on.

    :raises NothingToRepeat: if it did, or may yet
    """
    if message.state not in AGAIN:
        raise NothingToRepeat
    at = message.repeated_at = clock.now()
    message.state, message.place, message.reason = MessageState.WAITING, 0, None
    message.way = message.held_by = message.released_at = message.settled_at = None
    message.next_at, message.expires_at = at, max(message.expires_at, at + PATIENCE)
    db.session.flush()
    planning.note_next(at)
    audit.record(actor, trail.entry(contact, "message-repeated", _told(message)))


def _told(message: OutreachMessage) -> list[Mapping[str, object]]:
    return [trail.change("message", before=None, after=message.origin_label)]


def _occasion(contact: Contact, template_ids: Sequence[UUID], at: datetime) -> Occasion:
    known = templates.usable(template_ids)
    if any(one not in known for one in template_ids):
        raise invalid("template_ids", "template-not-in-use")
    first = known[template_ids[0]]
    if len({known[one].purpose for one in template_ids}) > 1:
        raise invalid("template_ids", "purposes-differ")
    occasion_id = new_id()
    return Occasion(
        key=f"{BY_HAND}:{occasion_id.hex}",
        purpose=Purpose(first.purpose),
        contact_id=contact.id,
        choices=[Choice(Way(known[one].way), one) for one in template_ids],
        due_at=at,
        expires_at=at + PATIENCE,
        origin=Origin(type=BY_HAND, id=occasion_id, label=first.name),
    )
