"""Products: what the company sells, and the tree of categories in which they stand."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from app.products.states import ProductState
from tenants.ownership import TenantOwned, points_to


class ProductCategory(TenantOwned, Base):
    """A drawer of the catalogue; categories form a tree."""

    __tablename__ = "product_categories"
    __table_args__ = (points_to("product_categories", "parent_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    parent_id: Mapped[UUID | None]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    """Its place among those under the same parent."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


class Product(TenantOwned, Base):
    """Something the company sells. It belongs to the company, so no data scope narrows who sees it."""

    __tablename__ = "products"
    __table_args__ = (
        points_to("product_categories", "category_id"),
        points_to("users", "created_by_id"),
        points_to("users", "deleted_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    code: Mapped[str | None]
    code_key: Mapped[str] = mapped_column(default="")
    """The code folded: no two products outside the bin share one. Empty without a code."""
    name: Mapped[str]
    category_id: Mapped[UUID | None]
    unit: Mapped[str | None]
    specification: Mapped[str | None]
    description: Mapped[str | None]
    currency: Mapped[str] = mapped_column(default="CNY")
    """Of its prices and its cost."""
    list_price: Mapped[int] = mapped_column(BigInteger)
    cost: Mapped[int | None] = mapped_column(BigInteger)
    floor_price: Mapped[int | None] = mapped_column(BigInteger)
    """Below which nobody sells without being allowed to."""
    tax_rate: Mapped[int | None]
    """In basis points: 1300 are 13 %."""
    state: Mapped[str] = mapped_column(default=ProductState.ACTIVE)
    image_id: Mapped[UUID | None]
    """Which of its files shows it; see `app.files`."""
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

    owner_id = department_id = None
    """It is nobody's own."""
    shared = False

    __mapper_args__ = {"version_id_col": version}

    @property
    def in_bin(self) -> bool:
        """Whether it lies in the recycle bin."""
        return self.deleted_at is not None

    @property
    def is_retired(self) -> bool:
        """Whether it is no longer sold."""
        return self.state == ProductState.RETIRED
