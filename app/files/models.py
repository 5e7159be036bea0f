"""Files that hang on records."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class Blob(TenantOwned, Base):
    """A content, stored once per company however often it is attached."""

    __tablename__ = "blobs"
    __table_args__ = (points_to("users", "stored_by_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sha256: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    stored_by_id: Mapped[UUID]
    touched_at: Mapped[datetime]
    """When it was last about to be attached; what nothing has referred to for long is swept."""


class Attachment(TenantOwned, Base):
    """A file on a record of any kind."""

    __tablename__ = "attachments"
    __table_args__ = (
        points_to("blobs", "blob_id"),
        points_to("users", "uploaded_by_id"),
        points_to("users", "deleted_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    record_type: Mapped[str]
    record_id: Mapped[UUID]
    field: Mapped[str | None]
    """The own field in which it lies; None for what hangs on the record itself."""
    blob_id: Mapped[UUID | None]
    """None once a deleted one cannot be restored any more: that it was there is all that stays."""
    name: Mapped[str]
    kind: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    has_thumbnail: Mapped[bool]
    uploaded_by_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[UUID | None]

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_deleted(self) -> bool:
        """Whether it was taken off its record."""
        return self.deleted_at is not None


declare(
    *(
        Reference(table="attachments", column="record_id", to=word, typed=True)
        for word in ("customer", "contact")
    )
)
