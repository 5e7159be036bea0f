"""Reading messages to people outside: fetching is authorising."""

from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.contacts import queries as contacts
from app.contacts.models import Contact
from app.core.db import db
from app.core.errors import NotFound
from app.outreach.models import OutreachMessage


def get(actor: Actor, message_id: UUID) -> tuple[OutreachMessage, Contact]:
    """A message, locked, and the contact it is for.

    :raises NotFound: unless the actor sees both
    """
    asked = select(OutreachMessage).where(OutreachMessage.id == message_id).with_for_update()
    message = db.session.scalars(asked).first()
    if message is None:
        raise NotFound
    return message, contacts.get(actor, message.contact_id)
