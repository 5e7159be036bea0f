"""Assets: what stands at customers and is looked after."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.assets.states import AssetState
from app.core.db import Base
from app.core.ids import new_id
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class Asset(TenantOwned, Base):
    """A machine, an installation, a licence: what a customer has from us or has us look after.

    It is seen by whoever may see its customer: owner and department are the customer's, copied here. Until
    when its warranty lasts and when its next maintenance is due stands beside what they are worked out from.
    """

    __tablename__ = "assets"
    __table_args__ = (
        points_to("customers", "customer_id"),
        points_to("contacts", "contact_id"),
        points_to("products", "product_id"),
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
    """Of ours, if it is one."""
    owner_id: Mapped[UUID | None]
    """The customer's, as its department."""
    department_id: Mapped[UUID | None]
    created_by_id: Mapped[UUID | None]
    name: Mapped[str]
    model: Mapped[str | None]
    serial: Mapped[str | None]
    serial_key: Mapped[str | None]
    """Its serial number as it is compared: neither case nor width counts."""
    state: Mapped[str] = mapped_column(default=AssetState.IN_USE)
    location: Mapped[str | None]
    bought_on: Mapped[date | None]
    installed_on: Mapped[date | None]
    warranty_from: Mapped[date | None]
    warranty_months: Mapped[int | None]
    """How long it lasts from its beginning; None where only the end is known."""
    warranty_until: Mapped[date | None]
    """The last day."""
    maintenance_every: Mapped[int | None]
    maintenance_unit: Mapped[str | None]
    last_maintained_on: Mapped[date | None]
    """Told by the records of what was done on it."""
    maintenance_agreed_on: Mapped[date | None]
    """For when the last of these records says that the next is due."""
    maintenance_due_on: Mapped[date | None]
    contract_number: Mapped[str | None]
    contract_from: Mapped[date | None]
    contract_until: Mapped[date | None]
    remark: Mapped[str | None]
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What stands in the company's own fields, by key."""
    name_key: Mapped[str]
    search_text: Mapped[str]
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
    def label(self) -> str:
        """How people call it: two of a kind are told apart by their serial numbers."""
        return f"{self.name}（{self.serial}）" if self.serial else self.name


declare(
    Reference(table="assets", column="customer_id", to="customer", follows=True),
    Reference(table="assets", column="deleted_with_id", to="customer"),
    Reference(table="assets", column="contact_id", to="contact"),
)
