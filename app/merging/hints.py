"""What is said of likely duplicates while somebody types, and how their owners hear of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access import throttle
from app.access.actor import Actor
from app.access.rules import unlocked
from app.access.throttle import TooManyAttempts
from app.contacts import cards as contact_cards
from app.contacts import duplicates as contacts
from app.core.db import db
from app.core.errors import invalid
from app.customers import cards as customer_cards
from app.customers import duplicates as customers
from app.customers.duplicates import Likeness, Traits
from app.lists import names
from app.messaging import services as messaging
from tenants import rls

Find = Callable[..., list[list[Likeness]]]
_FIND: Mapping[str, Find] = {
    "customer": customers.likely_duplicates,
    "contact": contacts.likely_duplicates,
}
_REFS = {"customer": customer_cards.refs, "contact": contact_cards.refs}
_MOST = 5


def hints(reader: Actor, word: str, traits: Traits, besides: UUID | None) -> list[dict[str, Any]]:
    """Who may be the same, each once: {"by", "record", "owner"}.

    Of one whom the reader may not see it says no more than whose they are; and that not for ever.

    :raises Invalid: naming `besides_id`, if the reader sees no such record
    """
    _demand(reader, word, besides)
    found = _once(_FIND[word](reader, [traits], besides=besides)[0])
    if not all(one.seen for one in found):
        try:
            throttle.count(throttle.DUPLICATES_BY_USER, str(reader.id))
        except TooManyAttempts:
            found = [one for one in found if one.seen]
    connection = rls.driver_of(db.session.connection())
    owners = {str(one.owner_id) for one in found if one.owner_id}
    called = names.directory(connection, reader, owners)
    return [
        {
            "by": one.by,
            "record": {"id": one.record_id, "name": one.name} if one.seen else None,
            "owner": called.user(str(one.owner_id)) if one.owner_id else None,
        }
        for one in found
    ]


def _demand(reader: Actor, word: str, record_id: UUID | None) -> None:
    if record_id is not None:
        connection = rls.driver_of(db.session.connection())
        if not _REFS[word](connection, reader, [str(record_id)]):
            raise invalid("besides_id", "unknown-reference")


def _once(found: Sequence[Likeness]) -> list[Likeness]:
    """Each record once; of those that may not be seen, each owner once."""
    kept: dict[object, Likeness] = {}
    for one in found:
        kept.setdefault(one.record_id if one.seen else ("unseen", one.owner_id), one)
    return [*kept.values()][:_MOST]


@unlocked("it tells a colleague no more than that somebody asks; how often is counted")
def want_owner(actor: Actor, word: str, traits: Traits, besides: UUID | None) -> int:
    """Let the owners of duplicates that the actor may not see know that they ask; gives how many.

    :raises Invalid: naming `besides_id`, if the actor sees no such record
    :raises TooManyAttempts: when it is asked too often
    """
    _demand(actor, word, besides)
    throttle.count(throttle.OWNER_WANTED_BY_USER, str(actor.id))
    unseen = [one for one in _FIND[word](actor, [traits], besides=besides)[0] if not one.seen]
    asked = {one.owner_id: one for one in unseen if one.owner_id}
    for owner_id, one in asked.items():
        messaging.notify(
            owner_id,
            "owner-wanted",
            {"by": actor.name, "record": traits.name or next(iter(traits.phones), "")},
            link=f"/{word}s/{one.record_id}",
            dedupe_key=f"owner-wanted:{actor.id}:{one.record_id}",
        )
    return len(asked)
