"""Whoever keeps the installation running, and what they have done: outside all companies."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from app.core.ids import new_id
from tenants.ownership import TenantOwned, points_to


class Operator(Base):
    """An account; made and disabled by `./run cli operator` alone."""

    __tablename__ = "operators"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str]
    name: Mapped[str]
    password_hash: Mapped[str]
    totp_secret: Mapped[bytes | None]
    """Sealed; None only where the account was made for a trial on one's own machine."""
    totp_step: Mapped[int] = mapped_column(BigInteger, default=0)
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class OperatorSession(Base):
    """A browser in which an operator is signed in."""

    __tablename__ = "operator_sessions"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    operator_id: Mapped[UUID]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class OperatorDeed(Base):
    """What an operator has done, and why; never changed."""

    __tablename__ = "operator_deeds"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    operator_id: Mapped[UUID]
    action: Mapped[str]
    company: Mapped[str | None]
    """The slug of the company that it was done for."""
    subject: Mapped[str | None]
    amount: Mapped[int | None]
    reason: Mapped[str | None]
    at: Mapped[datetime]


class OutboxGauge(Base):
    """How one channel of a company's outbox stood when it was last looked at."""

    __tablename__ = "outbox_gauges"

    tenant_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    waiting: Mapped[int]
    sending: Mapped[int]
    oldest_due_at: Mapped[datetime | None]
    failed: Mapped[int]
    uncertain: Mapped[int]
    sent_hour: Mapped[int]
    sent_day: Mapped[int]
    measured_at: Mapped[datetime]


class OutboxSample(Base):
    """How one channel of all outboxes together stood at a moment."""

    __tablename__ = "outbox_samples"

    at: Mapped[datetime] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    waiting: Mapped[int]
    sent_hour: Mapped[int]


class Ruling(StrEnum):
    """What was decided about a message that did not arrive."""

    RETRY = "retry"
    DROP = "drop"


class DeadLetterRuling(TenantOwned, Base):
    """What an operator has decided about a message that did not arrive; it is no longer listed."""

    __tablename__ = "dead_letter_rulings"
    __table_args__ = (points_to("deliveries", "delivery_id", ondelete="CASCADE"),)

    delivery_id: Mapped[UUID] = mapped_column(primary_key=True)
    ruling: Mapped[str]
    reason: Mapped[str]
    ruled_by: Mapped[str]
    ruled_at: Mapped[datetime]
