"""What conditions can ask of a form, and what an entry answers: the same for flows and for visibility."""

from collections.abc import Mapping
from typing import Any

from app.approvals.kinds import Fact
from app.core import filters
from app.core.filter_values import Kind as Compared
from app.core.filters import Field
from app.fields.conditions import COMPARED
from app.fields.states import FieldKind
from app.forms.definitions import Fields, FormField
from app.forms.states import Kind

Facts = dict[str, Any]
_PLAIN = {
    Kind.TEXT: Compared.TEXT,
    Kind.LONG_TEXT: Compared.TEXT,
    Kind.NUMBER: Compared.NUMBER,
    Kind.MONEY: Compared.WHOLE,
    Kind.DATE: Compared.DATE,
    Kind.CHOICE: Compared.CHOICE,
    Kind.MULTI_CHOICE: Compared.MEMBER,
    Kind.USER: Compared.ID,
    Kind.DEPARTMENT: Compared.ID,
    Kind.CUSTOMER: Compared.ID,
}
_SPAN = (("days", Compared.NUMBER), ("from", Compared.DATE), ("to", Compared.DATE))
ROWS = "rows"


def fields_of(fields: Fields) -> filters.Fields:
    """What conditions can ask."""
    return filters.declare(*(field for one in fields for field, _ in _asked(one)))


def told_of(fields: Fields) -> dict[str, Fact]:
    """What is to be known of each besides."""
    return {field.name: fact for one in fields for field, fact in _asked(one)}


def _asked(one: FormField) -> list[tuple[Field, Fact]]:
    if one.kind is Kind.DATE_RANGE:
        return [
            (Field(f"{one.key}_{part}", kind, ""), Fact(label=one.label, part=part)) for part, kind in _SPAN
        ]
    if one.kind is Kind.TABLE:
        rows = (Field(f"{one.key}_{ROWS}", Compared.WHOLE, ""), Fact(label=one.label, part=ROWS))
        return [rows, *(_sum(one, column) for column in one.columns if column.summed)]
    kind = _compared(one)
    if kind is None:
        return []
    options = tuple(one.settings.get("options", ()))
    choices = tuple(option["value"] for option in options)
    words = {option["value"]: option["label"] for option in options}
    fact = Fact(label=one.label, currency=one.money_in, type=_type(one), words=words)
    return [(Field(one.key, kind, "", choices), fact)]


def _compared(one: FormField) -> Compared | None:
    if one.kind is Kind.FORMULA:
        return COMPARED.get(FieldKind(one.settings["result"]))
    return _PLAIN.get(one.kind)


def _sum(table: FormField, column: FormField) -> tuple[Field, Fact]:
    kind = Compared.WHOLE if column.kind is Kind.MONEY else Compared.NUMBER
    label = f"{table.label} · {column.label}"
    fact = Fact(label=label, part="sum", currency=column.money_in, type=_type(column))
    return Field(f"{table.key}_{column.key}", kind, ""), fact


_TYPES = {Kind.MONEY: "money", Kind.USER: "user", Kind.DEPARTMENT: "department", Kind.CUSTOMER: "customer"}


def _type(one: FormField) -> str:
    return _TYPES.get(one.kind, "plain")


def facts_of(one: FormField, value: Any) -> Facts:
    """What a value answers."""
    if value is None:
        return {}
    if one.kind is Kind.DATE_RANGE:
        return {f"{one.key}_{part}": value[part] for part, _ in _SPAN}
    if one.kind is Kind.TABLE:
        sums = {f"{one.key}_{key}": _figure(total) for key, total in value["sums"].items()}
        return {f"{one.key}_{ROWS}": len(value["rows"]), **sums}
    return {one.key: _figure(value)}


def _figure(value: Any) -> Any:
    return value["amount"] if isinstance(value, Mapping) and "amount" in value else value
