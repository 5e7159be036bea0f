"""What is said about records."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class Comment(TenantOwned, Base):
    """Something a colleague says about a record of any kind; a manager's word on a follow-up among them."""

    __tablename__ = "comments"
    __table_args__ = (points_to("users", "author_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    record_type: Mapped[str]
    record_id: Mapped[UUID]
    kind: Mapped[str]
    text: Mapped[str]
    """With `@{id}` for each colleague who is mentioned, so that they go by the name they have now."""
    author_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_deleted(self) -> bool:
        """Whether its author has taken it back."""
        return self.deleted_at is not None


declare(
    *(
        Reference(table="comments", column="record_id", to=word, typed=True)
        for word in ("customer", "contact")
    )
)
