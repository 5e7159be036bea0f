"""Many customers at a time: what imports do, in a fixed number of statements per call."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.bulk import meanwhile
from app.core.db import db
from app.core.errors import FieldProblem
from app.customers import making, planning, policies, queries, references
from app.customers.drafts import CustomerDraft
from app.customers.making import SUBJECT, Planned
from app.customers.models import Customer
from tenants import rls
from tenants.context import require_tenant_id

MOST = 1000
_PORTION = 100
"""So many are written while the next are made ready."""
_MOVE = (
    "UPDATE customers r SET parent_id = v.parent_id, version = r.version + 1, updated_at = %(at)s "
    "FROM unnest(%(ids)s::uuid[], %(parents)s::uuid[]) AS v (id, parent_id) "
    "WHERE r.tenant_id = %(tenant)s AND r.id = v.id"
)
Outcome = UUID | tuple[FieldProblem, ...]


@permitted(Permission.CUSTOMER_CREATE)
def create_many(actor: Actor, wanted: Sequence[CustomerDraft], *, action: str = "imported") -> list[Outcome]:
    """Make customers; for each draft, in order, its id or what is wrong with it.

    A bad draft does not hinder the others.
    """
    _demand_few(wanted)
    outcomes: list[Outcome] = []
    with meanwhile():
        for plans in planning.portions(wanted, by=actor, size=_PORTION):
            good = [plan for plan in plans if isinstance(plan, Planned)]
            made = iter(making.make(good, by=actor, action=action) if good else ())
            outcomes += [next(made) if isinstance(plan, Planned) else plan for plan in plans]
    return outcomes


@permitted(Permission.CUSTOMER_CREATE)
def check_many(actor: Actor, wanted: Sequence[CustomerDraft]) -> list[tuple[FieldProblem, ...]]:
    """What is wrong with each draft, in order; nothing is made."""
    _demand_few(wanted)
    plans = planning.plan(wanted, by=actor)
    return [() if isinstance(plan, Planned) else plan for plan in plans]


@permitted(Permission.CUSTOMER_UPDATE)
def set_parents(actor: Actor, wanted: Mapping[UUID, UUID | None]) -> dict[UUID, FieldProblem]:
    """Put customers below others; returns what is wrong with those that cannot be, the rest is done.

    :param wanted: parent by customer; None: it shall have none
    """
    _demand_few(wanted)
    if not wanted:
        return {}
    references.lock_tree()
    customers = queries.visible(actor, wanted.keys())
    parents = {parent_id for parent_id in wanted.values() if parent_id}
    names = references.parents(parents, of=actor)
    above = references.links_above(parents)
    problems, moved = {}, []
    for customer_id, parent_id in wanted.items():
        customer = customers.get(customer_id)
        if customer is None or not policies.update.allows(actor, customer):
            problems[customer_id] = references.unknown("id")
        elif parent_id and parent_id not in names:
            problems[customer_id] = references.unknown("parent_id")
        elif parent_id and _closes_a_ring(customer_id, parent_id, above):
            problems[customer_id] = FieldProblem("parent_id", "parent-loop")
        elif customer.parent_id != parent_id:
            above[customer_id] = parent_id
            moved.append(customer)
    _move(actor, moved, wanted, names)
    return problems


def _closes_a_ring(customer_id: UUID, parent_id: UUID, above: Mapping[UUID, UUID | None]) -> bool:
    seen: set[UUID] = set()
    step: UUID | None = parent_id
    while step is not None and step not in seen:
        if step == customer_id:
            return True
        seen.add(step)
        step = above.get(step)
    return False


def _move(
    actor: Actor, moved: Sequence[Customer], wanted: Mapping[UUID, UUID | None], names: Mapping[UUID, str]
) -> None:
    if not moved:
        return
    former = references.names_of({customer.parent_id for customer in moved if customer.parent_id})
    ids = [customer.id for customer in moved]
    params = {"tenant": require_tenant_id(), "ids": ids, "parents": [wanted[id_] for id_ in ids]}
    rls.driver_of(db.session()).execute(_MOVE, {**params, "at": clock.now()})
    audit.record_many(
        actor,
        [
            Entry(
                action="updated",
                subject_type=SUBJECT,
                subject_id=customer.id,
                subject_label=customer.name,
                changes=[
                    {
                        "field": "parent",
                        "before": former.get(customer.parent_id) if customer.parent_id else None,
                        "after": _ref(wanted[customer.id], names),
                    }
                ],
            )
            for customer in moved
        ],
    )
    for customer in moved:
        db.session.expire(customer)


def _ref(parent_id: UUID | None, names: Mapping[UUID, str]) -> dict[str, str] | None:
    return {"id": str(parent_id), "name": names[parent_id]} if parent_id else None


def _demand_few(wanted: Collection[object]) -> None:
    if len(wanted) > MOST:
        raise ValueError(f"at most {MOST} at a time")
