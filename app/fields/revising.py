"""Own fields of many records that are about to be changed: filled in, checked, and told of."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import FieldProblem
from app.fields import catalogue as catalogues
from app.fields import filling, rights, shown
from app.fields.filling import Wanted
from tenants import rls

Changes = Sequence[Mapping[str, Any]]
Problems = tuple[FieldProblem, ...]


class Revised(Protocol):
    """A record as it is to become."""

    told: list[dict[str, Any]]
    """What changes of it, for the trail."""
    changed: set[str]
    """The built-in fields among that."""
    custom: dict[str, Any]
    """What its own fields are to hold."""

    @property
    def record(self) -> Any: ...  # noqa: D102
    @property
    def own(self) -> Wanted: ...  # noqa: D102


def fill_in(by: Actor, entity: str, revised: Sequence[Revised]) -> dict[UUID, Changes | Problems]:
    """Fill in own fields, a fixed number of statements; for each record what changes, or what may not.

    What is told of a record that may be changed is the very list that it gathers.
    """
    filled = filling.fill(by, entity, [one.own for one in revised])
    pairs = [
        (one.record.custom, one.record.custom if isinstance(custom, tuple) else custom)
        for one, custom in zip(revised, filled, strict=True)
    ]
    connection, catalogue = rls.driver_of(db.session.connection()), catalogues.now(by, entity)
    outcomes: dict[UUID, Changes | Problems] = {}
    told = shown.told_of_many(connection, by, catalogue, pairs)
    for one, custom, own_changes in zip(revised, filled, told, strict=True):
        refused = (
            *rights.problems(by, entity, one.changed),
            *(custom if isinstance(custom, tuple) else ()),
        )
        if isinstance(custom, dict):
            one.custom = custom
            one.told += own_changes
        outcomes[one.record.id] = refused or one.told
    return outcomes
