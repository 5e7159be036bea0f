"""The company's own fields as columns of its files."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.access.actor import Actor
from app.core.money import CURRENCIES
from app.core.xlsx_files import Cell
from app.fields import catalogue
from app.fields.catalogue import CustomField
from app.fields.states import CHOOSING, REFERRING, FieldKind
from app.spreadsheets.vocabulary import Choice, Field, Reader

_YES = {"zh-CN": ("否", "是"), "en": ("No", "Yes")}
_BETWEEN = "；"
_TAKEN = {
    FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE, FieldKind.CHOICE,
    FieldKind.MULTI_CHOICE, FieldKind.YES_NO,
}  # fmt: skip
"""Kinds that a file can fill in."""


def columns(by: Actor, record_type: str) -> Iterator[Field]:
    """A column for each of the company's own fields that the actor may read."""
    for own in catalogue.now(by, record_type).fields.values():
        if own.key not in by.hides(record_type):
            yield Field(
                own.key,
                # Spellings of a single choice are given a meaning like those of built-in ones.
                "choice" if own.kind is FieldKind.CHOICE else "own",
                own.label,
                own.label,
                headings="",
                choices=tuple(Choice(o["value"], o["label"], o["label"]) for o in own.options.values()),
                imported=own.kind in _TAKEN,
                own=own,
            )


def cell(own: CustomField, value: Any, reader: Reader) -> Cell:
    """What stands in a cell, from plain data of the wire."""
    if own.kind in CHOOSING:
        chosen = value if isinstance(value, list) else [value]
        return _BETWEEN.join(str(own.options[one]["label"]) if one in own.options else one for one in chosen)
    if own.kind is FieldKind.FILE:
        return _BETWEEN.join(one["name"] for one in value)
    if own.kind in REFERRING:
        return str(value["name"])
    shown = _SHOWN.get(own.holds)
    return shown(value, reader) if shown else str(value)


def _money(value: Any, _reader: Reader) -> Cell:
    amount = Decimal(value["amount"]).scaleb(-CURRENCIES[value["currency"]])
    return amount if value["currency"] == "CNY" else f"{value['currency']} {amount}"


def _instant(value: Any, reader: Reader) -> Cell:
    return datetime.fromisoformat(value).astimezone(reader.zone).replace(tzinfo=None, microsecond=0)


_SHOWN: dict[FieldKind, Callable[[Any, Reader], Cell]] = {
    FieldKind.NUMBER: lambda value, _reader: Decimal(str(value)),
    FieldKind.MONEY: _money,
    FieldKind.DATE: lambda value, _reader: date.fromisoformat(value).isoformat(),
    FieldKind.DATE_TIME: _instant,
    FieldKind.YES_NO: lambda value, reader: _YES[reader.locale][bool(value)],
}
