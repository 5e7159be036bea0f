"""Messages to people outside, from the occasion to the end."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.consents.states import Way
from app.core.db import Base
from app.core.ids import new_id
from app.outreach.occasions import Choice
from app.outreach.states import MessageState
from app.records.references import Reference, declare
from tenants.ownership import TenantOwned, points_to


class OutreachMessage(TenantOwned, Base):
    """What one person is to be told on one occasion: once, in the first way that can be taken."""

    __tablename__ = "outreach_messages"
    __table_args__ = (
        points_to("contacts", "contact_id", ondelete="CASCADE"),
        points_to("users", "created_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    """Names the occasion; no other message of the company has it."""
    purpose: Mapped[str]
    contact_id: Mapped[UUID]
    about_kind: Mapped[str | None]
    about_id: Mapped[UUID | None]
    origin_type: Mapped[str]
    origin_id: Mapped[UUID]
    origin_label: Mapped[str]
    choices: Mapped[list[Any]]
    """[{"way", "template_id"}] in the order in which they are tried."""
    place: Mapped[int] = mapped_column(default=0)
    """Which of the choices is being tried."""
    way: Mapped[str | None]
    """In which way it went out."""
    state: Mapped[str] = mapped_column(default=MessageState.WAITING)
    reason: Mapped[str | None]
    """Why it came to nothing."""
    held_by: Mapped[str | None]
    """What it waits for besides its time."""
    due_at: Mapped[datetime]
    next_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]
    created_by_id: Mapped[UUID | None]
    released_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    repeated_at: Mapped[datetime | None]
    """When a colleague had it sent once more."""

    @property
    def options(self) -> Sequence[Choice]:
        """The ways that may be taken, the first first."""
        return [Choice(Way(one["way"]), UUID(one["template_id"])) for one in self.choices]


class OutreachTry(TenantOwned, Base):
    """One way that was tried, or could not be taken."""

    __tablename__ = "outreach_tries"
    __table_args__ = (
        points_to("outreach_messages", "message_id", ondelete="CASCADE"),
        points_to("deliveries", "delivery_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    message_id: Mapped[UUID]
    place: Mapped[int]
    way: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str | None]
    delivery_id: Mapped[UUID | None]
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class OutreachClick(TenantOwned, Base):
    """A link of a message that whoever got it has followed."""

    __tablename__ = "outreach_clicks"
    __table_args__ = (points_to("outreach_messages", "message_id", ondelete="CASCADE"),)

    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[str]
    at: Mapped[datetime]


declare(Reference(table="outreach_messages", column="contact_id", to="contact", versioned=False))
