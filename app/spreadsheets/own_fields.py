"""The company's own fields as columns of its files."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from app.access.actor import Actor
from app.core.xlsx_files import Cell
from app.fields import catalogue, entities
from app.fields.catalogue import CustomField
from app.fields.states import CHOOSING, REFERRING, FieldKind
from app.spreadsheets import values
from app.spreadsheets.vocabulary import Choice, Field, Reader

_BETWEEN = "；"
_TAKEN = {
    FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE, FieldKind.CHOICE,
    FieldKind.MULTI_CHOICE, FieldKind.YES_NO,
}  # fmt: skip
"""Kinds that a file can fill in."""


def columns(by: Actor, record_type: str) -> Iterator[Field]:
    """A column for each of the company's own fields that the actor may read."""
    # Not every kind of record has fields of the company's own.
    known = catalogue.now(by, record_type).fields.values() if record_type in entities.names() else ()
    for own in known:
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


_SHOWN: dict[FieldKind, Callable[[Any, Reader], Cell]] = {
    FieldKind.NUMBER: lambda value, _reader: Decimal(str(value)),
    FieldKind.MONEY: values.money,
    FieldKind.DATE: lambda value, _reader: date.fromisoformat(value).isoformat(),
    FieldKind.DATE_TIME: values.instant,
    FieldKind.YES_NO: values.yes,
}
