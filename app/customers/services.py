"""What can be done with a customer."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete as sql_delete
from sqlalchemy import insert
from sqlalchemy import update as sql_update

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.db import db
from app.core.errors import Invalid, invalid
from app.core.events import publish
from app.core.search import Keys
from app.customers import drafts, making, planning, policies, queries, references, tagging
from app.customers.drafts import CustomerDraft
from app.customers.making import SUBJECT, Planned
from app.customers.models import Customer, CustomerCollaborator, CustomerPhone
from app.events.customers import (
    CustomerPurged,
    CustomersDeleted,
    CustomerShared,
    CustomersRestored,
    CustomersTransferred,
)
from app.fields import index as field_index
from app.fields import rights, writing
from app.lists import index
from app.lists.models import CUSTOMER
from tenants.context import require_tenant_id

Changes = Sequence[Mapping[str, Any]]
MOST_COLLABORATORS = 100


@permitted(Permission.CUSTOMER_CREATE)
def create(actor: Actor, draft: CustomerDraft) -> UUID:
    """A new customer, owned by the actor if the draft names nobody.

    :raises Invalid: naming every field that cannot be taken
    """
    [plan] = planning.plan([draft], by=actor)
    if not isinstance(plan, Planned):
        raise Invalid(*plan)
    return making.make([plan], by=actor, action="created")[0]


@guarded(policies.update)
def update(actor: Actor, customer: Customer, changes: Mapping[str, Any]) -> None:
    """Change fields; None empties one. Owner and collaborators have services of their own.

    :param changes: fields of `CustomerDraft` but `owner_id`
    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand(changes)
    parent_id = values.get("parent_id")
    if parent_id is not None and parent_id != customer.parent_id:
        references.demand_parent(customer, parent_id, by=actor)
    with db.session.no_autoflush:
        # One change is one version, however many statements it takes.
        before = _shown(customer, values)
        _set(customer, values)
        told = _differences(before, _shown(customer, values))
        rights.demand(actor, SUBJECT, {change["field"] for change in told})
        told += writing.rewrite(actor, SUBJECT, customer, values.get("custom"), _facts(customer))
        if not told:
            return
        _touch(customer)
    if {"name", "kind", "phones"} & {change["field"] for change in told}:
        index.put(CUSTOMER, {customer.id: _keys(customer).grams})
    _tell(actor, customer, "updated", told)


def _set(customer: Customer, values: Mapping[str, Any]) -> None:
    for name in values.keys() & {*making.PLAIN, "parent_id"}:
        setattr(customer, name, values[name])
    if "annual_revenue" in values:
        for column, value in making.money_columns(values["annual_revenue"]).items():
            setattr(customer, column, value)
    if "phones" in values:
        _set_phones(customer, values["phones"])
    if "tags" in values:
        _set_tags(customer, values["tags"])


def _set_phones(customer: Customer, phones: Any) -> None:
    shown = making.phones_shown(phones)
    if shown == customer.phones:
        return
    customer.phones = shown
    db.session.execute(sql_delete(CustomerPhone).where(CustomerPhone.customer_id == customer.id))
    making.write_phones({customer.id: [phone.number for phone in phones]})


def _set_tags(customer: Customer, names: tuple[str, ...]) -> None:
    chosen = tagging.spelled(names, tagging.resolve(names))
    if [tag.name for tag in chosen] == customer.tags:
        return
    customer.tags = [tag.name for tag in chosen]
    tagging.detach(customer.id)
    tagging.attach((customer.id, tag) for tag in chosen)


def _keys(customer: Customer) -> Keys:
    numbers = [phone["number"] for phone in customer.phones]
    return making.search_keys(customer.name, customer.kind, numbers)


def _touch(customer: Customer) -> None:
    """Write what has changed, as one new version."""
    keys = _keys(customer)
    customer.name_key, customer.search_text = keys.sort, keys.text
    customer.updated_at = clock.now()
    db.session.flush()


def _shown(customer: Customer, names: Collection[str]) -> dict[str, Any]:
    """Some fields as the trail tells them."""
    shown = {name: getattr(customer, name) for name in names if name in making.PLAIN}
    shown |= {name: getattr(customer, name) for name in ("phones", "tags") if name in names}
    if "annual_revenue" in names:
        amount, currency = customer.annual_revenue, customer.annual_revenue_currency
        shown["annual_revenue"] = None if amount is None else {"amount": amount, "currency": currency}
    if "parent_id" in names:
        called = references.names_of([customer.parent_id] if customer.parent_id else [])
        shown["parent"] = called.get(customer.parent_id) if customer.parent_id else None
    return shown


def _facts(customer: Customer) -> dict[str, Any]:
    return _shown(customer, {*making.PLAIN, "annual_revenue"})


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"field": name, "before": value, "after": after[name]}
        for name, value in before.items()
        if value != after[name]
    ]


def _tell(actor: Actor, customer: Customer, action: str, changes: Changes = ()) -> None:
    audit.record(actor, _entry(customer.id, customer.name, action, changes))


def _entry(customer_id: UUID, name: str, action: str, changes: Changes) -> Entry:
    return Entry(
        action=action, subject_type=SUBJECT, subject_id=customer_id, subject_label=name, changes=changes
    )


@guarded(policies.delete)
def delete(actor: Actor, customer: Customer) -> None:
    """Put a customer into the recycle bin."""
    customer.deleted_at = clock.now()
    customer.deleted_by_id = None if actor.is_system else actor.id
    db.session.flush()
    _tell(actor, customer, "deleted")
    publish(CustomersDeleted(customer_ids=(customer.id,), actor_id=actor.id, actor_name=actor.name))


@guarded(policies.restore)
def restore(actor: Actor, customer: Customer) -> None:
    """Take a customer out of the recycle bin."""
    customer.deleted_at = customer.deleted_by_id = None
    _touch(customer)
    _tell(actor, customer, "restored")
    publish(CustomersRestored(customer_ids=(customer.id,), actor_id=actor.id, actor_name=actor.name))


@guarded(policies.purge)
def purge(actor: Actor, customer: Customer) -> None:
    """Remove a customer in the recycle bin for ever; those below it stay, belonging to none."""
    publish(CustomerPurged(customer_id=customer.id, actor_id=actor.id, actor_name=actor.name))
    _tell(actor, customer, "purged")
    _release_children(actor, customer)
    index.drop(CUSTOMER, [customer.id])
    field_index.drop([customer.id])
    db.session.delete(customer)
    db.session.flush()


def _release_children(actor: Actor, customer: Customer) -> None:
    released = db.session.execute(
        sql_update(Customer)
        .where(Customer.parent_id == customer.id)
        .values(parent_id=None, version=Customer.version + 1, updated_at=clock.now())
        .returning(Customer.id, Customer.name)
        .execution_options(synchronize_session=False)
    )
    change = {"field": "parent", "before": {"id": str(customer.id), "name": customer.name}, "after": None}
    audit.record_many(actor, [_entry(row_id, name, "updated", [change]) for row_id, name in released])


@guarded(policies.transfer)
def transfer(actor: Actor, customer: Customer, *, owner_id: UUID) -> None:
    """Give a customer to another colleague, whose department it follows.

    :raises Invalid: when there is no such active colleague
    """
    owner = references.demand_owner(owner_id, by=actor)
    if owner.owner_id == customer.owner_id:
        return
    former_id = customer.owner_id
    former = references.user_refs([former_id] if former_id else [])
    customer.owner_id, customer.department_id = owner.owner_id, owner.department_id
    _touch(customer)
    db.session.execute(
        sql_delete(CustomerCollaborator).where(
            CustomerCollaborator.customer_id == customer.id, CustomerCollaborator.user_id == owner.owner_id
        )
    )
    change = {"field": "owner", "before": former[0] if former else None, "after": owner.ref}
    _tell(actor, customer, "transferred", [change])
    publish(
        CustomersTransferred(
            customer_ids=(customer.id,),
            actor_id=actor.id,
            owner_id=owner.owner_id,
            department_id=owner.department_id,
        )
    )


@guarded(policies.share)
def set_collaborators(actor: Actor, customer: Customer, user_ids: Collection[UUID]) -> None:
    """Say with whom a customer is shared; its owner needs no sharing.

    :raises Invalid: when one of them is no active colleague
    """
    wanted = set(user_ids) - {customer.owner_id}
    if len(wanted) > MOST_COLLABORATORS:
        raise invalid("user_ids", "too-many", max=MOST_COLLABORATORS)
    before = set(queries.collaborator_ids(customer.id))
    references.demand_colleagues(wanted - before)
    if wanted == before:
        return
    of_customer = CustomerCollaborator.customer_id == customer.id
    db.session.execute(
        sql_delete(CustomerCollaborator).where(of_customer, CustomerCollaborator.user_id.in_(before - wanted))
    )
    tenant_id = require_tenant_id()
    added = [
        {"tenant_id": tenant_id, "customer_id": customer.id, "user_id": user_id}
        for user_id in sorted(wanted - before)
    ]
    if added:
        db.session.execute(insert(CustomerCollaborator), added)
    _touch(customer)
    change = {
        "field": "collaborators",
        "before": references.user_refs(before),
        "after": references.user_refs(wanted),
    }
    _tell(actor, customer, "collaborators", [change])
    if added:
        new = tuple(sorted(wanted - before))
        publish(CustomerShared(customer_id=customer.id, name=customer.name, actor_id=actor.id, user_ids=new))
