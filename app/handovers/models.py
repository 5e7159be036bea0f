"""Asking that a customer be somebody else's."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.approvals.kinds import Turn
from app.core import clock
from app.core.db import Base
from app.core.ids import new_id
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class RequestState(StrEnum):
    """What has become of a request."""

    DRAFT = "draft"
    """Not asked yet, or back to be corrected."""
    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    """Granted when there was nothing left to hand over."""


_AFTER = {
    Turn.BEGUN: RequestState.ASKED,
    Turn.RESUMED: RequestState.ASKED,
    Turn.RETURNED: RequestState.DRAFT,
    Turn.GRANTED: RequestState.DONE,
    Turn.REJECTED: RequestState.REFUSED,
    Turn.WITHDRAWN: RequestState.WITHDRAWN,
}


class HandoverRequest(TenantOwned, Base):
    """Somebody asks that a customer be given to a colleague, or to themselves."""

    __tablename__ = "handover_requests"
    __table_args__ = (
        points_to("customers", "customer_id", ondelete="CASCADE"),
        points_to("users", "to_id"),
        points_to("users", "owner_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    customer_id: Mapped[UUID]
    to_id: Mapped[UUID]
    reason: Mapped[str]
    owner_id: Mapped[UUID]
    """Who asks."""
    state: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    def follow(self, turn: Turn) -> None:
        """Follow what becomes of its approval."""
        self.state, self.updated_at = _AFTER[turn], clock.now()


declare(Reference(table="handover_requests", column="customer_id", to="customer"))
