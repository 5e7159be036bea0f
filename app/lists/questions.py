"""What is asked of a list, kept in words: exports and whatever else asks later than the page."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from app.core import filter_sql, filters, keyset, relative_days, search
from app.core.errors import invalid
from app.core.filters import EVERYTHING, Fields, Node
from app.core.keyset import Sort
from app.core.search import MAX_QUERY
from app.lists.pages import Asked, Listing

_ONE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A search, a filter and an order, as a list takes them."""

    q: str = ""
    filter: Mapping[str, Any] = field(default_factory=dict)
    """A tree of the filter language; empty: everything."""
    sort: str = ""

    def of(self, listing: Listing, fields: Fields, sorts: Mapping[str, Sort], zone: ZoneInfo) -> Asked:
        """The same for a list.

        :param fields: what it may be filtered by
        :param sorts: what it may be sorted by
        :param zone: whose today it is
        :raises Invalid: naming what cannot be taken
        """
        tree: Node = EVERYTHING
        if self.filter:
            tree = filters.from_tree(relative_days.resolved(self.filter, fields, zone), fields)
        sort = keyset.read_sort(self.sort, sorts, listing.default_sort)
        return Asked(sort, _ONE, query=searched(self.q), condition=filter_sql.condition(tree))


def searched(typed: str) -> search.Query | None:
    """What is searched for; None if nothing is.

    :raises Invalid: naming `q`
    """
    if len(typed) > MAX_QUERY:
        raise invalid("q", "too-long", max=MAX_QUERY)
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in typed):
        raise invalid("q", "bad-character")
    parsed = search.parse(typed)
    return parsed if parsed.words else None
