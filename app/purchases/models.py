"""Purchases: what customers have bought, and when."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from app.purchases.states import Source
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class Purchase(TenantOwned, Base):
    """A customer has bought something of us.

    It is seen by whoever may see its customer: owner and department are the customer's, copied here.
    """

    __tablename__ = "purchases"
    __table_args__ = (
        points_to("customers", "customer_id"),
        points_to("contacts", "contact_id"),
        points_to("products", "product_id"),
        points_to("quotes", "quote_id"),
        points_to("users", "owner_id"),
        points_to("departments", "department_id"),
        points_to("users", "created_by_id"),
        points_to("users", "deleted_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    customer_id: Mapped[UUID]
    contact_id: Mapped[UUID | None]
    product_id: Mapped[UUID | None]
    """Of our catalogue, if it is."""
    owner_id: Mapped[UUID | None]
    """The customer's, as its department."""
    department_id: Mapped[UUID | None]
    created_by_id: Mapped[UUID | None]
    name: Mapped[str]
    quantity: Mapped[int | None] = mapped_column(BigInteger)
    """In ten-thousandths."""
    unit: Mapped[str | None]
    amount: Mapped[int | None] = mapped_column(BigInteger)
    """What was paid for all of it, in minor units."""
    currency: Mapped[str]
    bought_on: Mapped[date]
    source: Mapped[str] = mapped_column(default=Source.HAND)
    reference: Mapped[str | None]
    """The number of an order or a contract; of the quote, where it comes from one."""
    remark: Mapped[str | None]
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What stands in the company's own fields, by key."""
    quote_id: Mapped[UUID | None]
    quote_revision: Mapped[int | None]
    """The one that was accepted: of each line of it there is one purchase."""
    quote_line: Mapped[int | None]
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


declare(
    Reference(table="purchases", column="customer_id", to="customer", follows=True),
    Reference(table="purchases", column="deleted_with_id", to="customer"),
    Reference(table="purchases", column="contact_id", to="contact"),
)
