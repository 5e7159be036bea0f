"""Customers: companies and persons we deal with."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from app.customers.states import NEVER, UNPLANNED, CustomerType, Stage
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class Customer(TenantOwned, Base):
    """A company or a person. Its department follows its owner."""

    __tablename__ = "customers"
    __table_args__ = (
        points_to("users", "owner_id"),
        points_to("departments", "department_id"),
        points_to("customers", "parent_id"),
        points_to("customers", "merged_into_id", ondelete="CASCADE"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str]
    name: Mapped[str]
    type: Mapped[str] = mapped_column(default=CustomerType.END_CUSTOMER)
    tier: Mapped[str | None]
    stage: Mapped[str] = mapped_column(default=Stage.POTENTIAL)
    source: Mapped[str | None]
    industry: Mapped[str | None]
    region: Mapped[str | None]
    address: Mapped[str | None]
    website: Mapped[str | None]
    credit_code: Mapped[str | None]
    employees: Mapped[int | None]
    founded_year: Mapped[int | None]
    founding_day: Mapped[str | None]
    """The day of the year that the company celebrates, `03-08`."""
    annual_revenue: Mapped[int | None] = mapped_column(BigInteger)
    annual_revenue_currency: Mapped[str | None]
    email: Mapped[str | None]
    owner_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    parent_id: Mapped[UUID | None]
    remark: Mapped[str | None]
    phones: Mapped[list[Any]]
    """[{"number", "label"}] as shown; `CustomerPhone` is where numbers are looked up."""
    tags: Mapped[list[Any]]
    """Names as shown; `CustomerTag` is where they are looked up."""
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What is filled in of the company's own fields, by key; see `app.fields`."""
    name_key: Mapped[str]
    """Sorts as a Chinese telephone book does."""
    search_text: Mapped[str]
    """What a search decides by; see `app.core.search`."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[UUID | None]
    merged_into_id: Mapped[UUID | None]
    """The customer that has taken the place of this one; it is then no longer among the living."""
    last_activity_at: Mapped[datetime] = mapped_column(default=NEVER)
    """When it was last followed up; kept by `app.customers.following`, as no change of the customer."""
    next_step_at: Mapped[datetime] = mapped_column(default=UNPLANNED)
    """By when the first open task about it is due; likewise."""

    shared = False
    """Whether the actor who fetched it is one of its collaborators."""

    __mapper_args__ = {"version_id_col": version}

    @property
    def in_bin(self) -> bool:
        """Whether it lies in the recycle bin."""
        return self.deleted_at is not None

    @property
    def merged(self) -> bool:
        """Whether another has taken its place: such a one comes back only by undoing that."""
        return self.merged_into_id is not None


class CustomerPhone(TenantOwned, Base):
    """Where a number leads: screen pop and duplicates look here."""

    __tablename__ = "customer_phones"
    __table_args__ = (points_to("customers", "customer_id", ondelete="CASCADE"),)

    customer_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[str]


class CustomerCollaborator(TenantOwned, Base):
    """A colleague who may read and edit a customer that is not theirs."""

    __tablename__ = "customer_collaborators"
    __table_args__ = (
        points_to("customers", "customer_id", ondelete="CASCADE"),
        points_to("users", "user_id", ondelete="CASCADE"),
    )

    customer_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(primary_key=True)


class Tag(TenantOwned, Base):
    """A word that customers are marked with; spelled in one way per tenant."""

    __tablename__ = "tag_names"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    folded: Mapped[str]
    created_at: Mapped[datetime]


class CustomerTag(TenantOwned, Base):
    """Which customers carry a tag."""

    __tablename__ = "customer_tags"
    __table_args__ = (
        points_to("customers", "customer_id", ondelete="CASCADE"),
        points_to("tag_names", "tag_id", ondelete="CASCADE"),
    )

    customer_id: Mapped[UUID] = mapped_column(primary_key=True)
    tag_id: Mapped[UUID] = mapped_column(primary_key=True)


declare(
    Reference(table="customers", column="parent_id", to="customer"),
    Reference(table="customers", column="merged_into_id", to="customer"),
)
