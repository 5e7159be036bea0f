"""Letters: what is written to many on paper, and each time it was printed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from app.letters.states import CampaignPart
from tenants.ownership import TenantOwned, points_to


class Letter(TenantOwned, Base):
    """What many people are to read on paper, from whom it comes and whom it is for."""

    __tablename__ = "letters"
    __table_args__ = (points_to("users", "owner_id"), points_to("campaigns", "campaign_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    locale: Mapped[str]
    heading: Mapped[str | None]
    salutation: Mapped[str | None]
    body: Mapped[str]
    signature: Mapped[str | None]
    letterhead: Mapped[bool]
    """Whether logo and sender stand at the top; paper of one's own may have them already."""
    dated_on: Mapped[date | None]
    """None: the day on which it is printed."""
    sender_name: Mapped[str | None]
    sender_address: Mapped[str | None]
    sender_postcode: Mapped[str | None]
    sender_phone: Mapped[str | None]
    audience: Mapped[dict[str, Any]]
    """Conditions on contacts and customers, as campaigns have them."""
    campaign_id: Mapped[UUID | None]
    """Only for those whom this campaign meant."""
    campaign_part: Mapped[str] = mapped_column(default=CampaignPart.EVERYBODY)
    one_each: Mapped[bool]
    """Whether each customer gets one, however many of its people are meant."""
    owner_id: Mapped[UUID]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}


class LetterPrinting(TenantOwned, Base):
    """That a letter, its envelopes or labels were printed; the job says what became of it."""

    __tablename__ = "letter_printings"
    __table_args__ = (
        points_to("letters", "letter_id", ondelete="CASCADE"),
        points_to("jobs", "job_id", ondelete="CASCADE"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    letter_id: Mapped[UUID]
    job_id: Mapped[UUID]
    form: Mapped[str]
    created_at: Mapped[datetime]
