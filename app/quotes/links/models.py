"""Links by which customers read a quote and answer it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.errors import Gone
from app.core.ids import new_id
from tenants.ownership import TenantOwned, points_to

LONGEST_RECIPIENT = 254
LONGEST_NAME = 60


class LinkDead(Gone):
    """It has run out, was revoked, is about an earlier version, or was never ours: nobody is told which."""

    code = "quote-link-dead"


class QuoteLink(TenantOwned, Base):
    """A link to one version of a quote; what is kept of its token is a digest."""

    __tablename__ = "quote_links"
    __table_args__ = (
        points_to("quotes", "quote_id", ondelete="CASCADE"),
        points_to("paper_layouts", "layout_id"),
        points_to("users", "created_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    quote_id: Mapped[UUID]
    revision: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    recipient: Mapped[str | None]
    """Whom it was made for, as its maker says."""
    layout_id: Mapped[UUID | None]
    created_by_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    """When first."""
    last_opened_at: Mapped[datetime | None]
    opens: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str | None]
    """What the customer has said by it."""
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    """By the name they gave."""
    note: Mapped[str | None]
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)

    def lives(self, at: datetime) -> bool:
        """Whether it opens anything still, as far as it knows itself."""
        return self.revoked_at is None and at < self.expires_at
