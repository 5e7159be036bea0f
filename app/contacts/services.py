"""What can be done with a contact."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.contacts import drafts, policies, queries, rolling, trail
from app.contacts.drafts import ContactDraft
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.events import publish
from app.core.phones import Phone
from app.core.search import Keys, keys_of
from app.customers import queries as customers
from app.customers.models import Customer
from app.events.contacts import ContactMoved, ContactsPurged
from app.fields import filling, rights, writing
from app.fields import index as field_index
from app.fields.filling import Wanted
from app.lists import index
from app.lists.models import CONTACT


@permitted(Permission.CONTACT_CREATE)
def create(actor: Actor, draft: ContactDraft) -> Contact:
    """A new contact, at a customer or on their own.

    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand(drafts.values_of(draft))
    customer = _host(actor, values["customer_id"]) if values["customer_id"] else None
    if values["is_primary"]:
        _make_way(actor, customer.id if customer else None)
    rights.demand(actor, trail.SUBJECT, {name for name, value in values.items() if value})
    facts = {name: values[name] for name in drafts.PLAIN}
    custom = filling.demand(actor, trail.SUBJECT, Wanted(sent=values["custom"], facts=facts))
    at, maker = clock.now(), None if actor.is_system else actor.id
    contact = Contact(
        **{name: values[name] for name in (*drafts.PLAIN, "is_primary")},
        phones=_shown(values["phones"]),
        custom=custom,
        owner_id=maker,
        department_id=actor.department_id,
        created_at=at,
        created_by_id=maker,
        updated_at=at,
    )
    if customer:
        contact.belong_to(customer)
    rolling.note_birthday(contact, values["birthday"])
    keys = _set_keys(contact)
    db.session.add(contact)
    db.session.flush()
    index.put(CONTACT, {contact.id: keys.grams})
    writing.index_new(actor, trail.SUBJECT, {contact.id: custom})
    told = trail.facts(contact, customer) + writing.told_of_new(actor, trail.SUBJECT, custom)
    audit.record(actor, trail.entry(contact, "created", told))
    return contact


@guarded(policies.update)
def update(actor: Actor, contact: Contact, changes: Mapping[str, Any]) -> None:
    """Change fields; None empties one.

    :param changes: fields of `ContactDraft`
    :raises Forbidden: when a collaborator would take the contact away from its customer
    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand(changes)
    before = trail.shown(contact, {*values, "is_primary"})
    # What is read or written elsewhere comes first, so that the contact itself is written once.
    move = _planned_move(actor, contact, values)
    primary = values.get("is_primary", contact.is_primary and move is None)
    if primary and (move or not contact.is_primary):
        _make_way(actor, move.customer_id if move else contact.customer_id)
    _fill_in(contact, values)
    if move:
        move.carry_out(contact)
    contact.is_primary = primary
    facts = trail.shown(contact, drafts.PLAIN)
    own = writing.rewrite(actor, trail.SUBJECT, contact, values.get("custom"), facts)
    told = trail.differences(before, trail.shown(contact, before)) + (move.told if move else [])
    rights.demand(actor, trail.SUBJECT, {change["field"] for change in told})
    told += own
    if told:
        _rewrite(contact, {change["field"] for change in told})
        audit.record(actor, trail.entry(contact, "updated", told))
    if move:
        publish(
            ContactMoved(
                contact_id=contact.id,
                former_customer_id=move.former_id,
                customer_id=contact.customer_id,
                owner_id=contact.owner_id,
                department_id=contact.department_id,
            )
        )


def _fill_in(contact: Contact, values: Mapping[str, Any]) -> None:
    if "birthday" in values and values["birthday"] != contact.birthday:
        rolling.note_birthday(contact, values["birthday"])
    for name in values.keys() & set(drafts.PLAIN):
        setattr(contact, name, values[name])
    if "phones" in values:
        contact.phones = _shown(values["phones"])


def _shown(phones: Sequence[Phone]) -> list[dict[str, str]]:
    return [{"number": phone.number, "label": phone.label} for phone in phones]


def _rewrite(contact: Contact, changed: Collection[str]) -> None:
    keys = _set_keys(contact) if {"name", "phones"} & set(changed) else None
    _touch(contact)
    if keys:
        index.put(CONTACT, {contact.id: keys.grams})


def _set_keys(contact: Contact) -> Keys:
    keys = keys_of(contact.name, person=True, phones=[phone["number"] for phone in contact.phones])
    contact.name_key, contact.search_text = keys.sort, keys.text
    return keys


def _touch(contact: Contact) -> None:
    contact.updated_at = clock.now()
    db.session.flush()


def _host(actor: Actor, customer_id: UUID) -> Customer:
    """A customer to add a contact to, held until the end: it cannot be deleted meanwhile."""
    try:
        customer = customers.get(actor, customer_id, to_change=True)
    except NotFound:
        raise invalid("customer_id", "unknown-reference") from None
    if not policies.add.allows(actor, customer):
        raise policies.add.refusal(actor)
    return customer


@dataclass(frozen=True, slots=True)
class _Move:
    """Taking a contact to another customer, or away from any; then it stays with its owner."""

    former: dict[str, str] | None
    former_id: UUID | None
    customer: Customer | None

    @property
    def customer_id(self) -> UUID | None:
        return self.customer.id if self.customer else None

    @property
    def told(self) -> list[dict[str, Any]]:
        return [trail.change("customer", before=self.former, after=trail.ref(self.customer))]

    def carry_out(self, contact: Contact) -> None:
        if self.customer:
            contact.belong_to(self.customer)
        else:
            contact.customer_id = None


def _planned_move(actor: Actor, contact: Contact, values: Mapping[str, Any]) -> _Move | None:
    customer_id = values.get("customer_id", contact.customer_id)
    if customer_id == contact.customer_id:
        return None
    if not policies.move.allows(actor, contact):
        raise policies.move.refusal(actor)
    former = trail.customer_ref(contact.customer_id)
    former_id = contact.customer_id
    return _Move(former, former_id, _host(actor, customer_id) if customer_id else None)


def _make_way(actor: Actor, customer_id: UUID | None) -> None:
    """Let a customer have another primary contact."""
    if customer_id is None:
        raise invalid("is_primary", "primary-needs-customer")
    former = queries.primary_of(customer_id)
    if former is not None:
        former.is_primary = False
        _touch(former)
        told = [trail.change("is_primary", before=True, after=False)]
        audit.record(actor, trail.entry(former, "updated", told))


@guarded(policies.delete)
def delete(actor: Actor, contact: Contact) -> None:
    """Put a contact into the recycle bin."""
    contact.deleted_at = clock.now()
    contact.deleted_by_id = None if actor.is_system else actor.id
    db.session.flush()
    audit.record(actor, trail.entry(contact, "deleted"))


@guarded(policies.restore)
def restore(actor: Actor, contact: Contact) -> None:
    """Take a contact out of the recycle bin; where another became primary meanwhile, it is so no more.

    :raises CustomerInRecycleBin: while its customer lies there
    """
    if contact.customer_id is not None:
        customers.demand_live(contact.customer_id)
        if contact.is_primary and queries.primary_of(contact.customer_id):
            contact.is_primary = False
    contact.deleted_at = contact.deleted_by_id = None
    _touch(contact)
    rolling.look_again()
    audit.record(actor, trail.entry(contact, "restored"))


@guarded(policies.purge)
def purge(actor: Actor, contact: Contact) -> None:
    """Remove a contact in the recycle bin for ever, and how it knew others."""
    audit.record(actor, trail.entry(contact, "purged"))
    publish(ContactsPurged(contact_ids=(contact.id,)))
    index.drop(CONTACT, [contact.id])
    field_index.drop([contact.id])
    db.session.delete(contact)
    db.session.flush()
