"""Asking once more, at the moment of sending, whether somebody may be written to, and at this hour."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from app.consents import standing
from app.consents.models import current_policy
from app.consents.states import Purpose, Way
from app.core import clock
from app.core.db import db
from app.messaging.barring import Bar
from app.messaging.outbox import Parcel
from app.outreach.models import OutreachMessage, OutreachTry
from app.outreach.states import Held
from tenants import calendar, rls
from tenants.context import require_tenant_id


def barred(parcels: Sequence[Parcel]) -> Mapping[UUID, Bar]:
    """What stands against these messages by now; six statements however many they are."""
    asked = (
        select(OutreachTry.delivery_id, OutreachTry.way, OutreachMessage.contact_id, OutreachMessage.purpose)
        .join(OutreachMessage, OutreachMessage.id == OutreachTry.message_id)
        .where(OutreachTry.delivery_id.in_([parcel.id for parcel in parcels]))
    )
    known = {row.delivery_id: row for row in db.session.execute(asked)}
    driver, at = rls.driver_of(db.session()), clock.now()
    people = {row.contact_id for row in known.values()}
    addresses = {parcel.address for parcel in parcels}
    stands = standing.of(driver, require_tenant_id(), sorted(people), addresses)
    policy, zone = current_policy(), calendar.zone()
    found: dict[UUID, Bar] = {}
    for parcel in parcels:
        if (row := known.get(parcel.id)) is None:
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
