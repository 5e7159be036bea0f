"""Campaigns: one message to many people, and who they were when it began."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.campaigns.pacing import Pace
from app.campaigns.states import OVER, CampaignState, PacePer
from app.consents.states import Way
from app.core.db import Base
from app.core.errors import Conflict
from app.core.ids import new_id
from app.outreach.occasions import Choice
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class CampaignBegun(Conflict):
    """Only a draft can be changed."""

    code = "campaign-begun"


class CampaignUnderWay(Conflict):
    """It is sending, or is about to."""

    code = "campaign-under-way"


class CampaignOver(Conflict):
    """Nothing more goes out."""

    code = "campaign-over"


class CampaignNotSending(Conflict):
    """There is nothing to pause, or to go on with."""

    code = "campaign-not-sending"


class Campaign(TenantOwned, Base):
    """One message to everybody who meets some conditions."""

    __tablename__ = "campaigns"
    __table_args__ = (points_to("users", "owner_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    purpose: Mapped[str]
    state: Mapped[str] = mapped_column(default=CampaignState.DRAFT)
    audience: Mapped[dict[str, Any]]
    """{"contacts", "customers"}: conditions, or null."""
    choices: Mapped[list[Any]]
    """[{"way", "template_id"}] in the order in which they are tried."""
    start_at: Mapped[datetime | None]
    """When it is to begin; None: as soon as it is started."""
    lasts_hours: Mapped[int]
    """For how long after its beginning a message is worth sending."""
    pace: Mapped[int | None]
    pace_per: Mapped[str | None]
    owner_id: Mapped[UUID]
    due_at: Mapped[datetime | None]
    """When a worker is to look at it next."""
    begun_at: Mapped[datetime | None]
    """When it was settled who is meant."""
    paced_at: Mapped[datetime | None]
    """Until when the time that passed is used up by messages."""
    expires_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}

    @property
    def options(self) -> Sequence[Choice]:
        """The ways that may be taken, the first first."""
        return tuple(Choice(Way(one["way"]), UUID(one["template_id"])) for one in self.choices)

    @property
    def speed(self) -> Pace | None:
        """How fast its messages go out; None: as fast as they can."""
        return Pace(self.pace, PacePer(self.pace_per)) if self.pace and self.pace_per else None

    def demand_draft(self) -> None:
        """Refuse to change what has been started.

        :raises CampaignBegun: if it has
        """
        if self.state != CampaignState.DRAFT:
            raise CampaignBegun

    def schedule(self, *, at: datetime) -> None:
        """Begin at its moment, or now.

        :raises CampaignBegun: if it was started before
        """
        self.demand_draft()
        self.state = CampaignState.SCHEDULED
        self.due_at = max(self.start_at or at, at)
        self.expires_at = self.due_at + timedelta(hours=self.lasts_hours)

    def begin(self, *, at: datetime) -> None:
        """Send from now on: who is meant is settled."""
        self.state, self.begun_at, self.due_at = CampaignState.SENDING, at, at

    def pause(self) -> None:
        """Let nothing more go out for now.

        :raises CampaignNotSending: unless it is sending
        """
        if self.state != CampaignState.SENDING:
            raise CampaignNotSending
        self.state, self.due_at = CampaignState.PAUSED, None

    def resume(self, *, at: datetime) -> None:
        """Go on.

        :raises CampaignNotSending: unless it is paused
        """
        if self.state != CampaignState.PAUSED:
            raise CampaignNotSending
        self.state, self.due_at = CampaignState.SENDING, at

    def finish(self, *, at: datetime) -> None:
        """Be over: everything has come of it that will."""
        self.state, self.due_at, self.ended_at = CampaignState.FINISHED, None, at

    def cancel(self, *, at: datetime) -> None:
        """Be over before its time.

        :raises CampaignOver: if it is
        """
        if self.state in OVER:
            raise CampaignOver
        self.state, self.due_at, self.ended_at = CampaignState.CANCELLED, None, at


class CampaignPerson(TenantOwned, Base):
    """Somebody whom a campaign meant when it began."""

    __tablename__ = "campaign_people"
    __table_args__ = (
        points_to("campaigns", "campaign_id", ondelete="CASCADE"),
        points_to("contacts", "contact_id", ondelete="CASCADE"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    place: Mapped[int]
    same_address: Mapped[bool]
    """Somebody before them has one of their addresses: they get no message of their own."""
    planned_at: Mapped[datetime | None]


declare(Reference(table="campaign_people", column="contact_id", to="contact", versioned=False))
