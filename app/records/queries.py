"""Fetching records of any kind: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access import standings
from app.access.actor import Actor
from app.access.standings import Standing
from app.records.kinds import Record, kind_of


@dataclass(frozen=True, slots=True)
class _Seen:
    """A record as policies ask for it, on behalf of somebody who did not fetch it."""

    owner_id: UUID | None
    department_id: UUID | None
    author_id: UUID | None
    created_by_id: UUID | None
    shared: bool


def get(actor: Actor, word: str, record_id: UUID) -> Record:
    """A record of some kind that the actor sees outside the bin.

    :raises NotFound: otherwise
    """
    kind = kind_of(word)
    return Record(kind, kind.get(actor, record_id))


def demand(connection: Any, actor: Actor, word: str, record_id: UUID) -> None:
    """Make sure, on the fast lane, that the actor sees such a record.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: otherwise
    """
    kind_of(word).demand(connection, actor, record_id)


def colleagues_who_see(actor: Actor, record: Record, typed: str, *, most: int) -> list[Standing]:
    """The first active colleagues, by name, that fit what was typed and may read a record."""
    return _seeing(record, standings.matching(actor, typed))[:most]


def who_see(record: Record, user_ids: Iterable[UUID]) -> tuple[list[Standing], list[Standing]]:
    """Of these colleagues the active ones: those who may read a record, and those who may not."""
    found = standings.of_users(list(user_ids))
    seeing = _seeing(record, found)
    return seeing, [standing for standing in found if standing not in seeing]


def _seeing(record: Record, found: Sequence[Standing]) -> list[Standing]:
    kind, row = record.kind, record.row
    if kind.sees is not None:
        seeing = kind.sees(row, [standing.actor for standing in found])
        return [standing for standing in found if standing.actor.id in seeing]
    shared_with = set(kind.shared_with(row))

    def sees(standing: Standing) -> bool:
        seen = _Seen(
            row.owner_id,
            row.department_id,
            getattr(row, "author_id", None),
            getattr(row, "created_by_id", None),
            standing.actor.id in shared_with,
        )
        return kind.read.allows(standing.actor, seen)

    return [standing for standing in found if sees(standing)]
