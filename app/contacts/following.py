"""How contacts follow their customer: to another owner, into the recycle bin, back, and out for ever.

The flows that hear of customers call these, inside the customer's own transaction.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Row, delete, select, update

from app.audit import services as audit
from app.audit.services import Doer, Entry
from app.contacts import rolling
from app.contacts.models import Contact
from app.contacts.trail import SUBJECT
from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.events.contacts import ContactsPurged
from app.fields import index as field_index
from app.lists import index
from app.lists.models import CONTACT

_UNSEEN = {"synchronize_session": False}


def to_owner(customer_ids: Collection[UUID], *, owner_id: UUID, department_id: UUID | None) -> None:
    """Customers have another owner: so have their contacts, those in the bin too."""
    db.session.execute(
        update(Contact)
        .where(Contact.customer_id.in_(customer_ids))
        .values(owner_id=owner_id, department_id=department_id)
        .execution_options(**_UNSEEN)
    )


def into_bin(customer_ids: Collection[UUID], *, by: Doer) -> None:
    """Customers go to the recycle bin: their contacts go with them."""
    gone = db.session.execute(
        update(Contact)
        .where(Contact.customer_id.in_(customer_ids), Contact.deleted_at.is_(None))
        .values(
            deleted_at=clock.now(),
            deleted_by_id=by.id,
            deleted_with_id=Contact.customer_id,
            version=Contact.version + 1,
        )
        .returning(Contact.id, Contact.name)
        .execution_options(**_UNSEEN)
    )
    audit.record_many(by, _told("deleted", gone.all()))


def out_of_bin(customer_ids: Collection[UUID], *, by: Doer) -> None:
    """Customers come back: so do the contacts that had gone with them, and no others."""
    back = db.session.execute(
        update(Contact)
        .where(Contact.customer_id.in_(customer_ids), Contact.deleted_with_id == Contact.customer_id)
        .values(deleted_at=None, deleted_by_id=None, deleted_with_id=None, version=Contact.version + 1)
        .returning(Contact.id, Contact.name)
        .execution_options(**_UNSEEN)
    )
    audit.record_many(by, _told("restored", back.all()))
    rolling.look_again()


def for_ever(customer_id: UUID, *, by: Doer) -> None:
    """A customer is removed: so is everyone who was its contact, whenever they were deleted."""
    gone = db.session.execute(
        select(Contact.id, Contact.name).where(Contact.customer_id == customer_id)
    ).all()
    audit.record_many(by, _told("purged", gone))
    ids = tuple(contact_id for contact_id, _ in gone)
    publish(ContactsPurged(contact_ids=ids))
    index.drop(CONTACT, ids)
    field_index.drop(ids)
    db.session.execute(delete(Contact).where(Contact.customer_id == customer_id).execution_options(**_UNSEEN))


def customers_of(contact_ids: Collection[UUID]) -> list[UUID]:
    """The customers that some contacts belong to."""
    if not contact_ids:
        return []
    theirs = select(Contact.customer_id).where(Contact.id.in_(contact_ids), Contact.customer_id.is_not(None))
    return [customer_id for customer_id in db.session.scalars(theirs.distinct()) if customer_id]


def _told(action: str, contacts: Sequence[Row[UUID, str]]) -> list[Entry]:
    """Lines for the contacts' own timelines; on the customer's, its own line says it all."""
    return [
        Entry(action=action, subject_type=SUBJECT, subject_id=contact_id, subject_label=name)
        for contact_id, name in contacts
    ]
