"""Words in use among the customers one sees, for forms and filters to suggest."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import orjson

from app.access.actor import Actor
from app.customers.cards import LISTING
from app.customers.queries import reach_of
from app.lists import pages
from app.lists.pages import Asked, Listing

_NEWEST = 2000
_MOST = 50
_PLURALS = {"source": "sources", "industry": "industries", "region": "regions", "tags": "tags"}
_WORDS = Listing(
    table=LISTING.table,
    kind=LISTING.kind,
    columns=lambda _reach: "r.id::text, r.source, r.industry, r.region, r.tags::text",
    sorts=LISTING.sorts,
    default_sort=LISTING.default_sort,
    fields={},
)


def facets(connection: Any, actor: Actor) -> dict[str, Any]:
    """Sources, industries, regions and tags of the newest customers one sees, the most used first.

    :param connection: a psycopg connection inside the tenant's walls
    """
    asked = Asked(_WORDS.sorts[_WORDS.default_sort], _NEWEST)
    rows = pages.fetch(connection, _WORDS, reach_of(actor), asked, actor.tenant_id).rows
    tags = Counter(tag for row in rows for tag in orjson.loads(row[4]))
    found = {
        "source": _words(row[1] for row in rows),
        "industry": _words(row[2] for row in rows),
        "region": _words(row[3] for row in rows),
        "tags": [{"name": name, "count": count} for name, count in _ordered(tags)],
    }
    hidden = actor.hides(LISTING.entity)
    return {_PLURALS[name]: [] if name in hidden else words for name, words in found.items()}


def _words(words: Iterable[str | None]) -> list[str]:
    return [word for word, _ in _ordered(Counter(word for word in words if word))]


def _ordered(counted: "Counter[str]") -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]
