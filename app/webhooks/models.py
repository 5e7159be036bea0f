"""Webhooks, what they are to be told, and every try at telling it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned, points_to


class WebhookState(StrEnum):
    """Whether a webhook is told anything."""

    ACTIVE = "active"
    PAUSED = "paused"


class Webhook(TenantOwned, Base):
    """An address of another system that wants to hear what happens here."""

    __tablename__ = "webhooks"
    __table_args__ = (points_to("users", "created_by_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    url: Mapped[str]
    events: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default=WebhookState.ACTIVE)
    paused_because: Mapped[str | None]
    """Why it was paused, if nobody did it by hand."""
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    former_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    former_until: Mapped[datetime | None]
    """Until when what is sent is signed with the secret before, too."""
    created_by_id: Mapped[UUID]
    created_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}


class TellingState(StrEnum):
    """How far an event has come on its way to one webhook."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class WebhookDelivery(TenantOwned, Base):
    """One event for one webhook: a row of the outbox, written in the transaction of what it tells."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (points_to("webhooks", "webhook_id", ondelete="CASCADE"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    webhook_id: Mapped[UUID]
    event_id: Mapped[UUID]
    event: Mapped[str]
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default=TellingState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    give_up_at: Mapped[datetime]
    claimed_by: Mapped[UUID | None]
    claimed_until: Mapped[datetime | None]
    last_status: Mapped[int | None]
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class WebhookAttempt(TenantOwned, Base):
    """One try at telling an event: what became of it, and the beginning of what was answered."""

    __tablename__ = "webhook_attempts"
    __table_args__ = (
        points_to("webhooks", "webhook_id", ondelete="CASCADE"),
        points_to("webhook_deliveries", "delivery_id", ondelete="CASCADE"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    webhook_id: Mapped[UUID]
    delivery_id: Mapped[UUID]
    at: Mapped[datetime]
    taken: Mapped[bool]
    status: Mapped[int | None]
    error: Mapped[str | None]
    milliseconds: Mapped[int]
    answer: Mapped[str]
