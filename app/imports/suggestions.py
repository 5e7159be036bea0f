"""Guessing what the columns of a file are, by their headings and by what stands in them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.core.search import fold
from app.imports.cells import clean
from app.imports.migrators import Migrator
from app.imports.records import Record
from app.imports.sniffing import Layout
from app.spreadsheets.registry import OF_CONTACT
from app.spreadsheets.vocabulary import Field

Confidence = Literal["sure", "likely"]
Fields = Mapping[str, Field]
SAMPLES = 5
_LONGEST_SAMPLE = 80
_LONGEST_SHAPED = 200
"""Longer cells are none of the shapes below, and a hostile one could keep them busy for minutes."""
_ENOUGH = 0.8

# The heading says what it is in brackets or after a slash as well: 年营收（万元）, Phone/Mobile.
_ASIDE = re.compile(r"[(（\[【].*?[)）\]】]|[*＊:：]")

_SHAPES = (
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")),
    ("mobile", re.compile(r"(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}")),
    ("credit_code", re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")),
    ("website", re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("phone", re.compile(r"(?:\(?0\d{2,3}\)?[\s-]?)\d{7,8}(?:[\s-]\d{1,6})?")),
    ("name", re.compile(r".*(?:公司|集团|事务所|合作社|(?:Inc|Ltd|LLC|GmbH|Corp)\.?)", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column probably is."""

    field: str
    confidence: Confidence


def columns(
    layout: Layout, fields: Fields, told: Fields, migrator: Migrator | None = None
) -> list[dict[str, Any]]:
    """The columns as kept with an import: index, name, samples, suggestion and confidence.

    A column that our own files only tell is surely nothing.

    :param migrator: whose export it is, if that is known
    """
    values = [_values(layout.rows, index) for index in range(len(layout.names))]
    guesses = _by_migrator(layout.names, fields, migrator)
    if migrator is None:
        guesses = guess(layout.names, values, _in_order(layout.names, fields))
    ignored = {fold(name) for name, field in migrator.columns.items() if not field} if migrator else set()
    return [
        {
            "index": index,
            "name": name,
            "samples": _samples(values[index]),
            "suggestion": guesses[index].field if index in guesses else None,
            "confidence": guesses[index].confidence
            if index in guesses
            else ("sure" if fold(name) in ignored else _surely_nothing(name, told)),
        }
        for index, name in enumerate(layout.names)
    ]


def _by_migrator(names: Sequence[str], fields: Fields, migrator: Migrator | None) -> dict[int, Guess]:
    """What the columns of another product's export are for sure; of the rest what their headings say."""
    if migrator is None:
        return {}
    meanings = {fold(name): field for name, field in migrator.columns.items()}
    found: dict[int, Guess] = {}
    taken: set[str] = set()
    for index, name in enumerate(names):
        field = meanings.get(fold(name))
        if field and field in fields and field not in taken:
            found[index] = Guess(field, "sure")
            taken.add(field)
    rest = {name: field for name, field in fields.items() if name not in taken and field.own}
    for index, own in guess(names, [()] * len(names), rest).items():
        if index not in found and fold(names[index]) not in meanings:
            found[index] = own
    return found


def _in_order(names: Sequence[str], fields: Fields) -> Fields:
    """The fields as headings shall be taken for them: those of contacts first where contacts are named.

    In a file that names none, "mobile of the contact" is simply the customer's.
    """
    beside = {name: field for name, field in fields.items() if name.startswith(OF_CONTACT)}
    person = beside.get(f"{OF_CONTACT}name")
    own = {name: field for name, field in fields.items() if name not in beside}
    named = person and any(fold(name) in person.sure_headings for name in names)
    return {**beside, **own} if named else own


def _surely_nothing(name: str, told: Fields) -> Confidence | None:
    return "sure" if any(fold(name) in field.sure_headings for field in told.values()) else None


def guess(names: Sequence[str], values: Sequence[Sequence[str]], fields: Fields) -> dict[int, Guess]:
    """A field for each column that looks like one; no field twice, sure headings first."""
    found: dict[int, Guess] = {}
    taken: set[str] = set()
    for index, field, confidence in (
        *((i, field, "sure") for i, name in enumerate(names) for field in _by_heading(name, fields)),
        *((i, field, "likely") for i, name in enumerate(names) for field in _by_hint(name, fields)),
        *(
            (i, field, "likely")
            for i, cells in enumerate(values)
            for field in _by_shape(cells, fields)
            if field in fields
        ),
    ):
        if index in found or field in taken:
            continue
        found[index] = Guess(field, "sure" if confidence == "sure" else "likely")
        taken.add(field)
    return found


def _by_heading(name: str, fields: Fields) -> Iterable[str]:
    forms = {fold(name), fold(_ASIDE.sub("", name))}
    # What a company calls a field of its own means that field, whatever the word means elsewhere.
    known = sorted(fields.values(), key=lambda field: field.own is None)
    return (field.name for field in known if forms & field.sure_headings)


def _by_hint(name: str, fields: Fields) -> Iterable[str]:
    heading = fold(name)
    return (field.name for field in fields.values() if _mentions(heading, field))


def _mentions(heading: str, field: Field) -> bool:
    return any(part in heading for part in field.likely_parts)


def _by_shape(cells: Sequence[str], fields: Fields) -> Iterable[str]:
    # What stands at a customer is never called like a company.
    hosted = "customer" in fields and fields["customer"].needed
    if cells:
        for name, shape in _SHAPES:
            fitting = sum(1 for cell in cells if len(cell) <= _LONGEST_SHAPED and shape.fullmatch(cell))
            if fitting >= _ENOUGH * len(cells):
                yield "customer" if hosted and name == "name" else name


def _values(rows: Sequence[Record], index: int) -> list[str]:
    cells = (row.cells[index] for row in rows if row.fault is None and index < len(row.cells))
    return [cleaned for cell in cells if (cleaned := clean(cell))]


def _samples(values: Sequence[str]) -> list[str]:
    return [value[:_LONGEST_SAMPLE] for value in list(dict.fromkeys(values))[:SAMPLES]]
