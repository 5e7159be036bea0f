"""Price books: what products cost, for whom, and when."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from app.prices.states import BookState
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class PriceBook(TenantOwned, Base):
    """Prices in one currency for everybody, for customers of some tiers, or for some customers."""

    __tablename__ = "price_books"
    __table_args__ = (points_to("users", "created_by_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    """Counts changes of its prices, too."""
    name: Mapped[str]
    kind: Mapped[str]
    currency: Mapped[str]
    tiers: Mapped[list[Any]] = mapped_column(default=list)
    """Of which customers, if it goes by tier."""
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    """The last day, by the company's clock; None: until further notice."""
    state: Mapped[str] = mapped_column(default=BookState.DRAFT)
    created_by_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


class PriceBookCustomer(TenantOwned, Base):
    """A customer that a price book is for. After a merge there may be two lines of one."""

    __tablename__ = "price_book_customers"
    __table_args__ = (
        points_to("price_books", "price_book_id", ondelete="CASCADE"),
        points_to("customers", "customer_id", ondelete="CASCADE"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    price_book_id: Mapped[UUID]
    customer_id: Mapped[UUID]


class Price(TenantOwned, Base):
    """What one unit of a product costs from a quantity on; amounts in minor units."""

    __tablename__ = "prices"
    __table_args__ = (
        points_to("price_books", "price_book_id", ondelete="CASCADE"),
        points_to("products", "product_id", ondelete="CASCADE"),
    )

    price_book_id: Mapped[UUID] = mapped_column(primary_key=True)
    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    from_quantity: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """In ten-thousandths; 0: any quantity."""
    unit_price: Mapped[int] = mapped_column(BigInteger)
    floor_price: Mapped[int | None] = mapped_column(BigInteger)
    """None: the product's own, if it is in the same currency."""


declare(
    Reference(table="price_book_customers", column="customer_id", to="customer", versioned=False),
)
