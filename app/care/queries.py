"""Reading care rules and plans: fetching is authorising."""

from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import refuse
from app.care.models import CareRule, CareRun, CareRunStep
from app.care.policies import Steered
from app.contacts import queries as contacts
from app.core.db import db
from app.core.errors import NotFound
from app.customers import queries as customers
from app.lists.scopes import Branch, Reach

_ALL = Reach("all", (Branch("care_rules r"),), "true", {})


def reach_of(actor: Actor) -> Reach:
    """Which rules an actor sees: all of them, or none.

    :raises Forbidden: when none
    """
    if not actor.may(Permission.MESSAGE_MANAGE) and Permission.MESSAGE_MANAGE not in actor.grants:
        raise refuse(actor, Permission.MESSAGE_MANAGE)
    return _ALL


def get(actor: Actor, rule_id: UUID, *, to_change: bool = False) -> CareRule:
    """A rule, locked if it is to be changed.

    :raises NotFound: if there is none
    """
    reach_of(actor)
    asked = select(CareRule).where(CareRule.id == rule_id, CareRule.deleted_at.is_(None))
    if to_change:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(asked).first()
    if found is None:
        raise NotFound
    return found


def runs_reach(actor: Actor) -> Reach:
    """Which plans an actor sees: those of the customers and contacts that they see.

    :raises Forbidden: when none at all
    """
    at_customers, at_contacts = customers.reach_of(actor), contacts.reach_of(actor)
    own = at_contacts.predicate.replace("%(departments)s", "%(contact_departments)s")
    where = (
        "(r.customer_id IN (SELECT r.id FROM customers r WHERE r.tenant_id = %(tenant)s "
        f"AND r.deleted_at IS NULL AND {at_customers.predicate}) "
        "OR (r.customer_id IS NULL AND r.contact_id IN (SELECT r.id FROM contacts r "
        f"WHERE r.tenant_id = %(tenant)s AND r.deleted_at IS NULL AND {own})))"
    )
    params = {**at_contacts.params, **at_customers.params}
    if "departments" in at_contacts.params:
        params["contact_departments"] = at_contacts.params["departments"]
    shape = f"care-runs-{at_customers.shape}-{at_contacts.shape}"
    return Reach(shape, (Branch("care_runs r", where),), where, params)


def run(actor: Actor, run_id: UUID, *, to_change: bool = False) -> Steered:
    """A plan of somebody whom the actor sees, locked if it is to be changed.

    :raises NotFound: otherwise
    """
    asked = select(CareRun).where(CareRun.id == run_id)
    if to_change:
        asked = asked.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(asked).first()
    if found is None:
        raise NotFound
    host = (
        customers.get(actor, found.customer_id)
        if found.customer_id
        else contacts.get(actor, found.contact_id or run_id)
    )
    rule = db.session.scalars(select(CareRule).where(CareRule.id == found.rule_id)).one()
    return Steered(found, rule, host)


def step(actor: Actor, step_id: UUID) -> tuple[Steered, CareRunStep]:
    """A step of a plan of somebody whom the actor sees, with the plan locked.

    :raises NotFound: otherwise
    """
    known = db.session.scalar(select(CareRunStep.run_id).where(CareRunStep.id == step_id))
    if known is None:
        raise NotFound
    steered = run(actor, known, to_change=True)
    fresh = select(CareRunStep).where(CareRunStep.id == step_id).with_for_update()
    return steered, db.session.scalars(fresh.execution_options(populate_existing=True)).one()
