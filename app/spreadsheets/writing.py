"""What stands in a cell: a field of a record as files show it, in the reader's language and time."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.core import phones
from app.core.xlsx_files import Cell
from app.spreadsheets import own_fields, values
from app.spreadsheets.vocabulary import Field, Reader

_LUNAR = {"zh-CN": ("农历", "闰"), "en": ("Lunar", "leap ")}


def cell(field: Field, item: Mapping[str, Any], reader: Reader) -> Cell:
    """A field of a record, as plain data from the wire."""
    if field.kind == "phones":
        return "/".join(_numbers(item["phones"], mobile=field.name == "mobile"))
    if field.own:
        value = item["custom"].get(field.name)
        return None if value is None else own_fields.cell(field.own, value, reader)
    value = item[field.name]
    if value is None or value == []:
        return None
    if field.choices:
        return next((c.label(reader.locale) for c in field.choices if c.value == value), str(value))
    shown = _SHOWN.get(field.kind)
    return shown(value, reader) if shown else str(value)


def plain(cell: Cell) -> str:
    """The same for a file of text only."""
    if cell is None:
        return ""
    return f"{cell:%Y-%m-%d %H:%M:%S}" if isinstance(cell, datetime) else str(cell)


def _numbers(kept: list[dict[str, str]], *, mobile: bool) -> list[str]:
    return [phones.shown(one["number"]) for one in kept if phones.is_mobile(one["number"]) == mobile]


def _birthday(value: Mapping[str, Any], reader: Reader) -> str:
    lunar, leap = _LUNAR[reader.locale]
    year = f"{value['year']}-" if value["year"] else ""
    day = f"{year}{leap if value['leap'] else ''}{value['month']:02}-{value['day']:02}"
    return f"{lunar} {day}" if value["calendar"] == "lunar" else day


def _named(value: Mapping[str, Any], _reader: Reader) -> str:
    return str(value["name"])


_SHOWN: dict[str, Callable[[Any, Reader], Cell]] = {
    **dict.fromkeys(("colleague", "customer", "department", "category", "contact", "product"), _named),
    **dict.fromkeys(("whole", "year", "months", "interval"), lambda value, _reader: int(value)),
    "money": values.money,
    "percent": lambda value, _reader: values.percent(value),
    "tags": lambda value, _reader: "；".join(value),
    "birthday": _birthday,
    "yes": values.yes,
    "instant": values.instant,
}
