"""The kinds of records that can be merged, and what each kind takes over besides its fields."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule
from app.contacts import absorbing as contact_absorbing
from app.contacts import joining
from app.contacts import policies as contact_policies
from app.contacts import queries as contacts
from app.contacts.models import Contact
from app.core.db import db
from app.customers import absorbing as customer_absorbing
from app.customers import policies as customer_policies
from app.customers import queries as customers
from app.customers import references
from app.customers.models import Customer
from app.lists.models import CONTACT, CUSTOMER

Values = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of record that can be merged."""

    word: str
    model: type[Any]
    search: str
    """Its kind in the search index."""
    reading: tuple[Permission, ...]
    rule: Rule[Any]
    seen: Callable[[Actor, Collection[UUID]], Mapping[UUID, Any]]
    fields: Any
    """The module that takes over fields: `stored`, `united`, `put`, `reindex`."""
    prepare: Callable[[], None]
    """What must be held before records are read."""
    take: Callable[[Any, Sequence[Any]], tuple[Values, Values]]
    """Let the master take over what is no field; what that was before, and what it is now."""
    give_back: Callable[[Any, Mapping[str, Any], Mapping[str, Any]], dict[str, int]]
    """The way back, as far as it is still as it was made; what is left."""


def gone(kind: Kind, ids: Collection[UUID], master_id: UUID) -> dict[UUID, Any]:
    """Those of these records whose place the master has taken, locked."""
    model = kind.model
    found = db.session.scalars(
        select(model)
        .where(model.id.in_(ids), model.merged_into_id == master_id)
        .order_by(model.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {one.id: one for one in found}


def _take_customers(master: Customer, losers: Sequence[Customer]) -> tuple[Values, Values]:
    before: Values = {}
    after: Values = {}
    parent_id = _parent(master, losers)
    if parent_id != master.parent_id:
        before["parent_id"], after["parent_id"] = _text(master.parent_id), _text(parent_id)
        master.parent_id = parent_id
    new = customer_absorbing.share_as(master, [one.id for one in losers])
    if new:
        before["collaborators"], after["collaborators"] = [], [str(user) for user in new]
    db.session.flush()
    return before, after


def _parent(master: Customer, losers: Sequence[Customer]) -> UUID | None:
    """The master's parent: what stood above a loser, where that loser stood above the master or none did."""
    group = {master.id, *(one.id for one in losers)}
    above = references.links_above([master.id, *(one.id for one in losers)])
    chain, step = [], master.parent_id
    while step is not None and step not in chain:
        chain.append(step)
        step = above.get(step)
    inside = [i for i, one in enumerate(chain) if one in group]
    if inside:
        return next((one for one in chain[inside[-1] + 1 :] if one not in group), None)
    if master.parent_id is not None:
        return master.parent_id
    candidates = [one.parent_id for one in losers if one.parent_id and one.parent_id not in group]
    return next((one for one in candidates if not group & set(references.links_above([one]))), None)


def _text(record_id: UUID | None) -> str | None:
    return str(record_id) if record_id else None


def _give_customers_back(
    master: Customer, before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, int]:
    left: dict[str, int] = {}
    if "parent_id" in after:
        former = UUID(before["parent_id"]) if before["parent_id"] else None
        rings = former is not None and master.id in references.links_above([former])
        if _text(master.parent_id) == after["parent_id"] and not rings:
            master.parent_id = former
        else:
            left["parent"] = 1
    if after.get("collaborators"):
        customer_absorbing.share_no_longer(master.id, [UUID(user) for user in after["collaborators"]])
    db.session.flush()
    return left


def _take_contacts(master: Contact, losers: Sequence[Contact]) -> tuple[Values, Values]:
    before: Values = {}
    after: Values = {}
    host = next((one for one in losers if one.customer_id), None)
    if master.customer_id is None and host is not None:
        before["customer_id"], after["customer_id"] = None, str(host.customer_id)
        master.customer_id = host.customer_id
        master.owner_id, master.department_id = host.owner_id, host.department_id
    stood_for = any(one.is_primary and one.customer_id == master.customer_id for one in losers)
    if stood_for and not master.is_primary:
        before["is_primary"], after["is_primary"] = False, True
        master.is_primary = True
    db.session.flush()
    before["relationships"] = joining.join(master.id, [one.id for one in losers])
    return before, after


def _give_contacts_back(
    master: Contact, before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, int]:
    left = {}
    if "is_primary" in after and master.is_primary:
        master.is_primary = False
    if "customer_id" in after:
        if _text(master.customer_id) == after["customer_id"]:
            master.customer_id = None
        else:
            left["customer"] = 1
    db.session.flush()
    if unjoined := joining.part(before.get("relationships", ())):
        left["relationships"] = unjoined
    return left


def _nothing() -> None:
    """Nothing needs to be held."""


KINDS: Mapping[str, Kind] = {
    "customer": Kind(
        word="customer",
        model=Customer,
        search=CUSTOMER,
        reading=(Permission.CUSTOMER_READ,),
        rule=customer_policies.merge,
        seen=customers.visible,
        fields=customer_absorbing,
        prepare=references.lock_tree,
        take=_take_customers,
        give_back=_give_customers_back,
    ),
    "contact": Kind(
        word="contact",
        model=Contact,
        search=CONTACT,
        reading=contact_policies.READING,
        rule=contact_policies.merge,
        seen=contacts.visible,
        fields=contact_absorbing,
        prepare=_nothing,
        take=_take_contacts,
        give_back=_give_contacts_back,
    ),
}
