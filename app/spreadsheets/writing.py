"""What stands in a cell: a field of a record as files show it, in the reader's language and time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from app.core import phones
from app.core.money import CURRENCIES
from app.core.xlsx_files import Cell
from app.spreadsheets.vocabulary import Field

HOME_CURRENCY = "CNY"
_YES = {"zh-CN": ("是", "否"), "en": ("Yes", "No")}
_LUNAR = {"zh-CN": ("农历", "闰"), "en": ("Lunar", "leap ")}


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a file is written for."""

    locale: str
    zone: tzinfo


def cell(field: Field, item: Mapping[str, Any], reader: Reader) -> Cell:
    """A field of a record, as plain data from the wire."""
    if field.kind == "phones":
        return "/".join(_numbers(item["phones"], mobile=field.name == "mobile"))
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


def _money(value: Mapping[str, Any], _reader: Reader) -> Cell:
    currency = value["currency"]
    amount = Decimal(value["amount"]).scaleb(-CURRENCIES[currency])
    return amount if currency == HOME_CURRENCY else f"{currency} {amount}"


def _birthday(value: Mapping[str, Any], reader: Reader) -> str:
    lunar, leap = _LUNAR[reader.locale]
    year = f"{value['year']}-" if value["year"] else ""
    day = f"{year}{leap if value['leap'] else ''}{value['month']:02}-{value['day']:02}"
    return f"{lunar} {day}" if value["calendar"] == "lunar" else day


def _instant(value: str, reader: Reader) -> datetime:
    # Spreadsheets know no time zones: what is told is the company's own clock.
    return datetime.fromisoformat(value).astimezone(reader.zone).replace(tzinfo=None, microsecond=0)


def _named(value: Mapping[str, Any], _reader: Reader) -> str:
    return str(value["name"])


_SHOWN: dict[str, Callable[[Any, Reader], Cell]] = {
    **dict.fromkeys(("colleague", "customer", "department"), _named),
    **dict.fromkeys(("whole", "year"), lambda value, _reader: int(value)),
    "money": _money,
    "tags": lambda value, _reader: "；".join(value),
    "birthday": _birthday,
    "yes": lambda value, reader: _YES[reader.locale][not value],
    "instant": _instant,
}
