"""A contact takes over what others had in their fields, and gives it back.

Whoever merges was let in by a lock of their own; what is taken over was allowed where it was written, so
rights on fields are not asked again: nothing of a record that goes may be lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.access.actor import Actor
from app.access.rules import unlocked
from app.contacts import drafts, rolling, trail
from app.contacts.birthdays import Birthday, Calendar
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db
from app.core.search import keys_of
from app.fields import catalogue as catalogues
from app.fields import filling, shown
from app.fields import index as own_index
from app.lists import index
from app.lists.models import CONTACT
from tenants import rls

Values = Mapping[str, Any]
Changes = list[dict[str, Any]]
UNITED = ("phones",)


def stored(contact: Contact) -> dict[str, Any]:
    """All fields that can be taken over, as they are stored."""
    told = trail.shown(contact, (*drafts.PLAIN, "phones", "birthday"))
    return {**told, "custom": dict(contact.custom)}


def united(_name: str, several: Iterable[Sequence[Any]]) -> list[Any]:
    """The numbers of several contacts in one list, each once."""
    kept: dict[str, Any] = {}
    for values in several:
        for value in values:
            kept.setdefault(value["number"], value)
    return list(kept.values())


@unlocked("whoever merges or takes a merge back is asked there")
def put(actor: Actor, contact: Contact, values: Values) -> Changes:
    """Let a contact have these stored values; gives what has changed, for the trail."""
    before = stored(contact)
    told = [
        trail.change(name, before=before[name], after=value)
        for name, value in values.items()
        if name != "custom" and before[name] != value
    ]
    for name, value in values.items():
        if name in {*drafts.PLAIN, "phones"}:
            setattr(contact, name, value)
    if "birthday" in values:
        born = values["birthday"]
        day = Birthday(**{**born, "calendar": Calendar(born["calendar"])}) if born else None
        rolling.note_birthday(contact, day)
    told += _put_custom(actor, contact, {**before["custom"], **values.get("custom", {})})
    contact.updated_at = clock.now()
    reindex(contact)
    return told


def _put_custom(actor: Actor, contact: Contact, custom: dict[str, Any]) -> Changes:
    catalogue = catalogues.now(actor, trail.SUBJECT)
    former = contact.custom
    kept = {key: value for key, value in custom.items() if value is not None}
    contact.custom = filling.computed(catalogue, kept, trail.shown(contact, drafts.PLAIN))
    own_index.replace_many({contact.id: contact.custom}, catalogue)
    return shown.told(rls.driver_of(db.session.connection()), actor, catalogue, former, contact.custom)


def reindex(contact: Contact) -> None:
    """Bring what a contact is found by in step."""
    keys = keys_of(contact.name, person=True, phones=[phone["number"] for phone in contact.phones])
    contact.name_key, contact.search_text = keys.sort, keys.text
    db.session.flush()
    index.put(CONTACT, {contact.id: keys.grams})
