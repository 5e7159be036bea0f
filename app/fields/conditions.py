"""Conditions over one record: the filter language, decided in memory instead of by the database."""

import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from app.core import filters
from app.core.errors import Invalid
from app.core.filter_values import Kind
from app.core.filters import Field, Fields, Group, Node, Op, Test
from app.fields import entities
from app.fields.states import FieldKind

if TYPE_CHECKING:
    from app.fields.catalogue import CustomField

COMPARED: dict[FieldKind, Kind] = {
    FieldKind.TEXT: Kind.TEXT,
    FieldKind.NUMBER: Kind.NUMBER,
    FieldKind.DATE: Kind.DATE,
    FieldKind.CHOICE: Kind.CHOICE,
    FieldKind.MULTI_CHOICE: Kind.MEMBER,
    FieldKind.YES_NO: Kind.YES,
}
"""The kinds that conditions can compare, and how; formulas by what they come to."""


def fields_of(entity: str, custom: "Iterable[CustomField]") -> Fields:
    """What the conditions of a kind of record may speak of."""
    built_in = (
        Field(one.name, one.kind, "", one.choices) for one in entities.get(entity).built_in if one.kind
    )
    own = (
        Field(one.key, COMPARED[one.holds], "", tuple(one.options)) for one in custom if one.holds in COMPARED
    )
    return filters.declare(*built_in, *own)


def kept(tree: Any, fields: Fields) -> Node | None:
    """A stored condition; None if a field that it speaks of is retired: then it holds for nobody."""
    try:
        return filters.from_tree(tree, fields)
    except Invalid:
        return None


_ORDER: dict[Op, Callable[[Any, Any], bool]] = {
    Op.GT: operator.gt, Op.GTE: operator.ge, Op.LT: operator.lt, Op.LTE: operator.le,
}  # fmt: skip


def holds(node: Node, facts: Mapping[str, Any]) -> bool:
    """Whether a condition holds for a record.

    :param facts: plain values by field name, as on the wire
    """
    if isinstance(node, Group):
        if node.word == "or":
            return any(holds(part, facts) for part in node.parts) or not node.parts
        return all(holds(part, facts) for part in node.parts)
    value = facts.get(node.field.name)
    empty = value is None or value in ("", [], ())
    if node.op is Op.EMPTY:
        return empty is bool(node.value)
    if node.op in {Op.NE, Op.NIN}:
        return empty or not _same(value, node)
    return not empty and (_same(value, node) if node.op not in _BEYOND else _beyond(value, node))


_BEYOND = {*_ORDER, Op.CONTAINS}


def _same(value: Any, test: Test) -> bool:
    wanted = test.value if test.op in {Op.IN, Op.NIN} else [test.value]
    mine = value if isinstance(value, list | tuple) else [value]
    return any(_plain(one) in map(_plain, wanted) for one in mine)


def _beyond(value: Any, test: Test) -> bool:
    if test.op is Op.CONTAINS:
        return str(test.value).lower() in str(value).lower()
    return _ORDER[test.op](_plain(value), _plain(test.value))


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return float(value) if isinstance(value, int | float | Decimal) else value
