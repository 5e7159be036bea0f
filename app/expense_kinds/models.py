"""What money is spent on; a company arranges its own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned


class ExpenseKind(TenantOwned, Base):
    """A kind of expense."""

    __tablename__ = "expense_kinds"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    needs_receipt: Mapped[bool]
    """Whether nothing of it is submitted without a receipt."""
    needs_customer: Mapped[bool]
    """Whether it is always spent for a customer."""
    archived: Mapped[bool] = mapped_column(default=False)
    """Whether it is only kept for what was claimed before."""
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}
