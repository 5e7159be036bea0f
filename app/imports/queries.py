"""Looking at imports, and into their files."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.imports import drafting, owners, records, storage
from app.imports.models import JOB_KIND, Import
from app.imports.plan import Plan, Row
from app.imports.records import Record
from app.jobs import policies as jobs
from app.spreadsheets.registry import imported_of
from tenants import current

PREVIEWED = 5
ROWS_SEARCHED = 50_000
_BYTES_SEARCHED = 32 * 1024 * 1024


def get(actor: Actor, import_id: UUID) -> Import:
    """An import.

    :raises NotFound: if there is none such, or it is not theirs to see
    """
    wanted = db.session.scalars(
        select(Import).where(
            Import.id == import_id, jobs.visible_through(actor, JOB_KIND, Import.created_by_id)
        )
    ).first()
    if wanted is None:
        raise NotFound
    return wanted


def file_of(wanted: Import) -> Path:
    """Where the canonical file of an import lies.

    :raises UploadGone: if it has been tidied away
    """
    return storage.path_of(current.slug(), wanted.id)


def first_rows(wanted: Import, count: int) -> Iterator[Record]:
    """The first rows with content, one by one: as many as asked for and not too many bytes.

    :raises UploadGone: if the file has been tidied away
    """
    return islice(_filled_rows(wanted, file_of(wanted)), count)


def _filled_rows(wanted: Import, path: Path) -> Iterator[Record]:
    for record in records.read(path, wanted.delimiter, offset=wanted.first_byte, after=wanted.heading_row):
        if not record.blank:
            yield record
        if record.end > _BYTES_SEARCHED:
            return


def preview(actor: Actor, wanted: Import) -> Sequence[Row]:
    """The first rows as they would come in, each with what is wrong with it; none once it has begun."""
    if wanted.started or not wanted.mapping["columns"]:
        return []
    plan = Plan.of(wanted, wanted.mapping, imported_of(actor, wanted.type))
    rows = [plan.read(record) for record in first_rows(wanted, PREVIEWED)]
    owners.settle(plan, rows)
    drafting.check(rows, wanted.type)
    return rows
