"""Budgets: how much may be spent in a time, and everything that is spent or is to be."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned, points_to


class Budget(TenantOwned, Base):
    """How much may be spent in a time, in minor units of one currency; what is left is always reckoned."""

    __tablename__ = "budgets"
    __table_args__ = (
        points_to("departments", "department_id"),
        points_to("expense_kinds", "kind_id"),
        points_to("budgets", "copied_from_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    department_id: Mapped[UUID | None]
    """With all below it; none: the whole company."""
    kind_id: Mapped[UUID | None]
    """Of expense; none: all of them."""
    first_day: Mapped[date]
    last_day: Mapped[date]
    currency: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    mode: Mapped[str]
    archived: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None]
    copied_from_id: Mapped[UUID | None]
    """The one of the period before; no budget is copied twice."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


class BudgetOutlay(TenantOwned, Base):
    """Money that is bound or spent on one thing, as its claim or request said when it was submitted.

    There is one for every line that is submitted, whether or not a budget covers it: a budget that is made
    later counts it too.
    """

    __tablename__ = "budget_outlays"
    __table_args__ = (
        points_to("expense_requests", "request_id"),
        points_to("users", "owner_id"),
        points_to("departments", "department_id"),
        points_to("expense_kinds", "kind_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    source_type: Mapped[str]
    source_id: Mapped[UUID]
    request_id: Mapped[UUID | None]
    """The request that a claim draws on; of a request itself, its own id."""
    owner_id: Mapped[UUID]
    department_id: Mapped[UUID | None]
    """In which it was bound; it stays there when its owner goes elsewhere."""
    kind_id: Mapped[UUID]
    spent_on: Mapped[date]
    currency: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str]
