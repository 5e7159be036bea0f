"""The kinds of records that can have custom fields; each domain says so of its own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.access.actor import Actor
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.lists.names import Ref
from app.lists.pages import Asked, Listing

Page = Callable[[Any, Actor, Asked], Mapping[str, Any]]
Facts = Callable[[Mapping[str, Any]], Mapping[str, Any]]
FindNames = Callable[[Any, Actor, Iterable[str | None]], dict[str, Ref]]


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A field that every company has."""

    name: str
    kind: Kind | None = None
    """How conditions compare it; None for what they cannot."""
    choices: tuple[str, ...] = ()
    essential: bool = False
    """Whether a record is nothing without it: it is always shown, to everybody."""
    shown_as: str = ""
    """Its name in records and in the trail, if that is another."""
    filters: tuple[str, ...] = ()
    """What lists are filtered by to ask for it, if that is called otherwise."""
    blank: Any = None
    """What stands there for those who may not read it."""
    placed: bool = True
    """Whether layouts say where it stands; if not, the page itself does."""

    @property
    def shown(self) -> str:
        """Its name in records and in the trail."""
        return self.shown_as or self.name


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A kind of record that can have custom fields."""

    name: str
    table: str
    listing: Listing
    built_in: tuple[BuiltIn, ...]
    """In the order in which they stand before anybody changes it."""
    page: Page
    """A page of those that somebody sees, as they see them."""
    refs: FindNames | None = None
    """Gives {"id", "name"} by id of those one sees; None if nothing can point to these records."""
    reader: Callable[[], Facts] = lambda: dict
    """Gives what reads the built-in fields of a row, or of a record as shown, as formulas want them."""
    handed_on_in: str = ""
    """A table, without versions, whose `custom` waits for records still to be made."""


_entities: dict[str, Entity] = {}


def register(entity: Entity) -> None:
    """Let records of a kind have custom fields."""
    _entities[entity.name] = entity


def names() -> Iterable[str]:
    """All kinds."""
    return _entities.keys()


def linkable() -> list[str]:
    """The kinds that a field can point to."""
    return [name for name, entity in _entities.items() if entity.refs]


def get(name: str) -> Entity:
    """A kind by name.

    :raises NotFound: if there is none such
    """
    found = _entities.get(name)
    if found is None:
        raise NotFound
    return found


def built_in(name: str) -> Mapping[str, BuiltIn]:
    """The built-in fields of a kind, by name; none of what is no kind of record."""
    return {one.name: one for one in _entities[name].built_in} if name in _entities else {}
