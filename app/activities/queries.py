"""Reading activities: fetching is authorising, what an actor may not see does not exist."""

from uuid import UUID

from sqlalchemy import exists, select

from app.access.actor import Actor
from app.activities import policies
from app.activities.models import Activity
from app.core.db import db
from app.core.errors import NotFound
from app.customers.models import CustomerCollaborator
from app.lists.scopes import Reach, Sharing, narrowest, reach
from tenants.context import require_tenant_id

SHARING = Sharing("customer_collaborators", "customer_id", of="customer_id")


def reach_of(actor: Actor) -> Reach:
    """Which activities an actor sees.

    :raises Forbidden: when none at all
    """
    return reach(narrowest(*policies.READING, of=actor), "activities", SHARING, of=actor)


def reach_of_bin(actor: Actor) -> Reach:
    """Which activities an actor sees in the recycle bin.

    :raises Forbidden: when none at all
    """
    return reach(narrowest(*policies.DELETING, of=actor), "activities", of=actor)


def get(actor: Actor, activity_id: UUID, *, to_change: bool = False) -> Activity:
    """An activity the actor may see and that is not in the recycle bin.

    :param to_change: lock it until the transaction ends
    :raises NotFound: otherwise
    """
    activity = _visible(actor, activity_id, to_change=to_change)
    if activity is None or activity.in_bin:
        raise NotFound
    return activity


def in_bin(actor: Actor, activity_id: UUID) -> Activity:
    """An activity in the recycle bin that went there on its own, locked; one the actor might see outside it.

    :raises NotFound: otherwise
    """
    activity = _visible(actor, activity_id, to_change=True)
    if activity is None or not activity.in_bin or activity.deleted_with_id is not None:
        raise NotFound
    return activity


def _visible(actor: Actor, activity_id: UUID, *, to_change: bool) -> Activity | None:
    shared = exists(
        select(CustomerCollaborator.user_id).where(
            CustomerCollaborator.tenant_id == require_tenant_id(),
            CustomerCollaborator.customer_id == Activity.customer_id,
            CustomerCollaborator.user_id == actor.id,
        )
    )
    statement = select(Activity, shared).where(Activity.id == activity_id)
    if to_change:
        statement = statement.with_for_update(of=Activity).execution_options(populate_existing=True)
    row = db.session.execute(statement).first()
    if row is None:
        return None
    activity: Activity = row[0]
    activity.shared = row[1]
    return activity if policies.read.allows(actor, activity) else None
