"""Limits: how much of the company's money may go into one kind of expense."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned, points_to


class ExpenseLimit(TenantOwned, Base):
    """How much may be spent on a kind of expense, by whom and where; in minor units of one currency."""

    __tablename__ = "expense_limits"
    __table_args__ = (points_to("expense_kinds", "kind_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind_id: Mapped[UUID]
    role_ids: Mapped[list[Any]] = mapped_column(default=list)
    """Those in any of these roles; none: everybody. A role that is gone has nobody in it."""
    cities: Mapped[list[Any]] = mapped_column(default=list)
    """As they were written; none: everywhere."""
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    per: Mapped[str]
    mode: Mapped[str]
    archived: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
