"""The dates that rules can go by, for whoever makes one."""

from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.care import sources
from app.fields import catalogue


@permitted(Permission.MESSAGE_MANAGE)
def all_of(actor: Actor) -> list[dict[str, Any]]:
    """Each date with its word, its record, and its label if the company has added it."""
    labels = {
        f"{record}.{key}": field.label
        for record in sources.OWN_FIELDS
        for key, field in catalogue.now(actor, record).fields.items()
    }
    return [
        {
            "word": word,
            "record": source.record,
            "label": labels.get(word),
            "yearly": sources.may_be_yearly(word),
            "only_yearly": sources.must_be_yearly(word),
        }
        for word, source in sources.every(actor).items()
        if source.name not in actor.hides(source.record)
    ]
