"""A file that somebody wants to bring in, and what its columns mean."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.access.models import User
from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned, belongs_to, points_to

JOB_KIND, CHECK_KIND, UNDO_KIND = "import", "import_check", "import_undo"


class Import(TenantOwned, Base):
    """An uploaded file with its mapping. Once it runs, its job tells the rest."""

    __tablename__ = "imports"
    __table_args__ = (
        points_to("users", "created_by_id"),
        points_to("jobs", "job_id"),
        points_to("jobs", "check_id"),
        points_to("jobs", "undo_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    type: Mapped[str]
    filename: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    """What was sent, in bytes."""
    encoding: Mapped[str]
    delimiter: Mapped[str]
    heading_row: Mapped[int]
    first_byte: Mapped[int] = mapped_column(BigInteger)
    """Where the rows begin in the canonical file."""
    sheets: Mapped[list[Any]]
    """The names of a workbook's sheets; none: it was a text file."""
    sheet: Mapped[str | None]
    """The one that is brought in."""
    row_count_estimate: Mapped[int]
    columns: Mapped[list[Any]]
    """[{"index", "name", "samples", "suggestion", "confidence"}]"""
    mapping: Mapped[dict[str, Any]]
    """{"columns": {"0": field}, "values": {field: {word: choice or null}}, "on_duplicate": ...}"""
    unmapped_values: Mapped[dict[str, Any]]
    """{field: [{"value", "count", "suggestion"}]}, as far as the file was looked at."""
    job_id: Mapped[UUID | None]
    check_id: Mapped[UUID | None]
    """The job that has tried out the mapping as it is now, writing nothing."""
    undo_id: Mapped[UUID | None]
    """The job that takes back what it did."""
    origin: Mapped[str | None]
    """The product whose export the file was recognised as; see `app.imports.migrators`."""
    used_mapping: Mapped[str | None]
    """The name of the kept mapping that it began with."""
    created_by_id: Mapped[UUID]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    created_by: Mapped[User] = belongs_to("Import", "created_by_id", "User")

    __mapper_args__ = {"version_id_col": version}

    @property
    def started(self) -> bool:
        """Whether its rows are being or have been brought in."""
        return self.job_id is not None


class ImportLink(TenantOwned, Base):
    """A parent company that stood further down in the file, or nowhere: tied when all rows are in."""

    __tablename__ = "import_links"
    __table_args__ = (points_to("imports", "import_id", ondelete="CASCADE"),)

    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[UUID]
    parent_name: Mapped[str]


class ImportKey(TenantOwned, Base):
    """What a row is recognised by, while a file is tried out: later rows may speak of the same."""

    __tablename__ = "import_keys"
    __table_args__ = (points_to("imports", "import_id", ondelete="CASCADE"),)

    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)


class ImportEffect(TenantOwned, Base):
    """What an import did to one record, for as long as it can be taken back."""

    __tablename__ = "import_effects"
    __table_args__ = (points_to("imports", "import_id", ondelete="CASCADE"),)

    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    row: Mapped[int]
    created: Mapped[bool]
    version: Mapped[int]
    """The record's version right after: another one means that somebody has touched it."""
    at: Mapped[datetime]
    before: Mapped[dict[str, Any]]
    """What stood in the fields that it changed."""


class ImportMapping(TenantOwned, Base):
    """A mapping that was kept for the next file with the same headings."""

    __tablename__ = "import_mappings"
    __table_args__ = (points_to("users", "created_by_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    type: Mapped[str]
    name: Mapped[str]
    headings: Mapped[str]
    """The headings of the file it was made for, folded and in order, as one text."""
    mapping: Mapped[dict[str, Any]]
    """As an import's, with folded headings in place of the columns' indexes."""
    created_by_id: Mapped[UUID]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
