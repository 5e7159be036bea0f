"""What conditions over one record may speak of."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from app.core import filters
from app.core.errors import Invalid
from app.core.filter_values import Kind
from app.core.filters import Field, Fields, Node
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
