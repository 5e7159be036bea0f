"""A file as it arrives: brought into its canonical form, looked at, and its columns guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.core.messages import say
from app.imports import (
    encodings,
    kept_mappings,
    mapping,
    migrators,
    queries,
    sniffing,
    storage,
    suggestions,
    workbooks,
)
from app.imports.models import Import
from app.imports.plan import Plan
from app.imports.workbooks import Sheet
from app.spreadsheets.registry import CONTACT, CUSTOMER, imported_of, told_of


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file in its canonical form."""

    path: Path
    size: int
    encoding: str
    sheet: Sheet | None = None


def receive(slug: str, import_id: UUID, stream: IO[bytes]) -> Arrived:
    """Keep a file in its canonical form.

    :raises Invalid: naming `file`, when it is no table that we can read
    """
    if workbooks.is_workbook(stream):
        workbooks.refuse_bombs(stream)
        return open_sheet(slug, import_id, storage.store_workbook(slug, import_id, stream))
    encoding = encodings.detect(stream)
    path, size = storage.store(slug, import_id, stream, encoding)
    return Arrived(path, size, encodings.shown(encoding))


def open_sheet(slug: str, import_id: UUID, workbook: Path, name: str = "") -> Arrived:
    """Keep a sheet of a workbook in its canonical form; without a name the first with something in it."""
    read = partial(workbooks.read, sheet=name)
    path, size, sheet = storage.store_sheet(slug, import_id, read, workbook)
    return Arrived(path, size, "Excel", sheet)


def lay_out(by: Actor, wanted: Import, arrived: Arrived) -> None:
    """Note what a file looks like inside, and guess what its columns are."""
    layout = sniffing.look(
        arrived.path,
        arrived.size,
        blank_name=lambda number: say("column-without-name", by.locale, number=number),
        delimiter="," if arrived.sheet else None,
    )
    wanted.encoding, wanted.delimiter = arrived.encoding, layout.delimiter
    wanted.heading_row, wanted.first_byte = layout.heading.number, layout.heading.end
    wanted.row_count_estimate = layout.row_count_estimate
    wanted.sheets = list(arrived.sheet.names) if arrived.sheet else []
    wanted.sheet = arrived.sheet.name if arrived.sheet else None
    migrator = migrators.recognised(layout.names) if wanted.type in {CUSTOMER, CONTACT} else None
    if migrator and (migrator.type != CONTACT or by.may(Permission.CONTACT_CREATE)):
        wanted.type = migrator.type
    else:
        migrator = None
    wanted.origin = migrator.origin if migrator else None
    fields, told = imported_of(by, wanted.type), told_of(by, wanted.type)
    wanted.columns = suggestions.columns(layout, fields, told, migrator)
    wanted.mapping = mapping.guessed(wanted.type, wanted.columns, migrator)
    kept = kept_mappings.fitting(wanted.type, wanted.columns)
    wanted.used_mapping = kept.name if kept else None
    if kept:
        wanted.mapping = kept_mappings.applied(kept.mapping, wanted.columns, fields, wanted.mapping)
    wanted.unmapped_values = words_without_meaning(by, wanted, wanted.mapping)


def words_without_meaning(by: Actor, wanted: Import, decided: Mapping[str, Any]) -> dict[str, Any]:
    """The words of a file that mean nothing yet with a mapping, by field."""
    plan = Plan.of(wanted, decided, imported_of(by, wanted.type))
    return mapping.unmapped(plan, queries.first_rows(wanted, queries.ROWS_SEARCHED))
