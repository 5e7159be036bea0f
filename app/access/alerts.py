"""Noticing that somebody signs in from a device on which they have not been seen here."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from app.access import devices
from app.access.models import User, UserSession
from app.access.sessions import DEVICE
from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.core.origin import current_origin
from app.events.access import NewDeviceSeen
from tenants import calendar
from tenants.models import Person

_LOOKED_THROUGH = 200


def watch(user: User) -> None:
    """Tell a user of the current tenant that a new device signs in as them; call before the session begins.

    The first device of all is nobody's news. A browser that is merely newer than it was is the same device.
    """
    origin = current_origin()
    known, device = _devices_of(user.id), devices.called(origin.user_agent)
    if not known or device in known:
        return
    locale = db.session.scalar(select(Person.locale).where(Person.id == user.person_id))
    publish(
        NewDeviceSeen(
            user_id=user.id,
            name=user.name,
            email=user.mail_address,
            device=device or "?",
            ip=origin.ip or "?",
            at=_local(clock.now()),
            locale=locale or origin.locale,
        )
    )


def _devices_of(user_id: UUID) -> set[str | None]:
    seen = db.session.scalars(
        select(UserSession.user_agent)
        .where(UserSession.user_id == user_id, UserSession.kind == DEVICE)
        .order_by(UserSession.id.desc())
        .limit(_LOOKED_THROUGH)
    )
    return {devices.called(user_agent) for user_agent in seen}


def _local(at: datetime) -> str:
    return f"{at.astimezone(calendar.zone()):%Y-%m-%d %H:%M}"
