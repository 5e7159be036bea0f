"""Reading contacts: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.contacts import policies
from app.contacts.models import Contact, ContactRelationship, Relationship
from app.core.db import db
from app.core.errors import NotFound
from app.customers import queries as customers
from app.lists.scopes import Reach, Sharing, narrowest, reach

SHARING = Sharing("customer_collaborators", "customer_id", of="customer_id")


def reach_of(actor: Actor) -> Reach:
    """Which contacts an actor sees.

    :raises Forbidden: when none at all
    """
    return reach(narrowest(*policies.READING, of=actor), "contacts", SHARING, of=actor)


def reach_to_export(actor: Actor) -> Reach:
    """Which of the contacts that an actor sees they may take out in a file.

    :raises Forbidden: when none at all
    """
    needed = narrowest(*policies.READING, Permission.CONTACT_EXPORT, of=actor)
    return reach(needed, "contacts", SHARING, of=actor)


def reach_of_bin(actor: Actor) -> Reach:
    """Which contacts an actor may delete, and so see in the recycle bin.

    :raises Forbidden: when none at all
    """
    return reach(narrowest(*policies.DELETING, of=actor), "contacts", of=actor)


def get(actor: Actor, contact_id: UUID, *, to_change: bool = False) -> Contact:
    """A contact the actor may see and that is not in the recycle bin.

    :param to_change: lock it until the transaction ends
    :raises NotFound: otherwise
    """
    contact = _visible(actor, contact_id, to_change=to_change)
    if contact is None or contact.in_bin:
        raise NotFound
    return contact


def in_bin(actor: Actor, contact_id: UUID) -> Contact:
    """A contact in the recycle bin, locked, that the actor might see outside it.

    :raises NotFound: otherwise
    """
    contact = _visible(actor, contact_id, to_change=True)
    if contact is None or not contact.in_bin or contact.merged:
        raise NotFound
    return contact


def visible(actor: Actor, contact_ids: Collection[UUID], *, binned: bool = False) -> dict[UUID, Contact]:
    """Those of these contacts that the actor may see, locked; one statement.

    :param binned: those in the recycle bin instead of those outside it
    """
    found: Sequence[Contact] = customers.all_belonging(Contact, contact_ids, to=actor, to_change=True)
    seen = (one for one in found if policies.read.allows(actor, one))
    return {one.id: one for one in seen if one.in_bin is binned and not one.merged}


def _visible(actor: Actor, contact_id: UUID, *, to_change: bool) -> Contact | None:
    contact: Contact | None = customers.belonging(Contact, contact_id, to=actor, to_change=to_change)
    return contact if contact and policies.read.allows(actor, contact) else None


def primary_of(customer_id: UUID) -> Contact | None:
    """The primary contact of a customer, outside the bin."""
    return db.session.scalars(
        select(Contact).where(
            Contact.customer_id == customer_id, Contact.is_primary, Contact.deleted_at.is_(None)
        )
    ).first()


def hosts_with_primary(customer_ids: Collection[UUID]) -> set[UUID]:
    """Which of these customers have a primary contact outside the bin."""
    rows = db.session.scalars(
        select(Contact.customer_id).where(
            Contact.customer_id.in_(customer_ids), Contact.is_primary, Contact.deleted_at.is_(None)
        )
    )
    return {customer_id for customer_id in rows if customer_id}


def relationship(actor: Actor, relationship_id: UUID) -> Relationship:
    """A relationship of two contacts that the actor may both see.

    :raises NotFound: otherwise
    """
    row = db.session.scalars(
        select(ContactRelationship).where(ContactRelationship.id == relationship_id).with_for_update()
    ).first()
    if row is None:
        raise NotFound
    return Relationship(row, get(actor, row.low_id), get(actor, row.high_id))
