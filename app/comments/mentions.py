"""Mentions in a text: `@{id}` stands for a colleague."""

import re
from collections.abc import Mapping
from uuid import UUID

from app.core.errors import invalid
from app.records import queries as records
from app.records.kinds import Record

MOST = 20
_MENTION = re.compile(r"@\{([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}")


def ids_in(text: str) -> list[str]:
    """The colleagues whom a text mentions, each once, in its order."""
    return list(dict.fromkeys(_MENTION.findall(text)))


def spelled(text: str, names: Mapping[str, str]) -> str:
    """A text with names instead of ids, as the trail and bells tell it."""
    return _MENTION.sub(lambda found: f"@{names.get(found[1], '…')}", text)


def fresh(record: Record, text: str, *, before: str = "") -> dict[UUID, str]:
    """The names, by id, of those whom a text mentions for the first time.

    :raises Invalid: naming `text`, for nobody we know, or somebody who may not see the record
    """
    known = ids_in(before)
    wanted = [UUID(found) for found in ids_in(text) if found not in known]
    if len(ids_in(text)) > MOST:
        raise invalid("text", "too-many-mentions", max=MOST)
    seeing, blind = records.who_see(record, wanted)
    if blind:
        raise invalid("text", "mention-unseen", name=blind[0].actor.name)
    found = {standing.actor.id: standing.actor.name for standing in seeing}
    if len(found) < len(wanted):
        raise invalid("text", "mention-unknown")
    return found
