"""Reading activities: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.activities import policies
from app.activities.models import Activity
from app.core.errors import NotFound
from app.customers import queries as customers
from app.lists.scopes import Reach, Sharing, narrowest, reach

SHARING = Sharing("customer_collaborators", "customer_id", of="customer_id")


def reach_of(actor: Actor) -> Reach:
    """Which activities an actor sees.

    :raises Forbidden: when none at all
    """
    return _reach(actor)


def reach_to_export(actor: Actor) -> Reach:
    """Which of the activities that an actor sees they may take out in a file.

    :raises Forbidden: when none at all
    """
    return _reach(actor, Permission.ACTIVITY_EXPORT)


def _reach(actor: Actor, *needed: Permission) -> Reach:
    found = reach(narrowest(*policies.READING, *needed, of=actor), "activities", SHARING, of=actor)
    # Filters can ask for what is one's own, whatever one may see.
    return replace(found, params={**found.params, "me": actor.id})


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


def visible(actor: Actor, activity_ids: Collection[UUID], *, binned: bool = False) -> dict[UUID, Activity]:
    """Those of these activities that the actor may see, locked; one statement.

    :param binned: those that went to the recycle bin on their own instead of those outside it
    """
    found = customers.all_belonging(Activity, activity_ids, to=actor, to_change=True)
    there = (one for one in found if one.in_bin is binned and one.deleted_with_id is None)
    return {one.id: one for one in there if policies.read.allows(actor, one)}


def _visible(actor: Actor, activity_id: UUID, *, to_change: bool) -> Activity | None:
    activity: Activity | None = customers.belonging(Activity, activity_id, to=actor, to_change=to_change)
    return activity if activity and policies.read.allows(actor, activity) else None
