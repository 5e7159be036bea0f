"""Reading customers: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from app.access.actor import Actor
from app.access.permissions import Permission
from app.core import pinyin
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.core.search import fold
from app.customers import policies
from app.customers.models import Customer, CustomerCollaborator
from app.lists import pages
from app.lists.scopes import Reach, Sharing, narrowest, reach
from tenants import rls
from tenants.context import require_tenant_id

SHARING = Sharing("customer_collaborators", "customer_id")
_HOLD = (
    "SELECT r.id, r.name, r.owner_id, r.department_id, EXISTS (SELECT 1 FROM customer_collaborators k "
    "WHERE k.tenant_id = %(tenant)s AND k.customer_id = r.id AND k.user_id = %(actor)s) FROM customers r "
    "WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s AND r.deleted_at IS NULL FOR SHARE OF r"
)


class CustomerInRecycleBin(Conflict):
    """The record's customer lies in the recycle bin, and must come back first."""

    code = "customer-in-recycle-bin"


def reach_of(actor: Actor) -> Reach:
    """Which customers an actor sees.

    :raises Forbidden: when none at all
    """
    return reach(Permission.CUSTOMER_READ, "customers", SHARING, of=actor)


def reach_to_export(actor: Actor) -> Reach:
    """Which of the customers that an actor sees they may take out in a file.

    :raises Forbidden: when none at all
    """
    needed = narrowest(Permission.CUSTOMER_READ, Permission.CUSTOMER_EXPORT, of=actor)
    return reach(needed, "customers", SHARING, of=actor)


def get(actor: Actor, customer_id: UUID, *, to_change: bool = False) -> Customer:
    """A customer the actor may see and that is not in the recycle bin.

    :param to_change: lock it until the transaction ends
    :raises NotFound: otherwise
    """
    customer = _visible(actor, customer_id, to_change=to_change)
    if customer is None or customer.in_bin:
        raise NotFound
    return customer


@dataclass(frozen=True, slots=True)
class Held:
    """Of a customer what something that is made for it needs to know."""

    id: UUID
    name: str
    owner_id: UUID | None
    department_id: UUID | None
    shared: bool


def held(actor: Actor, customer_id: UUID) -> Held:
    """A customer the actor may see outside the bin, which nobody changes until the transaction ends.

    Others may hold it as well: who makes something for it does not wait for whoever does the same.

    :raises NotFound: if there is none such
    """
    params = {"tenant": require_tenant_id(), "id": customer_id, "actor": actor.id}
    found = [Held(*row) for row in pages.run(rls.driver_of(db.session.connection()), _HOLD, params)]
    if not found or not policies.read.allows(actor, found[0]):
        raise NotFound
    return found[0]


def in_bin(actor: Actor, customer_id: UUID) -> Customer:
    """A customer in the recycle bin, locked, that the actor might see outside it.

    :raises NotFound: otherwise
    """
    customer = _visible(actor, customer_id, to_change=True)
    if customer is None or not customer.in_bin or customer.merged:
        raise NotFound
    return customer


def sees(actor: Actor, customer_id: UUID) -> bool:
    """Whether there is such a customer for the actor, outside the bin."""
    customer = _visible(actor, customer_id, to_change=False)
    return customer is not None and not customer.in_bin


def visible(actor: Actor, customer_ids: Collection[UUID], *, to_change: bool = True) -> dict[UUID, Customer]:
    """Those of these customers that the actor may see outside the bin; one statement.

    :param to_change: lock them until the transaction ends
    """
    found = _fetch(actor, Customer.id.in_(customer_ids), to_change=to_change)
    return {customer.id: customer for customer in found if not customer.in_bin}


def all_in_bin(actor: Actor, customer_ids: Collection[UUID]) -> dict[UUID, Customer]:
    """Those of these customers that lie in the bin, locked, and that the actor might see outside it."""
    found = _fetch(actor, Customer.id.in_(customer_ids), to_change=True)
    return {customer.id: customer for customer in found if customer.in_bin and not customer.merged}


def _visible(actor: Actor, customer_id: UUID, *, to_change: bool) -> Customer | None:
    found = _fetch(actor, Customer.id == customer_id, to_change=to_change)
    return found[0] if found else None


def _fetch(actor: Actor, wanted: ColumnElement[bool], *, to_change: bool) -> list[Customer]:
    shared = _shared_with(actor, Customer.id)
    statement = select(Customer, shared).where(wanted)
    if to_change:
        statement = statement.order_by(Customer.id).with_for_update(of=Customer)
        statement = statement.execution_options(populate_existing=True)
    found = []
    for customer, is_shared in db.session.execute(statement):
        customer.shared = is_shared
        if policies.read.allows(actor, customer):
            found.append(customer)
    return found


def _shared_with(actor: Actor, customer_id: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    return exists(
        select(CustomerCollaborator.user_id).where(
            CustomerCollaborator.tenant_id == require_tenant_id(),
            CustomerCollaborator.customer_id == customer_id,
            CustomerCollaborator.user_id == actor.id,
        )
    )


def belonging(model: type[Any], record_id: UUID, *, to: Actor, to_change: bool) -> Any:
    """A record with a `customer_id`, or None; `shared` says whether the actor collaborates on that customer.

    Whether the actor may see it is not asked yet.

    :param to_change: lock it until the transaction ends
    """
    found = all_belonging(model, [record_id], to=to, to_change=to_change)
    return found[0] if found else None


def all_belonging(
    model: type[Any], record_ids: Collection[UUID], *, to: Actor, to_change: bool
) -> Sequence[Any]:
    """The same of several records; one statement."""
    statement = select(model, _shared_with(to, model.customer_id)).where(model.id.in_(record_ids))
    if to_change:
        statement = statement.order_by(model.id).with_for_update(of=model)
        statement = statement.execution_options(populate_existing=True)
    records = []
    for record, record.shared in db.session.execute(statement):
        records.append(record)
    return records


def demand_live(customer_id: UUID) -> None:
    """Hold a customer to which something comes back until the transaction ends.

    :raises CustomerInRecycleBin: while it lies there
    """
    in_bin = db.session.scalars(
        select(Customer.deleted_at).where(Customer.id == customer_id).with_for_update()
    ).one()
    if in_bin is not None:
        raise CustomerInRecycleBin


def live(customer_ids: Collection[UUID]) -> set[UUID]:
    """Those of these customers that are outside the bin, held until the transaction ends."""
    rows = db.session.scalars(
        select(Customer.id)
        .where(Customer.id.in_(customer_ids), Customer.deleted_at.is_(None))
        .order_by(Customer.id)
        .with_for_update()
    )
    return set(rows)


def collaborator_ids(customer_id: UUID) -> list[UUID]:
    """With whom a customer is shared."""
    return list(
        db.session.scalars(
            select(CustomerCollaborator.user_id)
            .where(CustomerCollaborator.customer_id == customer_id)
            .order_by(CustomerCollaborator.user_id)
        )
    )


def names_taken(actor: Actor, names: Iterable[str]) -> dict[str, UUID]:
    """Which of these names customers have already that the actor sees; the oldest, by folded name."""
    return {name: found[0] for name, found in named(actor, names).items()}


def named(actor: Actor, names: Iterable[str]) -> dict[str, list[UUID]]:
    """The customers that have these names and that the actor sees, the oldest first, by folded name."""
    wanted = {folded for name in names if (folded := fold(name))}
    keys = {pinyin.sort_key(name, person=person) for name in wanted for person in (False, True)}
    found = _recognised(actor, "r.name", "r.name_key = ANY (%(keys)s)", list(keys))
    taken: dict[str, list[UUID]] = {}
    for name, customer_id in found:
        if (key := fold(name)) in wanted:
            taken.setdefault(key, []).append(customer_id)
    return taken


_WAYS = {
    "id": ("r.id::text", "r.id = ANY (%(keys)s::uuid[])"),
    "credit_code": ("r.credit_key", "r.credit_key = ANY (%(keys)s)"),
    "phone": (
        "p.number",
        "p.customer_id = r.id AND p.tenant_id = %(tenant)s AND p.number = ANY (%(keys)s)",
    ),
}


def recognised(actor: Actor, way: str, keys: Collection[str]) -> dict[str, list[UUID]]:
    """The customers with one of these keys that the actor sees, the oldest first, by key.

    :param way: what the keys are: id, credit_code or phone
    """
    shown, test = _WAYS[way]
    table = "customer_phones p, customers r" if way == "phone" else "customers r"
    known = {key.upper() if way == "credit_code" else key: key for key in keys}
    found: dict[str, list[UUID]] = {}
    for key, customer_id in _recognised(actor, shown, test, list(known), table):
        found.setdefault(known[key], []).append(customer_id)
    return found


def _recognised(
    actor: Actor, shown: str, test: str, keys: list[str], table: str = "customers r"
) -> Iterable[tuple[str, UUID]]:
    scope = reach_of(actor)
    statement = (
        f"SELECT {shown}, r.id FROM {table} WHERE r.tenant_id = %(tenant)s AND {test} "
        f"AND r.deleted_at IS NULL AND {scope.predicate} ORDER BY r.created_at, r.id"
    )
    params = {"tenant": actor.tenant_id, "keys": keys, **scope.params}
    found = pages.run(rls.driver_of(db.session()), statement, params)
    return [(key, customer_id) for key, customer_id in found]
