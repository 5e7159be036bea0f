"""Whether conditions hold for one record: the filter language, decided in memory, not by the database."""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core.filters import Group, Node, Op, Test

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
    if isinstance(value, UUID):
        return str(value)
    return float(value) if isinstance(value, int | float | Decimal) else value
