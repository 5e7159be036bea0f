"""From what stands in a cell to a value of one of the company's own fields."""

import re
from collections.abc import Callable
from typing import Any

from app.fields.catalogue import CustomField
from app.fields.states import FieldKind
from app.imports import cells, days
from app.imports.cells import Unit, Unreadable
from app.spreadsheets.vocabulary import key_of

_MOST_DIGITS = 15
_BETWEEN = re.compile(r"[;；,，、|\n]")


def read(own: CustomField, text: str, unit: Unit) -> Any:
    """A value as it is sent to a record.

    :raises Unreadable: if it is none
    """
    reader = _READERS.get(own.kind)
    return reader(own, text, unit) if reader else " ".join(text.split())


def _lines(_own: CustomField, text: str, _unit: Unit) -> str:
    return text


def _number(own: CustomField, text: str, _unit: Unit) -> int | float:
    bare = text.removesuffix(own.settings.get("unit", "")).strip()
    size = cells.decimal(bare.lstrip("+-")) if bare[1:2] not in {"+", "-"} else None
    if size is None or size.adjusted() >= _MOST_DIGITS:
        raise Unreadable("not-numeric")
    number = float(-size if bare.startswith("-") else size)
    return int(number) if number.is_integer() else number


def _money(_own: CustomField, text: str, unit: Unit) -> dict[str, Any]:
    money = cells.amount(text, unit)
    return {"amount": money.amount, "currency": money.currency}


def _date(_own: CustomField, text: str, _unit: Unit) -> str:
    return days.day(text).isoformat()


def _choices(own: CustomField, text: str, _unit: Unit) -> list[str]:
    values = {key_of(str(option["label"])): value for value, option in own.options.items()}
    words = [word.strip() for word in _BETWEEN.split(text) if word.strip()]
    if any(key_of(word) not in values for word in words):
        raise Unreadable("value-not-mapped")
    return [values[key_of(word)] for word in words]


def _yes_no(_own: CustomField, text: str, _unit: Unit) -> bool:
    return cells.yes(text)


_READERS: dict[FieldKind, Callable[[CustomField, str, Unit], Any]] = {
    FieldKind.LONG_TEXT: _lines,
    FieldKind.NUMBER: _number,
    FieldKind.MONEY: _money,
    FieldKind.DATE: _date,
    FieldKind.MULTI_CHOICE: _choices,
    FieldKind.YES_NO: _yes_no,
}
