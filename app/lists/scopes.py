"""How far an actor sees, as SQL that keeps its indexes.

A scope is a union of branches, each answered by one index in list order, and never an OR: the newest
twenty of "mine, or shared with me" are among the newest twenty of each.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission, Scope
from app.access.rules import refuse


@dataclass(frozen=True, slots=True)
class Branch:
    """One part of a scope: rows `r` of a FROM clause, disjoint from the other parts."""

    source: str
    where: str = ""
    each: str = ""
    """A set of rows for each of which the branch is asked, e.g. departments."""

    @property
    def rows(self) -> str:
        """Where its rows come from, all at once."""
        return f"{self.each} CROSS JOIN {self.source}" if self.each else self.source


@dataclass(frozen=True, slots=True)
class Sharing:
    """The table that says with whom records are shared: `column` is the record, `user_id` the user.

    `of` is the record's own column of that name: its id, or what it belongs to if that is what is shared.
    """

    table: str
    column: str
    of: str = "id"


@dataclass(frozen=True, slots=True)
class Reach:
    """What an actor may see of one table; `predicate` says the same as the branches, for a row at hand."""

    shape: str
    branches: tuple[Branch, ...]
    predicate: str
    params: Mapping[str, Any]

    def predicate_of(self, alias: str) -> str:
        """The predicate for a row that goes by another name than `r`."""
        return re.sub(r"\br\.", f"{alias}.", self.predicate)

    def fill(self, sql: str) -> str:
        """A condition with the predicate wherever it says `seen`."""
        return re.sub(r"<seen (\w+)>", lambda found: self.predicate_of(found[1]), sql)


def seen(alias: str) -> str:
    """In a condition: whether the reader sees a row of the same table that goes by this name."""
    return f"<seen {alias}>"


_MINE = "r.owner_id = %(me)s"
_NOT_MINE = "r.owner_id IS DISTINCT FROM %(me)s"


def reach(permission: Permission, table: str, sharing: Sharing | None = None, *, of: Actor) -> Reach:
    """How far `permission` lets the actor see into `table`.

    :raises Forbidden: when it does not at all
    """
    if not of.may(permission):
        raise refuse(of, permission)
    scope = of.grants[permission]
    if scope is Scope.ALL:
        return Reach("all", (Branch(table + " r"),), "true", {})
    departments = _departments(of, scope)
    shape = f"{'departments' if departments else 'own'}-{table}{'-shared' if sharing else ''}"
    params = {"me": of.id, "departments": list(departments)}
    return Reach(shape, _branches(table, sharing, departed=bool(departments)), _predicate(sharing), params)


def narrowest(*permissions: Permission, of: Actor) -> Permission:
    """Of several permissions that are all needed, the one that reaches least far.

    :raises Forbidden: when one is missing
    """
    for permission in permissions:
        if not of.may(permission):
            raise refuse(of, permission)
    return min(permissions, key=lambda permission: of.grants[permission])


def _departments(actor: Actor, scope: Scope) -> tuple[Any, ...]:
    if scope is Scope.SUBTREE:
        return actor.department_ids
    return (actor.department_id,) if scope is Scope.DEPARTMENT and actor.department_id else ()


def _branches(table: str, sharing: Sharing | None, *, departed: bool) -> tuple[Branch, ...]:
    branches = [Branch(f"{table} r", _MINE)]
    if departed:
        each = "unnest(%(departments)s::uuid[]) AS d (id)"
        branches.append(Branch(f"{table} r", f"r.department_id = d.id AND {_NOT_MINE}", each))
    if sharing:
        elsewhere = "(r.department_id IS NULL OR r.department_id <> ALL (%(departments)s::uuid[]))"
        # OFFSET keeps the planner from walking the whole list in search of the few that are shared: how many
        # those are, a plan made for everyone cannot know.
        source = (
            f"(SELECT k.{sharing.column} AS id FROM {sharing.table} k "
            "WHERE k.tenant_id = %(tenant)s AND k.user_id = %(me)s OFFSET 0) s "
            f"CROSS JOIN LATERAL (SELECT r.* FROM {table} r "
            f"WHERE r.tenant_id = %(tenant)s AND r.{sharing.of} = s.id OFFSET 0) r"
        )
        branches.append(Branch(source, f"{_NOT_MINE} AND {elsewhere}"))
    return tuple(branches)


def _predicate(sharing: Sharing | None) -> str:
    parts = [_MINE, "r.department_id = ANY (%(departments)s::uuid[])"]
    if sharing:
        parts.append(
            f"EXISTS (SELECT 1 FROM {sharing.table} k WHERE k.tenant_id = %(tenant)s "
            f"AND k.{sharing.column} = r.{sharing.of} AND k.user_id = %(me)s)"
        )
    return f"({' OR '.join(parts)})"
