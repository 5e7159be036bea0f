"""Writing letters to many, and having them printed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.ids import new_id
from app.jobs import services as jobs
from app.jobs.models import Job
from app.letters import audience, drafts, policies, setting, sorting, trail, wording
from app.letters.models import Letter, LetterPrinting
from app.letters.naming import filename
from app.letters.printing import KIND
from app.letters.samples import ADDRESSES
from app.letters.states import LABELS, Form
from app.message_templates import own_variables
from app.papers import queries as papers
from tenants import rls
from tenants.context import require_tenant_id

MOST_LETTERS = 500
SHOWN = 50
"""So many of those who get no letter are named before it is printed."""


class TooManyKept(Conflict):
    """Nobody finds the right one among more."""

    code = "too-many-letters"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be printed."""

    form: Form
    first: int = 1
    """On which label of the first sheet to begin."""
    boxes: bool = True
    """Whether the boxes of the postcode are printed, too."""


@permitted(Permission.MESSAGE_MANAGE)
def create(actor: Actor, wanted: Mapping[str, Any]) -> UUID:
    """A new letter; nothing is printed yet.

    :raises Invalid: naming every part that cannot be taken
    :raises TooManyKept: beyond `MOST_LETTERS`
    """
    return _add(actor, drafts.demand(actor, wanted))


@guarded(policies.manage)
def copy(actor: Actor, letter: Letter, name: str) -> UUID:
    """A letter that is like another, under another name."""
    told = {part: getattr(letter, part) for part in (*drafts.LONGEST, *drafts.PLAIN, "audience")}
    return _add(actor, drafts.demand(actor, {**told, "name": name}))


def _add(by: Actor, values: Mapping[str, Any]) -> UUID:
    asked = select(func.count()).select_from(Letter).where(Letter.deleted_at.is_(None))
    if (db.session.scalar(asked) or 0) >= MOST_LETTERS:
        raise TooManyKept
    at = clock.now()
    letter = Letter(
        tenant_id=require_tenant_id(), id=new_id(), owner_id=by.id, created_at=at, updated_at=at, **values
    )
    db.session.add(letter)
    db.session.flush()
    facts = [one for one in audit.differences({}, trail.shown(letter)) if one["after"]]
    audit.record(by, trail.entry(letter, "created", facts))
    return letter.id


@guarded(policies.manage)
def change(actor: Actor, letter: Letter, changes: Mapping[str, Any]) -> None:
    """Change a letter; what was printed stays as it was.

    :raises Invalid: naming every part that cannot be taken
    """
    before = trail.shown(letter)
    for name, value in drafts.demand(actor, changes, letter).items():
        setattr(letter, name, value)
    if told := audit.differences(before, trail.shown(letter)):
        letter.updated_at = clock.now()
        db.session.flush()
        audit.record(actor, trail.entry(letter, "updated", told))


@guarded(policies.manage)
def delete(actor: Actor, letter: Letter) -> None:
    """Remove a letter; files that were made of it stay as long as they are kept."""
    letter.deleted_at = letter.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, trail.entry(letter, "deleted"))


@guarded(policies.manage)
def print_out(actor: Actor, letter: Letter, wanted: Wanted) -> Job:
    """Let the workers print a letter, its envelopes or labels for everybody it means.

    :raises Forbidden: if the actor sees no contacts, or may not read addresses
    :raises Invalid: when nobody is meant, or the label to begin on is not on the sheet
    :raises TooManyLetters: if they are more than one printing is for
    """
    if wanted.form in LABELS and wanted.first > LABELS[wanted.form].count:
        raise invalid("first", "letter-no-such-label", max=LABELS[wanted.form].count)
    if not audience.people(actor, letter):
        raise invalid("audience", "letter-nobody")
    at = clock.now()
    local = at.astimezone(actor.zone)
    params = {
        "letter": _kept(letter),
        "form": wanted.form.value,
        "first": wanted.first,
        "boxes": wanted.boxes,
        "printed_on": local.date().isoformat(),
    }
    job = jobs.enqueue(
        actor, KIND, title=filename(letter.name, wanted.form, actor.locale, local), params=params
    )
    printing = LetterPrinting(
        tenant_id=letter.tenant_id, id=new_id(), letter_id=letter.id, job_id=job.id,
        form=wanted.form.value, created_at=at,
    )  # fmt: skip
    db.session.add(printing)
    db.session.flush()
    told = [{"field": "letter_form", "before": None, "after": wanted.form.value}]
    audit.record(actor, trail.entry(letter, "printed", told))
    return job


def _kept(letter: Letter) -> dict[str, Any]:
    """A letter as a job keeps it."""
    told = {name: getattr(letter, name) for name in (*drafts.LONGEST, *drafts.PLAIN, "audience")}
    day, campaign = letter.dated_on, letter.campaign_id
    return told | {"dated_on": day and day.isoformat(), "campaign_id": campaign and str(campaign)}


@guarded(policies.manage)
def foresee(actor: Actor, letter: Letter) -> dict[str, Any]:
    """How many would get a letter if it were printed now, and who would not, and why.

    :raises Forbidden: if the actor sees no contacts, or may not read addresses
    :raises Invalid: if the conditions speak of a field that is no more
    """
    ids = audience.people(actor, letter)
    today = clock.now().astimezone(actor.zone).date()
    called = own_variables.labels(actor, letter.locale)
    desk = sorting.Desk(rls.driver_of(db.session()), actor.tenant_id, today, called)
    left_out = [one for one in sorting.sort(desk, letter, ids) if one.obstacle is not None]
    reasons = Counter(str(one.obstacle) for one in left_out)
    return {
        "total": len(ids),
        "ready": len(ids) - len(left_out),
        "reasons": [{"reason": reason, "count": count} for reason, count in reasons.most_common()],
        "left_out": [
            {
                "contact_id": one.contact_id,
                "name": one.name,
                "customer": one.customer,
                "reason": str(one.obstacle),
            }
            for one in left_out[:SHOWN]
        ],
    }


@permitted(Permission.MESSAGE_MANAGE)
def look(actor: Actor, told: Mapping[str, Any], wanted: Wanted) -> bytes:
    """How a letter that is being written looks for a made-up person: the first page, a PNG.

    :raises Invalid: naming every part that cannot be read
    """
    words, texts = drafts.words(actor, told)
    sample = own_variables.samples(actor, words.locale)
    today = clock.now().astimezone(actor.zone).date()
    head = {"letterhead": told.get("letterhead", True), "dated_on": told.get("dated_on")}
    frame = setting.frame_of(
        {**texts, **head, "locale": words.locale}, logo=papers.logo(), on=today, boxes=wanted.boxes
    )
    one = {**ADDRESSES[words.locale], **wording.filled(words, sample)}
    count = LABELS[wanted.form].count if wanted.form in LABELS else 1
    used = min(wanted.first, count) - 1
    return setting.first_page(wanted.form, frame, [one] * (count - used), skipped=used)
