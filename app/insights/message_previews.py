"""How a message would look to somebody, before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.queries.standing import tenant_of
from app.access.rules import permitted
from app.consents.states import Way
from app.contacts import queries as contacts
from app.core import clock
from app.core.db import db
from app.insights import message_values
from app.insights.message_values import Subject
from app.message_templates import drafts, own_variables, segments
from app.message_templates.drafts import Draft
from app.message_templates.rendering import Words, render, wanted
from app.message_templates.variables import about_of, is_own
from app.messaging import mail_page
from tenants import rls

_UNNAMED = "-"


@dataclass(frozen=True, slots=True)
class Preview:
    """A message as somebody would read it."""

    subject: str | None
    text: str
    html: str | None
    """Of a mail: its whole page."""
    characters: int | None
    """Of a text message, with the company's name as its signature."""
    segments: int | None
    missing: list[str]
    """What is not known of the contact, and has no fall-back: nothing would be sent to them."""


@permitted(Permission.MESSAGE_MANAGE)
def preview(actor: Actor, sent: Mapping[str, Any], contact_id: UUID | None) -> Preview:
    """What a contact would read, or somebody of whom all is known.

    :raises Invalid: naming every field of the template that cannot be taken
    :raises NotFound: for a contact whom the actor does not see
    """
    draft, _ = drafts.demand(
        {"name": _UNNAMED, **sent}, own={one.name for one in own_variables.offered(actor)}
    )
    values = own_variables.samples(actor, draft.locale)
    if contact_id is not None:
        values = _values_of(actor, contact_id, draft, values)
    missing = [name for name, slot in wanted(draft).items() if not values.get(name) and not slot.fallback]
    called = own_variables.labels(actor, draft.locale)
    words = render(draft, values | {name: f"〔{called[name]}〕" for name in missing})
    return _shown(actor, draft, words, missing)


def _values_of(actor: Actor, contact_id: UUID, draft: Draft, sample: Mapping[str, str]) -> dict[str, str]:
    """What is known of a contact; what a record would tell stays a sample."""
    contact = contacts.get(actor, contact_id)
    today = clock.now().astimezone(actor.zone).date()
    subject = Subject(contact.id, None, None, today, draft.locale)
    [known] = message_values.of(rls.driver_of(db.session()), actor.tenant_id, [subject])
    # What the reader's rights hide of people they do not read here either.
    hidden = own_variables.unseen(actor)
    seen = {
        name: value
        for name, value in known.items()
        if name not in hidden and (name in sample or not is_own(name))
    }
    return {name: value for name, value in sample.items() if about_of(name)} | seen


def _shown(actor: Actor, draft: Draft, words: Words, missing: list[str]) -> Preview:
    if draft.way == Way.MAIL:
        page = mail_page.whole(words.subject or "", words.html or "", draft.locale, links=None)
        return Preview(words.subject, words.text, page, None, None, missing)
    size = segments.size(words.text, tenant_of(actor).name)
    return Preview(None, words.text, None, size.characters, size.segments, missing)
