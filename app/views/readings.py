"""Views as their readers may have them: what they may not ask, or is there no more, is left out and told."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from app.access.actor import Actor
from app.core import filters, relative_days
from app.core.errors import Invalid
from app.core.filters import Fields
from app.views.kinds import ListKind

_OWN = "c_"
Tree = Mapping[str, Any]


def kept(tree: Tree, fields: Fields, zone: ZoneInfo) -> tuple[dict[str, Any] | None, list[str]]:
    """The part of a stored filter that a reader may ask, and the fields of what is left out."""
    left_out: list[str] = []
    return _kept(tree, fields, zone, left_out) if tree else None, left_out


def _kept(tree: Tree, fields: Fields, zone: ZoneInfo, left_out: list[str]) -> dict[str, Any] | None:
    for word in ("and", "or"):
        if word in tree:
            parts = [_kept(part, fields, zone, left_out) for part in tree[word]]
            found = [part for part in parts if part is not None]
            return {word: found} if found else None
    try:
        filters.from_tree(relative_days.resolved(tree, fields, zone), fields)
    except Invalid:
        left_out.append(str(tree.get("field")))
        return None
    return dict(tree)


def columns(
    kind: ListKind, reader: Actor, wanted: Sequence[Tree], own: Mapping[str, Any]
) -> tuple[list[Tree], list[str]]:
    """The columns that a reader may have, and the names of those left out.

    :param own: the company's own fields that there are, by key
    """
    hidden = kind.hidden_columns(reader)

    def gone(name: str) -> bool:
        return name in hidden or (name.startswith(_OWN) and name not in own)

    shown = [column for column in wanted if not gone(column["name"])]
    return shown, [column["name"] for column in wanted if gone(column["name"])]
