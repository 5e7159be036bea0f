"""What is done with each row: the mapping, ready to be applied to a million rows without a query."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from app.core.errors import FieldProblem
from app.imports import cells, days, own_cells
from app.imports.cells import Unit, Unreadable
from app.imports.models import Import
from app.imports.records import Record
from app.spreadsheets.registry import OF_CONTACT
from app.spreadsheets.vocabulary import Field, key_of

CURRENCY = "currency"
_IN_LINES = {"remark", "description", "specification"}


def is_own(name: str) -> bool:
    """Whether a field is one of the company's own."""
    return name.startswith("c_")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands."""

    customer_id: UUID | None
    contact_id: UUID | None
    product_id: UUID | None


@dataclass(slots=True)
class Row:
    """One row of the file as values of a record, with what is wrong with it."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    """By field name; `owner` and `parent` as written."""
    owner_id: UUID | None = None
    """Who `owner` is, once that has been looked up."""
    problems: list[FieldProblem] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    """What stands in the cells, by field name; of empty ones nothing."""
    place: "Place | None" = None
    """Where the record stands, once what the row names has been looked up."""
    key: str = ""
    """What the record is recognised by, where that takes more than what is written."""
    contact: "Row | None" = None
    """Whom at the customer it tells of, in a file of customers with their contacts."""

    @property
    def name(self) -> str:
        """The record's name, as far as it could be read; without one it is called as its product."""
        return str(self.values.get("name") or self.values.get("product", ""))

    @property
    def all_values(self) -> dict[str, Any]:
        """The values of the whole row, by the fields of the mapping."""
        if self.contact is None:
            return self.values
        theirs = {f"{OF_CONTACT}{name}": value for name, value in self.contact.values.items()}
        return self.values | theirs

    @property
    def all_problems(self) -> list[FieldProblem]:
        """What is wrong with any of it, by the fields of the mapping."""
        return self.problems + (self.contact.problems if self.contact else [])

    @property
    def custom(self) -> dict[str, Any]:
        """What is to stand in the company's own fields."""
        return {name: value for name, value in self.values.items() if is_own(name)}

    @property
    def parent(self) -> str:
        """The name of the company it belongs to; none if that is itself."""
        parent = str(self.values.get("parent", ""))
        return parent if parent and key_of(parent) != key_of(self.name) else ""


@dataclass(frozen=True)
class Column:
    """A column of the file that is brought in."""

    index: int
    field: Field
    unit: Unit
    words: Mapping[str, str | None]
    """What people decided about spellings, folded."""

    @cached_property
    def name(self) -> str:
        """The field's name at its own kind of record."""
        return self.field.name.removeprefix(OF_CONTACT)

    @cached_property
    def of_contact(self) -> bool:
        """Whether it tells of a contact in a file of customers."""
        return self.field.name.startswith(OF_CONTACT)


@dataclass(frozen=True)
class Plan:
    """An import's mapping, applied row by row."""

    width: int
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, wanted: Import, mapping: Mapping[str, Any], fields: Mapping[str, Field]) -> "Plan":
        """The plan of a mapping that has been checked.

        :param fields: what a column can become
        """
        names = [column["name"] for column in wanted.columns]
        values: Mapping[str, Mapping[str, str | None]] = mapping["values"]
        return cls(
            len(names),
            tuple(
                Column(
                    int(index),
                    fields[name],
                    cells.unit_of(names[int(index)]),
                    {key_of(word): choice for word, choice in values.get(name, {}).items()},
                )
                for index, name in sorted(mapping["columns"].items(), key=_place(fields))
                if name in fields
            ),
        )

    @cached_property
    def tells_of_contacts(self) -> bool:
        """Whether the file names contacts beside the customers."""
        return any(column.of_contact for column in self.columns)

    @cached_property
    def decided(self) -> Mapping[str, Mapping[str, str | None]]:
        """What people decided about spellings, by field."""
        return {column.field.name: column.words for column in self.columns}

    def field(self, name: str) -> Field:
        """A field that is among the columns."""
        return next(column.field for column in self.columns if column.field.name == name)

    def read(self, record: Record) -> Row:
        """The values of a row; nothing is asked of the database."""
        row = Row(record.number)
        if record.fault:
            row.values["name"] = record.cells[0][:200]
            row.problems.append(FieldProblem("row", record.fault))
            return row
        if len(record.cells) > self.width and any(cell.strip() for cell in record.cells[self.width :]):
            facts = (("count", len(record.cells)), ("expected", self.width))
            row.problems.append(FieldProblem("row", "row-too-many-cells", facts))
        for column in self.columns:
            text = cells.clean(record.cells[column.index]) if column.index < len(record.cells) else ""
            if not text:
                continue
            if not column.of_contact:
                _fill(row, column, text)
                continue
            row.contact = row.contact or Row(record.number)
            _fill(row.contact, column, text)
        if not row.name:
            row.problems.append(FieldProblem("name", "required"))
        if row.contact and not row.contact.name:
            row.contact.problems.append(FieldProblem(f"{OF_CONTACT}name", "required"))
        return row

    def words(self, record: Record) -> Iterator[tuple[str, str]]:
        """The spellings in a row that people or the product have to give a meaning to, by field."""
        if record.fault is None:
            for column in self.columns:
                if column.field.kind in {"choice", "colleague"} and column.index < len(record.cells):
                    text = cells.clean(record.cells[column.index])
                    if text:
                        yield column.field.name, text


def _place(fields: Mapping[str, Field]) -> Callable[[tuple[str, str]], tuple[bool, int]]:
    """The order in which columns are read: those first that say how others are meant."""
    return lambda item: (not (item[1] in fields and fields[item[1]].aside), int(item[0]))


def _fill(row: Row, column: Column, text: str) -> None:
    if not column.field.aside:
        row.texts[column.name] = text
    if column.field.kind == "money" and CURRENCY in row.values:
        column = replace(column, unit=replace(column.unit, currency=row.values[CURRENCY]))
    try:
        value = _value(column, text)
    except Unreadable as unreadable:
        facts = (*unreadable.facts.items(), ("value", text[:100]))
        row.problems.append(FieldProblem(column.field.name, unreadable.code, facts))
        return
    if value is not None:
        row.values[column.name] = value


def _value(column: Column, text: str) -> Any:
    reader = _READERS.get(column.field.kind)
    if reader is not None:
        return reader(column, text)
    return text if column.name in _IN_LINES else " ".join(text.split())


def _choice(column: Column, text: str) -> str | None:
    word = key_of(text)
    if word in column.words:
        return column.words[word]
    meaning = column.field.sure_words.get(word)
    if meaning is None:
        raise Unreadable("value-not-mapped")
    return meaning


def _own(column: Column, text: str) -> Any:
    if column.field.own is None:
        raise TypeError(column.field.name)
    return own_cells.read(column.field.own, text, column.unit)


_READERS: dict[str, Callable[[Column, str], Any]] = {
    "choice": _choice,
    "money": lambda column, text: cells.amount(text, column.unit),
    "whole": lambda _column, text: cells.count(text),
    "year": lambda _column, text: cells.year(text),
    "percent": lambda _column, text: cells.rate(text),
    "phones": lambda column, text: cells.phone_numbers(text, mobile=column.name == "mobile"),
    "tags": lambda _column, text: cells.tag_names(text),
    "id": lambda _column, text: cells.record_id(text),
    "birthday": lambda _column, text: cells.birthday(text),
    "yes": lambda _column, text: cells.yes(text),
    "day": lambda _column, text: days.day(text),
    "year_day": lambda _column, text: days.year_day(text),
    "months": lambda _column, text: days.months(text),
    "interval": lambda _column, text: days.interval(text)[0],
    "quantity": lambda _column, text: cells.quantity(text)[0],
    "own": _own,
}
