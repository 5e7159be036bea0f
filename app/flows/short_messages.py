"""Short messages go out through the company's accounts; whoever looks after people hears of answers."""

from sqlalchemy import select

from app.contacts.models import Contact
from app.core.db import db
from app.core.events import on
from app.events.messages import ContactAnswered, DeliveriesSettled
from app.messaging import channels
from app.messaging import services as messaging
from app.messaging.models import DeliveryState
from app.sms import asking
from app.sms.channel import SmsChannel

channels.register(SmsChannel())


@on(DeliveriesSettled)
def ask_later(event: DeliveriesSettled) -> None:
    """Its vendor may well know what has become of a message that it did not answer for."""
    uncertain = DeliveryState.UNCERTAIN
    asking.note([one.delivery_id for one in event.settled if one.channel == "sms" and one.state == uncertain])


@on(ContactAnswered)
def tell_the_owner(event: ContactAnswered) -> None:
    """An answer wants to be read."""
    contact = db.session.scalars(select(Contact).where(Contact.id == event.contact_id)).one()
    if contact.owner_id is None:
        return
    messaging.notify(
        contact.owner_id,
        "contact-opted-out" if event.opts_out else "contact-answered",
        {"name": contact.name, "text": event.text},
        link=f"/contacts/{contact.id}",
    )
