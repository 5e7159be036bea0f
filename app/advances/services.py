"""Asking for advances, changing and deleting what was not granted yet."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.advances import drafts, policies, queries, trail
from app.advances.drafts import PLAIN, AdvanceDraft
from app.advances.models import Advance, AdvanceCounter, AdvancePaidOnce
from app.advances.trail import SUBJECT
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.events import publish
from app.core.search import Keys, keys_of
from app.events.advances import AdvanceWithdrawn
from app.events.records import RecordsGone
from app.lists import index
from app.lists.models import ADVANCE
from app.records.numbering import next_number
from tenants.context import require_tenant_id


@permitted(Permission.EXPENSE_CREATE)
def create(actor: Actor, draft: AdvanceDraft) -> UUID:
    """A new advance of the actor's own, as a draft.

    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand({name: getattr(draft, name) for name in PLAIN})
    at = clock.now()
    advance = Advance(
        tenant_id=require_tenant_id(), **values, owner_id=actor.id, department_id=actor.department_id,
        created_at=at, updated_at=at,
    )  # fmt: skip
    advance.number = next_number(AdvanceCounter, "JK", at.astimezone(actor.zone).date())
    keys = _set_keys(advance)
    db.session.add(advance)
    db.session.flush()
    index.put(ADVANCE, {advance.id: keys.grams}, fresh=True)
    told = [one for one in audit.differences({}, trail.shown(advance)) if one["after"] not in (None, "")]
    audit.record(actor, trail.entry(advance, "created", told))
    return advance.id


@guarded(policies.write)
def update(actor: Actor, advance: Advance, changes: Mapping[str, Any]) -> None:
    """Change a draft, or what was rejected, which is a draft again.

    :param changes: fields of `AdvanceDraft`
    :raises AdvanceNotDraft: for what was submitted
    :raises Invalid: naming every field that cannot be taken
    """
    advance.demand_changeable()
    values = drafts.demand(changes)
    before, title, due_on = trail.shown(advance), advance.title, advance.due_on
    if values.get("currency", advance.currency) != advance.currency and queries.entries(advance):
        # Its ledger would tell of another money than was paid.
        raise invalid("currency", "advance-paid-once")
    for name in values.keys() & set(PLAIN):
        setattr(advance, name, values[name])
    told = audit.differences(before, trail.shown(advance))
    if not told:
        return
    advance.begin_anew()
    if advance.due_on != due_on:
        advance.overdue_told_at = None
    keys = _set_keys(advance)
    advance.updated_at = clock.now()
    db.session.flush()
    if advance.title != title:
        index.put(ADVANCE, {advance.id: keys.grams})
    audit.record(actor, trail.entry(advance, "updated", told))


def _set_keys(advance: Advance) -> Keys:
    keys = keys_of(advance.title, also=advance.number)
    advance.search_text = keys.text
    return keys


@guarded(policies.write)
def delete(actor: Actor, advance: Advance) -> None:
    """Put an advance into the recycle bin.

    :raises AdvanceNotDraft: for what was submitted, and not rejected
    :raises AdvancePaidOnce: for what was paid out before that was reversed
    """
    advance.demand_changeable()
    if queries.entries(advance):
        raise AdvancePaidOnce
    advance.deleted_at, advance.deleted_by_id = clock.now(), None if actor.is_system else actor.id
    db.session.flush()
    audit.record(actor, trail.entry(advance, "deleted"))
    # What was sent back is still with its submitter for those who were asked, changed since or not.
    publish(AdvanceWithdrawn(advance_id=advance.id, by_id=actor.id))


@guarded(policies.write)
def restore(actor: Actor, advance: Advance) -> None:
    """Take an advance out of the recycle bin."""
    advance.deleted_at = advance.deleted_by_id = None
    advance.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, trail.entry(advance, "restored"))


@guarded(policies.purge)
def purge(actor: Actor, advance: Advance) -> None:
    """Remove an advance in the recycle bin for ever.

    :raises NotFound: when it lies there no more
    """
    if not advance.in_bin:
        raise NotFound
    audit.record(actor, trail.entry(advance, "purged"))
    publish(RecordsGone(record_type=SUBJECT, record_ids=(advance.id,)))
    index.drop(ADVANCE, [advance.id])
    db.session.delete(advance)
    db.session.flush()
