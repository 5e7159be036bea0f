"""What can be done with an activity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.activities import policies
from app.activities.models import Activity
from app.activities.states import ActivityKind
from app.activities.trail import SUBJECT, entry
from app.audit import services as audit
from app.audit.services import changes_of, facts_of
from app.contacts import queries as contacts
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.events import publish
from app.customers import queries as customers
from app.customers.models import Customer
from app.events.activities import ActivitiesChanged
from app.events.records import RecordsGone
from app.fields import filling, writing
from app.fields import index as field_index
from app.fields.filling import Wanted
from app.files import uploads
from app.records.kinds import Record, kind_of
from app.tasks import following
from app.tasks import services as tasks
from app.tasks.services import TaskDraft

LONGEST_CONTENT = 5000
_CLOCKS_DIFFER = timedelta(minutes=10)
_TOLD = ("kind", "content", "happened_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What is to be done next, and by when; it becomes a task of whoever says so."""

    title: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDraft:
    """An activity to be noted, at a customer, a contact or both."""

    kind: ActivityKind
    content: str
    customer_id: UUID | None = None
    contact_id: UUID | None = None
    happened_at: datetime | None = None
    """Now, if nothing is said."""
    next_step: NextStep | None = None
    attachment_ids: Sequence[UUID] = ()
    """Files that wait to be hung on it."""
    custom: Mapping[str, Any] = field(default_factory=dict)
    """What is to stand in the company's own fields, by key."""


@permitted(Permission.ACTIVITY_CREATE)
def create(actor: Actor, draft: ActivityDraft) -> Activity:
    """Note what was done; the next step, if there is one, becomes a task of the actor.

    :raises Invalid: naming the field that cannot be taken
    """
    customer, contact = _hosts(actor, draft)
    held = customer or contact
    if held is None:
        raise invalid("customer_id", "required")
    if not policies.add.allows(actor, held):
        raise policies.add.refusal(actor)
    custom = filling.demand(actor, SUBJECT, Wanted(sent=draft.custom, facts={"kind": draft.kind}))
    at = clock.now()
    activity = Activity(
        customer_id=customer.id if customer else None,
        contact_id=contact.id if contact else None,
        kind=draft.kind,
        content=draft.content,
        custom=custom,
        happened_at=_past(draft.happened_at or at),
        author_id=actor.id,
        owner_id=held.owner_id,
        department_id=held.department_id,
        created_at=at,
        updated_at=at,
    )
    db.session.add(activity)
    db.session.flush()
    writing.index_new(actor, SUBJECT, {activity.id: custom})
    told = facts_of(activity, _TOLD) + writing.told_of_new(actor, SUBJECT, custom)
    audit.record(actor, entry(activity, "created", told))
    _tell(activity)
    if draft.attachment_ids:
        activity.shared = held.shared
        uploads.hang(actor, Record(kind_of(SUBJECT), activity), draft.attachment_ids)
    if draft.next_step:
        _plan(actor, activity, draft.next_step)
    return activity


def _plan(actor: Actor, activity: Activity, step: NextStep) -> None:
    task = TaskDraft(
        title=step.title,
        due_at=step.due_at,
        customer_id=activity.customer_id,
        contact_id=activity.contact_id,
        activity_id=activity.id,
        in_brief=True,
    )
    tasks.create(actor, task)


def _hosts(actor: Actor, draft: ActivityDraft) -> tuple[Customer | None, Contact | None]:
    """The customer and the contact that the actor names, as far as they see them."""
    contact = _seen("contact_id", contacts.get, actor, draft.contact_id)
    customer_id = draft.customer_id or (contact.customer_id if contact else None)
    # Held until the end: it cannot be deleted or given away meanwhile.
    customer = _seen("customer_id", partial(customers.get, to_change=True), actor, customer_id)
    if contact and customer and contact.customer_id != customer.id:
        raise invalid("contact_id", "not-of-this-customer")
    return customer, contact


def _seen(field: str, get: Any, actor: Actor, record_id: UUID | None) -> Any:
    if record_id is None:
        return None
    try:
        return get(actor, record_id)
    except NotFound:
        raise invalid(field, "unknown-reference") from None


def _past(moment: datetime) -> datetime:
    """:raises Invalid: for what has not happened yet"""
    if moment > clock.now() + _CLOCKS_DIFFER:
        raise invalid("happened_at", "not-yet")
    return moment


@guarded(policies.update)
def update(actor: Actor, activity: Activity, changes: Mapping[str, Any]) -> None:
    """Change what was noted.

    :param changes: some of kind, content, happened_at
    :raises Invalid: naming the field that cannot be taken
    """
    if "happened_at" in changes:
        _past(changes["happened_at"])
    for name in changes.keys() & set(_TOLD):
        setattr(activity, name, changes[name])
    told = [change for change in changes_of(activity) if change["field"] in _TOLD]
    told += writing.rewrite(actor, SUBJECT, activity, changes.get("custom"), {"kind": activity.kind})
    if told:
        activity.updated_at = clock.now()
        db.session.flush()
        audit.record(actor, entry(activity, "updated", told))
    if any(change["field"] == "happened_at" for change in told):
        _tell(activity)


@guarded(policies.delete)
def delete(actor: Actor, activity: Activity) -> None:
    """Put an activity into the recycle bin."""
    activity.deleted_at, activity.deleted_by_id = clock.now(), actor.id
    db.session.flush()
    audit.record(actor, entry(activity, "deleted"))
    _tell(activity)


@guarded(policies.restore)
def restore(actor: Actor, activity: Activity) -> None:
    """Take an activity out of the recycle bin.

    :raises CustomerInRecycleBin: while its customer lies there
    """
    if activity.customer_id:
        customers.demand_live(activity.customer_id)
    activity.deleted_at = activity.deleted_by_id = None
    db.session.flush()
    audit.record(actor, entry(activity, "restored"))
    _tell(activity)


@guarded(policies.purge)
def purge(actor: Actor, activity: Activity) -> None:
    """Remove an activity in the recycle bin for ever; what was to be done next stays a task."""
    audit.record(actor, entry(activity, "purged"))
    following.activities_gone([activity.id])
    field_index.drop([activity.id])
    publish(RecordsGone(record_type=SUBJECT, record_ids=(activity.id,)))
    db.session.delete(activity)
    db.session.flush()


def _tell(activity: Activity) -> None:
    if activity.customer_id:
        publish(ActivitiesChanged(customer_ids=(activity.customer_id,)))
