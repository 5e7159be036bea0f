"""Asking once more, at the moment of sending, whether a message is wanted, and may go out at this hour."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.consents import standing
from app.consents.models import current_policy
from app.consents.states import Purpose, Way
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db
from app.messaging.barring import Bar
from app.messaging.outbox import Parcel
from app.outreach.models import OutreachMessage, OutreachTry
from app.outreach.resting import awake, over
from app.outreach.states import Held, Reason
from tenants import calendar, rls
from tenants.context import require_tenant_id

RESTED = timedelta(hours=1)
"""After how long it is asked again; whoever has it go on does not wait for that (see `planning.wake`)."""


def barred(parcels: Sequence[Parcel]) -> Mapping[UUID, Bar]:
    """What stands against these messages by now; six statements however many they are."""
    known = _known(parcels)
    driver, at = rls.driver_of(db.session()), clock.now()
    people = {row.contact_id for row in known.values()}
    addresses = {parcel.address for parcel in parcels}
    stands = standing.of(driver, require_tenant_id(), sorted(people), addresses)
    policy, zone = current_policy(), calendar.zone()
    found: dict[UUID, Bar] = {}
    for parcel in parcels:
        if (row := known.get(parcel.id)) is None:
            found[parcel.id] = Bar(Reason.CONTACT_GONE)
            continue
        if row.over is not None or not row.awake:
            found[parcel.id] = Bar(row.over) if row.over else Bar(Held.RESTING, until=at + RESTED)
            continue
        calm = policy.calm(Purpose(row.purpose))
        obstacle = stands[str(row.contact_id)].obstacle(
            Purpose(row.purpose),
            Way(row.way),
            parcel.address,
            needs_consent=calm.needs_consent,
            today=at.astimezone(zone).date(),
        )
        if obstacle is not None:
            found[parcel.id] = Bar(obstacle)
        elif not calm.allows(at, zone):
            found[parcel.id] = Bar(Held.QUIET_HOURS, until=calm.next_moment(at, zone))
    return found


def _known(parcels: Sequence[Parcel]) -> dict[Any, Any]:
    """What is behind those of these that are for somebody who is still there."""
    message, contact = OutreachMessage, Contact
    asked = (
        select(
            OutreachTry.delivery_id,
            OutreachTry.way,
            message.contact_id,
            message.purpose,
            awake(firmly=True).label("awake"),
            over().label("over"),
        )
        .join(message, (message.tenant_id == OutreachTry.tenant_id) & (message.id == OutreachTry.message_id))
        .join(contact, (contact.tenant_id == message.tenant_id) & (contact.id == message.contact_id))
        .where(
            OutreachTry.tenant_id == require_tenant_id(),
            OutreachTry.delivery_id.in_([parcel.id for parcel in parcels]),
            contact.deleted_at.is_(None),
        )
    )
    return {row.delivery_id: row for row in db.session.execute(asked)}
