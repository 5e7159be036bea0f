"""Days of filters told from today: `-30d` is the day thirty days ago, `0d` today, `7d` a week ahead.

What is kept for later, a view or a link, goes on meaning the same from day to day.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core import clock
from app.core.filter_values import Kind
from app.core.filters import Fields

_RELATIVE = re.compile(r"[-+]?[0-9]{1,4}d")
_DEEP = 20
"""Deeper trees are refused anyway."""


def resolved(tree: Any, fields: Fields, zone: ZoneInfo) -> Any:
    """A filter tree with days in place of what is told from today: midnights for moments.

    What is no filter tree is given back as it is: who reads it says what is wrong.

    :param zone: whose today it is
    """
    return _resolved(tree, fields, zone, _DEEP)


def _resolved(tree: Any, fields: Fields, zone: ZoneInfo, deep: int) -> Any:
    if not isinstance(tree, Mapping) or deep == 0:
        return tree
    for word in ("and", "or"):
        parts = tree.get(word)
        if isinstance(parts, list):
            return {**tree, word: [_resolved(part, fields, zone, deep - 1) for part in parts]}
    name = tree.get("field")
    if "value" not in tree or not isinstance(name, str):
        return tree
    return {**tree, "value": one(name, tree["value"], fields, zone)}


def one(name: str, value: Any, fields: Fields, zone: ZoneInfo) -> Any:
    """A single value for a field; as it was, if it is not told from today."""
    field = fields.get(name)
    if field is None or field.kind not in {Kind.INSTANT, Kind.DATE} or not isinstance(value, str):
        return value
    if not _RELATIVE.fullmatch(value):
        return value
    day = clock.now().astimezone(zone).date() + timedelta(days=int(value[:-1]))
    return day.isoformat() if field.kind is Kind.DATE else _midnight(day, zone)


def _midnight(day: date, zone: ZoneInfo) -> str:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC).isoformat()
