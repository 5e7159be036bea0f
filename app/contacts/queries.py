"""Reading contacts: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.contacts import policies
from app.contacts.models import Contact, ContactRelationship, Relationship
from app.core import pinyin
from app.core.db import db
from app.core.errors import NotFound
from app.core.search import fold
from app.customers import queries as customers
from app.lists import pages
from app.lists.scopes import Reach, Sharing, narrowest, reach
from tenants import rls

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


def visible(
    actor: Actor, contact_ids: Collection[UUID], *, binned: bool = False, to_change: bool = True
) -> dict[UUID, Contact]:
    """Those of these contacts that the actor may see; one statement.

    :param binned: those in the recycle bin instead of those outside it
    :param to_change: lock them until the transaction ends
    """
    found: Sequence[Contact] = customers.all_belonging(Contact, contact_ids, to=actor, to_change=to_change)
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


def named(
    actor: Actor, names: Collection[str], customer_ids: Collection[UUID]
) -> dict[tuple[UUID | None, str], list[UUID]]:
    """The contacts with these names at these customers, or at none, that the actor sees.

    The oldest come first; by customer and folded name. One statement.
    """
    wanted = {folded for name in names if (folded := fold(name))}
    keys = [pinyin.sort_key(name, person=True) for name in wanted]
    test = "r.name_key = ANY (%(keys)s) AND (r.customer_id IS NULL OR r.customer_id = ANY (%(hosts)s))"
    found: dict[tuple[UUID | None, str], list[UUID]] = {}
    for contact_id, customer_id, name in _seen(actor, test, {"keys": keys, "hosts": list(customer_ids)}):
        if (key := fold(name)) in wanted:
            found.setdefault((customer_id, key), []).append(contact_id)
    return found


def visible_ids(actor: Actor, contact_ids: Collection[UUID]) -> set[UUID]:
    """Those of these ids that are contacts the actor sees outside the bin; one statement."""
    found = _seen(actor, "r.id = ANY (%(ids)s)", {"ids": list(contact_ids)}) if contact_ids else ()
    return {contact_id for contact_id, _, _ in found}


def _seen(actor: Actor, test: str, params: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    scope = reach_of(actor)
    statement = (
        "SELECT r.id, r.customer_id, r.name FROM contacts r WHERE r.tenant_id = %(tenant)s "
        f"AND r.deleted_at IS NULL AND {test} AND {scope.predicate} ORDER BY r.created_at, r.id"
    )
    bound = {"tenant": actor.tenant_id, **params, **scope.params}
    return pages.run(rls.driver_of(db.session()), statement, bound)
