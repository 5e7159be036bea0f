"""Heeding what comes back: a message that was sent has failed after all, and its address may be nobody's."""

import structlog
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError

from app.config import Returns
from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.core.logs import described
from app.core.uow import unit_of_work
from app.events.messages import UnsubscribeWished
from app.messaging import receipts, recording
from app.messaging.endings import Ending
from app.messaging.models import Delivery, DeliveryState, Told
from app.messaging.outbox import parcel_of
from app.messaging.receipts import Receipt
from app.messaging.returns import inbox
from app.messaging.returns.inbox import InboxTrouble
from app.messaging.returns.reading import Bounce, Wish, read
from tenants.context import outside_scope, tenant_scope

log = structlog.get_logger(__name__)

CHANNEL = "mail"


def fetch(at: Returns) -> int:
    """Look through the mailbox of returns; returns how much of it was heeded."""
    heeded = 0
    try:
        with inbox.opened(at) as mailbox:
            for uid, content in mailbox.new():
                # First heeded, then deleted: whoever dies in between heeds it again, which changes nothing.
                if _heed(uid, content):
                    mailbox.done(uid)
                    heeded += 1
                else:
                    mailbox.leave(uid)
    except InboxTrouble as trouble:
        log.warning("returns.trouble", error=str(trouble))
    return heeded


def _heed(uid: str, content: bytes) -> bool:
    """Whether a mail told us anything; one that we stumble over must not keep us from the others."""
    told = read(content)
    if told is None:
        return False
    try:
        take(told)
    except (OperationalError, InterfaceError):
        # The database is away: all of it is heeded when it is back.
        raise
    except Exception as error:
        log.error("returns.broken", mail=uid, **described(error))  # noqa: TRY400
        return False
    return True


def take(told: Bounce | Wish) -> None:
    """Heed what a mail tells; a second time changes nothing."""
    if isinstance(told, Wish):
        with outside_scope(), unit_of_work():
            publish(UnsubscribeWished(purpose=told.purpose, token=told.token))
        return
    with tenant_scope(told.message.tenant_id), unit_of_work():
        _fail(told)


def _fail(bounce: Bounce) -> None:
    delivery_id = bounce.message.delivery_id
    asked = select(Delivery).where(Delivery.id == delivery_id, Delivery.channel == CHANNEL)
    delivery = db.session.scalars(asked).first()
    if delivery is None:
        return
    receipt = Receipt(
        reference=f"return:{delivery_id.hex}",
        verdict=Told.UNDELIVERED,
        error=bounce.error,
        at=clock.now(),
        delivery_id=delivery_id,
    )
    if not receipts.take(CHANNEL, [receipt]):
        return
    recording.tell([Ending(parcel_of(delivery), DeliveryState.FAILED, bounce.error)])
