"""Filters as SQL, with their values as bind parameters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.filter_values import Kind
from app.core.filters import Group, Node, Op, Shortlist, Test

_LISTED = frozenset({Op.IN, Op.NIN})
# Without it a number too large for its column would be a fault instead of a number like any other.
_CASTS = {Kind.WHOLE: "bigint", Kind.NUMBER: "numeric"}
_SIGNS = {Op.GT: ">", Op.GTE: ">=", Op.LT: "<", Op.LTE: "<="}


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL with named placeholders, and their values; the text is the same for the same shape of filter."""

    sql: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    ranged: bool = False
    """Whether anything is compared by order, so that the best plan depends on the values."""
    shortlists: tuple[Shortlist, ...] = ()
    """Each holds every record that passes, if it is not too long."""


def condition(*nodes: Node) -> Condition:
    """The SQL of conditions that must all hold; empty if they ask for nothing."""
    params: dict[str, Any] = {}
    parts = [sql for node in nodes if (sql := _sql(node, params))]
    shortlists = tuple(found for node in nodes for found in _shortlists(node))
    return Condition(" AND ".join(parts), params, ranged=any(map(_ranged, nodes)), shortlists=shortlists)


def _shortlists(node: Node) -> Iterator[Shortlist]:
    if isinstance(node, Group):
        if node.word == "and" or len(node.parts) == 1:
            for part in node.parts:
                yield from _shortlists(part)
    elif node.field.shortlist and (found := node.field.shortlist(node.op, node.value)):
        yield found


def _ranged(node: Node) -> bool:
    if isinstance(node, Group):
        return any(map(_ranged, node.parts))
    # What has a shortlist is met so often when walking that the values do not matter.
    return node.field.by_value or (node.op in _SIGNS and node.field.shortlist is None)


def _sql(node: Node, params: dict[str, Any]) -> str:
    if isinstance(node, Group):
        parts = [sql for part in node.parts if (sql := _sql(part, params))]
        if node.word == "or" and len(parts) < len(node.parts):
            return ""
        joined = f" {node.word.upper()} ".join(parts)
        return f"({joined})" if len(parts) > 1 else joined
    sql = node.field.sql
    if node.field.key is not None:
        sql = sql.replace("{key}", f"{_bound(params, node.field.key)}::text")
    if node.field.absent:
        return _where_absent(node, params)
    if node.op is Op.EMPTY:
        return _empty(sql, wanted=node.value)
    cast = _CASTS.get(node.field.kind, "")
    given = _bound(params, node.value)
    given += f"::{cast}{'[]' if node.op in _LISTED else ''}" if cast else ""
    return _matched(sql, node.op, given) if "{match}" in sql else _compared(sql, node.op, given)


def _bound(params: dict[str, Any], value: Any) -> str:
    name = f"f{len(params)}"
    params[name] = value
    return f"%({name})s"


def _empty(sql: str, *, wanted: bool) -> str:
    if "{match}" in sql:
        return f"{'NOT ' if wanted else ''}{sql.format(match='IS NOT NULL')}"
    return f"{sql} IS {'' if wanted else 'NOT '}NULL"


def _where_absent(test: Test, params: dict[str, Any]) -> str:
    sql, nothing = test.field.sql, f"'{test.field.absent}'::timestamptz"
    if test.op is Op.EMPTY:
        return f"{sql} {'=' if test.value else '<>'} {nothing}"
    compared = _compared(sql, test.op, _bound(params, test.value))
    # What never happened is longer ago than anything; what is not planned is not later than anything.
    return f"({compared} AND {sql} <> {nothing})" if test.op in {Op.GT, Op.GTE} else compared


def _matched(sql: str, op: Op, given: str) -> str:
    found = sql.format(match=f"= ANY({given})" if op in _LISTED else f"= {given}")
    return f"NOT {found}" if op in {Op.NE, Op.NIN} else found


def _compared(sql: str, op: Op, given: str) -> str:
    if op is Op.CONTAINS:
        return f"strpos(lower({sql}), lower({given})) > 0"
    if op is Op.IN:
        return f"{sql} = ANY({given})"
    if op is Op.NIN:
        return f"({sql} IS NULL OR {sql} <> ALL({given}))"
    if op is Op.NE:
        return f"{sql} IS DISTINCT FROM {given}"
    return f"{sql} {_SIGNS.get(op, '=')} {given}"
