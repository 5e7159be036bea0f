"""What a customer refers to: its owner, and the customer it belongs to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, text

from app.access.actor import Actor
from app.access.models import User, UserState
from app.access.permissions import Permission
from app.core.db import db
from app.core.errors import FieldProblem, invalid
from app.customers import queries
from app.customers.models import Customer
from app.lists import pages
from tenants import rls
from tenants.context import require_tenant_id

_LOCK = 0x70617265  # "pare": two moves at the same time could close a ring that neither sees
_ABOVE = """
WITH RECURSIVE above AS (
    SELECT c.id, c.parent_id FROM customers c WHERE c.tenant_id = :tenant AND c.id = ANY (:starts)
    UNION
    SELECT c.id, c.parent_id FROM customers c JOIN above a ON c.id = a.parent_id WHERE c.tenant_id = :tenant
)
SELECT id, parent_id FROM above
"""


@dataclass(frozen=True, slots=True)
class Owner:
    """A user as the owner of a customer, with the department that follows."""

    owner_id: UUID
    department_id: UUID | None
    name: str

    @property
    def ref(self) -> dict[str, str]:
        """As in the trail."""
        return {"id": str(self.owner_id), "name": self.name}


def owners(user_ids: Collection[UUID], *, by: Actor) -> dict[UUID, Owner]:
    """The active users among these ids, as owners; no statement if it is only the actor."""
    found = {}
    if not by.is_system:
        found[by.id] = Owner(by.id, by.department_id, by.name)
    others = set(user_ids) - found.keys()
    if others:
        rows = db.session.scalars(select(User).where(User.id.in_(others), User.state == UserState.ACTIVE))
        found |= {user.id: Owner(user.id, user.department_id, user.name) for user in rows}
    return found


def owner_problem(owner: Owner | None, *, by: Actor) -> FieldProblem | None:
    """What speaks against making somebody the owner of a new customer."""
    if owner is None:
        return unknown("owner_id")
    if not by.reaches(Permission.CUSTOMER_READ, owner):
        return FieldProblem("owner_id", "owner-out-of-reach")
    return None


def demand_owner(user_id: UUID, *, by: Actor) -> Owner:
    """A user to whom a customer can be given.

    :raises Invalid: when there is no such active user
    """
    owner = owners([user_id], by=by).get(user_id)
    if owner is None:
        raise invalid("owner_id", "unknown-reference")
    return owner


def parents(parent_ids: Collection[UUID], *, of: Actor) -> dict[UUID, str]:
    """The names of those customers among these ids that the actor sees; one statement."""
    if not parent_ids:
        return {}
    reach = queries.reach_of(of)
    statement = (
        "SELECT r.id, r.name FROM customers r WHERE r.tenant_id = %(tenant)s AND r.id = ANY (%(ids)s) "
        f"AND r.deleted_at IS NULL AND {reach.predicate}"
    )
    params = {"tenant": of.tenant_id, "ids": list(parent_ids), **reach.params}
    return dict(pages.run(rls.driver_of(db.session()), statement, params))


def demand_parent(customer: Customer, parent_id: UUID, *, by: Actor) -> str:
    """The name of a customer that another can belong to.

    :raises Invalid: when it is unknown to the actor, or belongs to that other itself
    """
    name = parents([parent_id], of=by).get(parent_id)
    if name is None:
        raise invalid("parent_id", "unknown-reference")
    lock_tree()
    if customer.id in links_above([parent_id]):
        raise invalid("parent_id", "parent-loop")
    return name


def lock_tree() -> None:
    """Let nobody else move customers below others until this transaction ends."""
    db.session.execute(select(func.pg_advisory_xact_lock(_LOCK, require_tenant_id() % 2**31)))


def links_above(customer_ids: Iterable[UUID]) -> dict[UUID, UUID | None]:
    """Parents of these customers, of their parents, and so on to the top."""
    rows = db.session.execute(text(_ABOVE), {"tenant": require_tenant_id(), "starts": list(customer_ids)})
    return {row.id: row.parent_id for row in rows}


def names_of(customer_ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """Customers as the trail tells of them, seen or not."""
    if not customer_ids:
        return {}
    rows = db.session.execute(select(Customer.id, Customer.name).where(Customer.id.in_(customer_ids)))
    return {row_id: {"id": str(row_id), "name": name} for row_id, name in rows}


def user_refs(user_ids: Collection[UUID]) -> list[dict[str, str]]:
    """Users as the trail tells of them, by name."""
    if not user_ids:
        return []
    rows = db.session.execute(
        select(User.id, User.name).where(User.id.in_(user_ids)).order_by(User.name, User.id)
    )
    return [{"id": str(row_id), "name": name} for row_id, name in rows]


def demand_colleagues(user_ids: Collection[UUID]) -> None:
    """Make sure that these are active users.

    :raises Invalid: when one is not
    """
    if not user_ids:
        return
    found = db.session.scalars(
        select(func.count()).select_from(User).where(User.id.in_(user_ids), User.state == UserState.ACTIVE)
    ).one()
    if found < len(set(user_ids)):
        raise invalid("user_ids", "unknown-reference")


def unknown(field: str) -> FieldProblem:
    """What is said of a reference to nothing, or to what one may not see."""
    return FieldProblem(field, "unknown-reference")
