"""Filling in forms, and correcting what came back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import demand_writable, unlocked
from app.approvals.models import Approval
from app.approvals.services import submitting
from app.approvals.trying import Way
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.core.ids import new_id
from app.files import uploads
from app.forms import approving, filling, queries
from app.forms.definitions import ENTITY, Fields
from app.forms.models import Form, FormEntry
from app.forms.states import EntryState, Kind


class FormChanged(Conflict):
    """It was published anew since it was opened."""

    code = "form-changed"


class EntryNotReturned(Conflict):
    """Only what came back can be corrected."""

    code = "entry-not-returned"


@unlocked("the form says who starts it: queries give no other")
def send(
    actor: Actor,
    form: Form,
    sent: Mapping[str, Any],
    *,
    number: int,
    chosen: Mapping[str, Sequence[UUID]],
) -> Approval:
    """Fill a form in and send it on its way through the flow in force for it.

    :param number: the version of the form that was filled in
    :raises FormChanged: if another is in force by now
    :raises Invalid: naming every field that cannot be taken
    """
    demand_writable(actor)
    if number != form.published_version:
        raise FormChanged
    fields = queries.fields_of(form.id, number)
    filled = filling.fill(actor, fields, sent)
    at = clock.now()
    entry = FormEntry(
        id=new_id(),
        form_id=form.id,
        form_version=number,
        title=form.name,
        filled={},
        facts={},
        told=[],
        owner_id=actor.id,
        department_id=actor.department_id,
        state=EntryState.DRAFT,
        submitted_at=at,
        updated_at=at,
    )
    db.session.add(entry)
    approving.put(form, entry, filled)
    _settle_files(actor, fields, entry, {})
    audit.record(actor, _told(entry, "created"))
    return submitting.submit(actor, queries.word_of(form.id), entry.id, chosen=chosen)


@unlocked("the entry is the actor's own: queries give no other")
def correct(actor: Actor, entry: FormEntry, sent: Mapping[str, Any]) -> None:
    """Correct what came back; it goes on its way by submitting it again.

    :raises EntryNotReturned: if it is not back
    :raises Invalid: naming every field that cannot be taken
    """
    demand_writable(actor)
    if entry.state != EntryState.RETURNED:
        raise EntryNotReturned
    before = dict(entry.filled)
    approving.take(actor, entry, sent)
    entry.updated_at = clock.now()
    _settle_files(actor, queries.fields_of(entry.form_id, entry.form_version), entry, before)
    db.session.flush()
    audit.record(actor, _told(entry, "updated"))


def _settle_files(actor: Actor, fields: Fields, entry: FormEntry, before: Mapping[str, Any]) -> None:
    """Lay the files that came into their fields, and take those out that went."""
    there = (ENTITY, entry.id)
    for one in fields:
        if one.kind is Kind.FILE:
            now, then = entry.filled.get(one.key, []), before.get(one.key, [])
            if came := [file_id for file_id in now if file_id not in then]:
                uploads.lay(actor, there, one.key, came)
            if went := [file_id for file_id in then if file_id not in now]:
                uploads.take_out(actor, there, one.key, went)


def _told(entry: FormEntry, action: str) -> Entry:
    return Entry(action=action, subject_type=ENTITY, subject_id=entry.id, subject_label=entry.title)


@unlocked("the form says who starts it: queries give no other")
def preview(
    actor: Actor, form: Form, sent: Mapping[str, Any], *, chosen: Mapping[str, Sequence[UUID]]
) -> Way:
    """The way a form would take if it were sent like this; nothing is kept.

    :raises Invalid: naming every field that cannot be taken
    """
    filled = filling.fill(actor, queries.fields_of(form.id, form.published_version), sent)
    facts = {**filled.facts, "owner_id": str(actor.id)}
    return submitting.preview_unkept(actor, queries.word_of(form.id), facts, chosen=chosen)
