"""The lists that views are kept of; `app/flows/view_kinds.py` registers each once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import refuse
from app.core.errors import NotFound
from app.core.filters import Fields
from app.core.keyset import Sort
from app.fields import entities
from app.fields.queries import filters_of, sorts_of
from app.lists.pages import Listing


@dataclass(frozen=True, slots=True, eq=False)
class ListKind:
    """A list that views are kept of."""

    word: str
    listing: Listing
    permission: Permission
    """Without it one has nothing to look at."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """The fields behind those columns of the page that go by another name."""

    def fields(self, connection: Any, reader: Actor) -> Fields:
        """What somebody may filter the list by.

        :param connection: a psycopg connection inside the tenant's walls
        """
        entity = self.listing.entity
        return filters_of(connection, reader, entity) if entity else self.listing.fields

    def sorts(self, connection: Any, reader: Actor) -> Mapping[str, Sort]:
        """What somebody may sort the list by.

        :param connection: a psycopg connection inside the tenant's walls
        """
        entity = self.listing.entity
        return sorts_of(connection, reader, entity) if entity else self.listing.sorts

    def hidden_columns(self, reader: Actor) -> set[str]:
        """The columns that would tell of fields the reader may not read."""
        if not self.listing.entity:
            return set()
        hidden = reader.hides(self.listing.entity)
        shown = {one.shown for name, one in entities.built_in(self.listing.entity).items() if name in hidden}
        aliases = {column for column, name in self.columns.items() if name in hidden}
        return {*hidden, *shown, *aliases}


_kinds: dict[str, ListKind] = {}


def register(kind: ListKind) -> None:
    """Let views of a list be kept."""
    _kinds[kind.word] = kind


def get(reader: Actor, word: str) -> ListKind:
    """A list that somebody may look at.

    :raises NotFound: when there is none such
    :raises Forbidden: when they may not
    """
    kind = _kinds.get(word)
    if kind is None:
        raise NotFound
    if not reader.may(kind.permission):
        raise refuse(reader, kind.permission)
    return kind
