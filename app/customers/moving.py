"""Giving away, deleting and restoring many customers at a time, in a fixed number of statements per call."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule, permitted
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.bulk import put_into
from app.core.db import db
from app.core.errors import FieldProblem
from app.core.events import publish
from app.customers import policies, queries, references
from app.customers.making import SUBJECT
from app.customers.models import Customer
from app.customers.references import Owner
from app.events.customers import CustomersDeleted, CustomersRestored, CustomersTransferred
from tenants import rls
from tenants.context import require_tenant_id

Problems = tuple[FieldProblem, ...]
Changes = Sequence[Mapping[str, Any]]
_GIVE = (
    "UPDATE customers r SET owner_id = v.owner_id, department_id = v.department_id, "
    "version = r.version + 1, updated_at = %(at)s "
    "FROM unnest(%(ids)s::uuid[], %(owners)s::uuid[], %(departments)s::uuid[]) "
    "AS v (id, owner_id, department_id) WHERE r.tenant_id = %(tenant)s AND r.id = v.id"
)
_NO_LONGER_SHARED = (
    "DELETE FROM customer_collaborators k USING unnest(%(ids)s::uuid[], %(owners)s::uuid[]) "
    "AS v (id, owner_id) WHERE k.tenant_id = %(tenant)s AND k.customer_id = v.id AND k.user_id = v.owner_id"
)


@permitted(Permission.CUSTOMER_TRANSFER)
def transfer_many(actor: Actor, wanted: Mapping[UUID, UUID | None]) -> dict[UUID, Changes | Problems]:
    """Give customers to colleagues, whose departments they follow; for each the change, or what is wrong.

    :param wanted: the new owner by customer
    """
    customers = queries.visible(actor, wanted.keys())
    owners = references.owners({one for one in wanted.values() if one}, by=actor)
    outcomes: dict[UUID, Changes | Problems] = {}
    moved: list[tuple[Customer, Owner]] = []
    for customer_id, owner_id in wanted.items():
        customer = customers.get(customer_id)
        owner = owners.get(owner_id) if owner_id else None
        problems = _refusal(actor, customer, policies.transfer)
        if problems or customer is None:
            outcomes[customer_id] = problems
        elif owner is None:
            outcomes[customer_id] = (references.unknown("owner_id"),)
        else:
            outcomes[customer_id] = ()
            if owner.owner_id != customer.owner_id:
                moved.append((customer, owner))
    return outcomes | _give(actor, moved)


def _refusal(actor: Actor, customer: Customer | None, rule: Rule[Customer]) -> Problems:
    if customer is None:
        return (FieldProblem("row", "row-gone"),)
    return () if rule.allows(actor, customer) else (FieldProblem("row", "customer-not-yours"),)


def _give(actor: Actor, moved: Sequence[tuple[Customer, Owner]]) -> dict[UUID, Changes]:
    if not moved:
        return {}
    former = {ref["id"]: ref for ref in references.user_refs({c.owner_id for c, _ in moved if c.owner_id})}
    told = {
        customer.id: [{"field": "owner", "before": former.get(str(customer.owner_id)), "after": owner.ref}]
        for customer, owner in moved
    }
    params = {
        "tenant": require_tenant_id(),
        "at": clock.now(),
        "ids": [customer.id for customer, _ in moved],
        "owners": [owner.owner_id for _, owner in moved],
        "departments": [owner.department_id for _, owner in moved],
    }
    driver = rls.driver_of(db.session())
    driver.execute(_GIVE, params)
    driver.execute(_NO_LONGER_SHARED, params)
    given: dict[Owner, list[UUID]] = {}
    for customer, owner in moved:
        given.setdefault(owner, []).append(customer.id)
    audit.record_many(actor, _entries("transferred", {customer: told[customer.id] for customer, _ in moved}))
    for customer, _ in moved:
        db.session.expire(customer)
    for owner, ids in given.items():
        publish(
            CustomersTransferred(
                customer_ids=tuple(ids),
                actor_id=actor.id,
                owner_id=owner.owner_id,
                department_id=owner.department_id,
            )
        )
    return dict(told)


@permitted(Permission.CUSTOMER_DELETE)
def delete_many(actor: Actor, customer_ids: Collection[UUID]) -> dict[UUID, Problems]:
    """Put customers into the recycle bin; for each what is wrong, nothing for those that went."""
    customers = queries.visible(actor, customer_ids)
    problems = {one: _refusal(actor, customers.get(one), policies.delete) for one in customer_ids}
    gone = [customers[one] for one, found in problems.items() if not found]
    values = {"deleted_at": clock.now(), "deleted_by_id": None if actor.is_system else actor.id}
    if gone:
        ids = _put(actor, "deleted", gone, values)
        publish(CustomersDeleted(customer_ids=ids, actor_id=actor.id, actor_name=actor.name))
    return problems


@permitted(Permission.CUSTOMER_DELETE)
def restore_many(actor: Actor, customer_ids: Collection[UUID]) -> dict[UUID, Problems]:
    """Take customers out of the recycle bin; for each what is wrong, nothing for those that came."""
    customers = queries.all_in_bin(actor, customer_ids)
    problems = {one: _refusal(actor, customers.get(one), policies.restore) for one in customer_ids}
    back = [customers[one] for one, found in problems.items() if not found]
    values = {"deleted_at": None, "deleted_by_id": None, "updated_at": clock.now()}
    if back:
        ids = _put(actor, "restored", back, values)
        publish(CustomersRestored(customer_ids=ids, actor_id=actor.id, actor_name=actor.name))
    return problems


def _put(
    actor: Actor, action: str, customers: Sequence[Customer], values: Mapping[str, Any]
) -> tuple[UUID, ...]:
    ids = tuple(customer.id for customer in customers)
    entries = _entries(action, dict.fromkeys(customers, ()))
    put_into(Customer, customers, values)
    audit.record_many(actor, entries)
    return ids


def _entries(action: str, told: Mapping[Customer, Changes]) -> list[Entry]:
    return [
        Entry(
            action=action,
            subject_type=SUBJECT,
            subject_id=customer.id,
            subject_label=customer.name,
            changes=changes,
        )
        for customer, changes in told.items()
    ]
