"""What the trail is told about contacts: what people read, not ids."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.audit.services import Entry
from app.contacts.birthdays import Birthday
from app.contacts.drafts import PLAIN
from app.contacts.models import Contact
from app.core.db import db
from app.customers.models import Customer

SUBJECT = "contact"
Change = Mapping[str, Any]


def entry(
    contact: Contact, action: str, changes: Sequence[Change] = (), *, about_id: UUID | None = None
) -> Entry:
    """One line about a contact, which its customer's timeline tells too."""
    return Entry(
        action=action,
        subject_type=SUBJECT,
        subject_id=contact.id,
        subject_label=contact.name,
        changes=changes,
        about_id=about_id or contact.customer_id,
    )


def change(field: str, *, before: Any, after: Any) -> dict[str, Any]:
    """One change."""
    return {"field": field, "before": before, "after": after}


def ref(customer: Customer | None) -> dict[str, str] | None:
    """A customer by id and name."""
    return {"id": str(customer.id), "name": customer.name} if customer else None


def customer_ref(customer_id: UUID | None) -> dict[str, str] | None:
    """The same of its id."""
    if customer_id is None:
        return None
    return ref(db.session.scalars(select(Customer).where(Customer.id == customer_id)).one())


def facts(contact: Contact, customer: Customer | None) -> list[dict[str, Any]]:
    """A new contact's telling fields, as changes from nothing."""
    told = {**shown(contact, (*PLAIN, "phones", "birthday")), "customer": ref(customer)}
    if contact.is_primary:
        told["is_primary"] = True
    return [change(name, before=None, after=value) for name, value in told.items() if value not in (None, [])]


def shown(contact: Contact, names: Collection[str]) -> dict[str, Any]:
    """Some fields as the trail tells them."""
    told = {name: getattr(contact, name) for name in names if name in {*PLAIN, "phones", "is_primary"}}
    if "birthday" in names:
        told["birthday"] = birthday(contact.birthday)
    return told


def birthday(day: Birthday | None) -> dict[str, Any] | None:
    """A birthday as the trail tells it."""
    return asdict(day) if day else None


def differences(before: Change, after: Change) -> list[dict[str, Any]]:
    """What has become different, field by field."""
    return [
        change(name, before=value, after=after[name])
        for name, value in before.items()
        if value != after[name]
    ]
