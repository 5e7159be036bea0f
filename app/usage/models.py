"""What companies have sent, and how much they may."""

from datetime import date

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base
from tenants.ownership import TenantOwned


class MessageUsage(TenantOwned, Base):
    """What providers have taken of a company's messages on one of its days."""

    __tablename__ = "message_usage"

    day: Mapped[date] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    messages: Mapped[int]
    segments: Mapped[int]
    """What vendors charge for; of mail as many as messages."""
    mills: Mapped[int] = mapped_column(BigInteger)
    """What it has cost, in thousandths of a yuan, as far as prices are known."""
    unpriced: Mapped[int]
    """Segments whose price nobody has told."""


class MessageLimits(TenantOwned, Base):
    """How many segments a company may send in a month, one row at most; None: as many as it likes."""

    __tablename__ = "message_limits"

    version: Mapped[int] = mapped_column(default=1)
    granted_sms: Mapped[int | None]
    """By whoever keeps the installation."""
    granted_mail: Mapped[int | None]
    own_sms: Mapped[int | None]
    """By the company itself, so that nothing costs more than it means to spend."""
    own_mail: Mapped[int | None]

    # Counted by hand: what no row says is the first version.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class UsageGauge(Base):
    """What a company has sent in a month, for whoever keeps the installation."""

    __tablename__ = "usage_gauges"

    tenant_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    messages: Mapped[int]
    segments: Mapped[int]
    mills: Mapped[int] = mapped_column(BigInteger)
    granted: Mapped[int | None]
