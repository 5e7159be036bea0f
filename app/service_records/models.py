"""Service records: what was done for customers, on what stands there."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to

GIST = 60


class ServiceRecord(TenantOwned, Base):
    """Somebody installed, maintained or repaired something, or was there for something else.

    It is seen by whoever may see its customer: owner and department are the customer's, copied here.
    """

    __tablename__ = "service_records"
    __table_args__ = (
        points_to("customers", "customer_id"),
        points_to("contacts", "contact_id"),
        points_to("assets", "asset_id"),
        points_to("users", "done_by_id"),
        points_to("users", "owner_id"),
        points_to("departments", "department_id"),
        points_to("users", "created_by_id"),
        points_to("users", "deleted_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    customer_id: Mapped[UUID]
    contact_id: Mapped[UUID | None]
    asset_id: Mapped[UUID | None]
    """On what it was done, if on one thing."""
    owner_id: Mapped[UUID | None]
    """The customer's, as its department."""
    department_id: Mapped[UUID | None]
    created_by_id: Mapped[UUID | None]
    kind: Mapped[str]
    content: Mapped[str]
    done_on: Mapped[date]
    done_by_id: Mapped[UUID | None]
    done_by_name: Mapped[str | None]
    """Who did it, if no colleague."""
    next_due_on: Mapped[date | None]
    fee: Mapped[int | None] = mapped_column(BigInteger)
    """What the customer pays for it, in minor units."""
    currency: Mapped[str]
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What stands in the company's own fields, by key."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[UUID | None]
    deleted_with_id: Mapped[UUID | None]
    """The customer that took it to the recycle bin along with it."""

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
        return self.content.split("\n", 1)[0][:GIST]


declare(
    Reference(table="service_records", column="customer_id", to="customer", follows=True),
    Reference(table="service_records", column="deleted_with_id", to="customer"),
    Reference(table="service_records", column="contact_id", to="contact"),
)
