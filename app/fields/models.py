"""Definitions of custom fields, their order on the page, and the index over what is filled in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned, points_to


class FieldDefinition(TenantOwned, Base):
    """A field of one kind of record, as the company's administrator defined it.

    Values live in the record's `custom` under the field's key, which never changes: renaming and retiring
    lose nothing.
    """

    __tablename__ = "field_definitions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    entity: Mapped[str]
    key: Mapped[str]
    label: Mapped[str]
    help: Mapped[str | None]
    kind: Mapped[str]
    settings: Mapped[dict[str, Any]]
    """What the kind asks for: see `app.fields.settings`."""
    rules: Mapped[dict[str, Any]]
    """{"visible" | "required" | "read_only": a filter tree over the record's own fields}."""
    default_value: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    required: Mapped[bool] = mapped_column(default=False)
    is_unique: Mapped[bool] = mapped_column(default=False)
    filterable: Mapped[bool] = mapped_column(default=False)
    ready_at: Mapped[datetime | None]
    """Since when what is filled in is indexed; lists can be filtered by the field from then on."""
    retired_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


class FieldLayout(TenantOwned, Base):
    """In which sections and in which order the fields of one kind of record stand."""

    __tablename__ = "field_layouts"

    entity: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    sections: Mapped[list[Any]]
    """[{"title", "fields": [name]}]; a title of null is the page's own word for the first section."""
    updated_at: Mapped[datetime]

    # The order that nobody has changed, and that is not kept, is the first version.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda kept: (kept or 1) + 1}


class FieldValue(TenantOwned, Base):
    """What stands in a field one can filter by, in a form that an index can use under row-level security."""

    __tablename__ = "field_values"
    __table_args__ = (points_to("field_definitions", "field_id", ondelete="CASCADE"),)

    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    field_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    word: Mapped[str | None]
    number: Mapped[int | None] = mapped_column(BigInteger)
    sole: Mapped[bool] = mapped_column(default=False)
    """Whether no other record may have the same word."""
