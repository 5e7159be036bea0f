"""Messages on their way out, and those that wait for a colleague under the bell."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned, points_to


class DeliveryState(StrEnum):
    """How far a message has come. From `sent` on these are ends, but receipts may still tell more."""

    WAITING = "waiting"
    """Not handed over yet: new, or put off because the other side could not take it."""
    SENDING = "sending"
    """Handed over just now; whoever dies here leaves the fate of the message open."""
    SENT = "sent"
    """The provider has taken it."""
    DELIVERED = "delivered"
    """The provider says that it has arrived."""
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    """Perhaps sent, perhaps not: it is never sent again by itself."""
    CANCELLED = "cancelled"
    SUPPRESSED = "suppressed"
    """Whom it was for was not to be written to any more."""
    EXPIRED = "expired"
    """It would have come too late."""


class Delivery(TenantOwned, Base):
    """One message through one channel to one address: a row of the outbox.

    It is written in the transaction that gives the reason, and changed by `outbox` alone.
    """

    __tablename__ = "deliveries"
    __table_args__ = (points_to("users", "sender_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    channel: Mapped[str]
    kind: Mapped[str]
    address: Mapped[str]
    locale: Mapped[str]
    facts: Mapped[dict[str, Any]]
    link: Mapped[str | None]
    envelope: Mapped[dict[str, Any] | None]
    """Of a letter: who else gets it, who sends it, whom to answer, and what lies in it."""
    secret: Mapped[bool] = mapped_column(default=False)
    """Whether facts and link are wiped as soon as nobody needs them for sending."""
    dedupe_key: Mapped[str]
    sender_id: Mapped[UUID | None]
    """The user who is told when it goes wrong."""
    state: Mapped[str] = mapped_column(default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    claimed_by: Mapped[UUID | None]
    claimed_until: Mapped[datetime | None]
    reference: Mapped[str | None]
    """The name of the message at the provider, made by us: an e-mail's Message-ID."""
    last_error: Mapped[str | None]
    segments: Mapped[int | None]
    """What the provider charges for; None: as far as we know it has not taken it."""
    mills: Mapped[int | None]
    """What that costs, in thousandths of a yuan, if the price is known."""
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class Told(StrEnum):
    """What a provider says of a message that it has taken."""

    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


class DeliveryReference(TenantOwned, Base):
    """By which name a provider tells of a message."""

    __tablename__ = "delivery_references"
    __table_args__ = (points_to("deliveries", "delivery_id", ondelete="CASCADE"),)

    channel: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    delivery_id: Mapped[UUID]


class DeliveryReceipt(TenantOwned, Base):
    """What a provider has told of a message, perhaps before we know under which name it has taken it."""

    __tablename__ = "delivery_receipts"
    __table_args__ = (points_to("deliveries", "delivery_id", ondelete="CASCADE"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    channel: Mapped[str]
    reference: Mapped[str]
    verdict: Mapped[str]
    error: Mapped[str | None]
    delivery_id: Mapped[UUID | None]
    at: Mapped[datetime]
    """As the provider says."""
    received_at: Mapped[datetime]


class Notification(TenantOwned, Base):
    """A message under a user's bell. Its words are found when it is read, in the reader's language."""

    __tablename__ = "notifications"
    __table_args__ = (points_to("users", "user_id", ondelete="CASCADE"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID]
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]]
    link: Mapped[str | None]
    dedupe_key: Mapped[str | None]
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class ProviderHealth(Base):
    """How a provider fares, for all companies together: see `breaker`."""

    __tablename__ = "provider_health"

    provider: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    opened: Mapped[int]
    open_until: Mapped[datetime | None]
    last_error: Mapped[str]
    changed_at: Mapped[datetime]


class SendingPace(Base):
    """From when on a provider may be sent the next message: see `pacing`."""

    __tablename__ = "sending_paces"

    key: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[datetime]
