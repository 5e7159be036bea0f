"""What a contact has agreed to and refused, as their page shows it."""

from typing import Any

from sqlalchemy import select

from app.access.actor import Actor
from app.consents import addresses, standing
from app.consents.models import CalmPolicy, ConsentEntry, current_policy
from app.consents.standing import Said, Standing
from app.consents.states import About, Purpose, Way
from app.contacts.models import Contact
from app.contacts.trail import SUBJECT
from app.core.db import db
from app.lists import names
from tenants import calendar, rls

MOST_ENTRIES = 100
_FIELDS = {Way.SMS: "phones", Way.MAIL: "email"}
"""The field of a contact that an address stands in: whoever may not see it, does not see it here."""


def of_contact(reader: Actor, contact: Contact) -> dict[str, Any]:
    """Whether a contact may be written to, for what and in which way, and what was said."""
    driver = rls.driver_of(db.session())
    at = addresses.of_contact(contact.phones, contact.email)
    (known,) = standing.of(driver, reader.tenant_id, [contact.id], at.values()).values()
    policy, today = current_policy(), calendar.today(reader.zone)
    hidden = reader.hides(SUBJECT)
    return {
        "do_not_contact": known.holds(About.DO_NOT_CONTACT),
        "minor": known.is_minor(today),
        "minor_by_age": (About.MINOR, None, None) not in known.said and known.is_minor(today),
        "ways": [
            {
                "way": way,
                "address": None if _FIELDS.get(way) in hidden else at.get(way),
                "suppressed": (way.value, at.get(way)) in known.suppressed,
                "purposes": [_cell(known, policy, purpose, way, at.get(way), today) for purpose in Purpose],
            }
            for way in Way
        ],
        "entries": _entries(reader, contact, driver),
    }


def _cell(
    known: Standing, policy: CalmPolicy, purpose: Purpose, way: Way, address: str | None, today: Any
) -> dict[str, Any]:
    asked = policy.calm(purpose).needs_consent
    last: Said | None = known.said.get((About.CONSENT, purpose, way))
    return {
        "purpose": purpose,
        "consent": None if last is None else last.holds,
        "said_at": last.said_at if last else None,
        "source": last.source if last else None,
        "obstacle": known.obstacle(purpose, way, address, needs_consent=asked, today=today),
    }


def _entries(reader: Actor, contact: Contact, driver: Any) -> list[dict[str, Any]]:
    asked = (
        select(ConsentEntry)
        .where(ConsentEntry.contact_id == contact.id)
        .order_by(ConsentEntry.said_at.desc(), ConsentEntry.id.desc())
        .limit(MOST_ENTRIES)
    )
    found = db.session.scalars(asked).all()
    called = names.directory(driver, reader, {str(one.noted_by_id) for one in found if one.noted_by_id})
    return [
        {
            **{name: getattr(one, name) for name in _PLAIN},
            "noted_by": called.user(str(one.noted_by_id)) if one.noted_by_id else None,
        }
        for one in found
    ]


_PLAIN = ("id", "about", "purpose", "way", "holds", "source", "evidence", "said_at", "noted_at")
