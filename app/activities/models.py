"""What was done with customers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class Activity(TenantOwned, Base):
    """A follow-up: somebody called, visited, met, wrote to or thought about a customer or a contact.

    It is seen by whoever may see that customer: owner and department are the customer's (or, without one, the
    contact's), copied here so that lists find them by one index, and kept in step by a flow. Whose work it
    was is the author.
    """

    __tablename__ = "activities"
    __table_args__ = (
        points_to("customers", "customer_id"),
        points_to("contacts", "contact_id"),
        points_to("users", "author_id"),
        points_to("users", "owner_id"),
        points_to("departments", "department_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    customer_id: Mapped[UUID | None]
    contact_id: Mapped[UUID | None]
    kind: Mapped[str]
    content: Mapped[str]
    happened_at: Mapped[datetime]
    author_id: Mapped[UUID]
    owner_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What is filled in of the company's own fields, by key; see `app.fields`."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[UUID | None]
    deleted_with_id: Mapped[UUID | None]
    """The customer that took the activity to the recycle bin along with it."""

    shared = False
    """Whether the actor who fetched it collaborates on its customer."""

    __mapper_args__ = {"version_id_col": version}

    @property
    def in_bin(self) -> bool:
        """Whether it lies in the recycle bin."""
        return self.deleted_at is not None

    @property
    def gist(self) -> str:
        """Its beginning, where there is room for a line."""
        return self.content.split("\n", 1)[0][:60]


declare(
    Reference(table="activities", column="customer_id", to="customer", follows=True),
    Reference(table="activities", column="deleted_with_id", to="customer"),
    Reference(table="activities", column="contact_id", to="contact"),
)
