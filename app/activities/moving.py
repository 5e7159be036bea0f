"""Deleting and restoring many activities at a time, in a fixed number of statements per call."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.activities import policies, queries
from app.activities.models import Activity
from app.activities.trail import entry
from app.audit import services as audit
from app.core import clock
from app.core.bulk import put_into
from app.core.errors import FieldProblem
from app.core.events import publish
from app.customers import queries as customers
from app.events.activities import ActivitiesChanged

Problems = tuple[FieldProblem, ...]


@permitted(Permission.ACTIVITY_DELETE)
def delete_many(actor: Actor, activity_ids: Collection[UUID]) -> dict[UUID, Problems]:
    """Put activities into the recycle bin; for each what is wrong, nothing for those that went."""
    activities = queries.visible(actor, activity_ids)
    problems = {one: _refusal(activities.get(one), by=actor) for one in activity_ids}
    gone = [activities[one] for one, found in problems.items() if not found]
    _put(actor, "deleted", gone, {"deleted_at": clock.now(), "deleted_by_id": actor.id})
    return problems


@permitted(Permission.ACTIVITY_DELETE)
def restore_many(actor: Actor, activity_ids: Collection[UUID]) -> dict[UUID, Problems]:
    """Take activities out of the recycle bin; those of a customer that lies there stay."""
    activities = queries.visible(actor, activity_ids, binned=True)
    problems = {one: _refusal(activities.get(one), by=actor) for one in activity_ids}
    live = customers.live({one.customer_id for one in activities.values() if one.customer_id})
    back = []
    for activity in (activities[one] for one, found in problems.items() if not found):
        if activity.customer_id is not None and activity.customer_id not in live:
            problems[activity.id] = (FieldProblem("row", customers.CustomerInRecycleBin.code),)
        else:
            back.append(activity)
    _put(actor, "restored", back, {"deleted_at": None, "deleted_by_id": None})
    return problems


def _refusal(activity: Activity | None, *, by: Actor) -> Problems:
    if activity is None:
        return (FieldProblem("row", "row-gone"),)
    return () if policies.delete.allows(by, activity) else (FieldProblem("row", "activity-not-yours"),)


def _put(actor: Actor, action: str, activities: Sequence[Activity], values: Mapping[str, Any]) -> None:
    if not activities:
        return
    entries = [entry(activity, action) for activity in activities]
    hosts = {activity.customer_id for activity in activities if activity.customer_id}
    put_into(Activity, activities, values)
    audit.record_many(actor, entries)
    if hosts:
        publish(ActivitiesChanged(customer_ids=tuple(hosts)))
