"""How a company stands with its limits this month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db
from app.usage.models import MessageLimits, MessageUsage
from tenants import calendar

CHANNELS = ("sms", "mail")
"""What is limited."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a channel's limit is used."""

    limit: int
    used: int

    @property
    def left(self) -> int:
        """How many segments may go out yet."""
        return max(self.limit - self.used, 0)


def limits() -> MessageLimits:
    """What the company may send; without a row, all it likes."""
    return db.session.scalars(select(MessageLimits)).one_or_none() or MessageLimits(version=1)


def limit_of(found: MessageLimits, channel: str) -> int | None:
    """The lower of what is granted and what the company allows itself; None: neither."""
    both = (getattr(found, f"granted_{channel}"), getattr(found, f"own_{channel}"))
    return min((one for one in both if one is not None), default=None)


def now() -> Mapping[str, Standing]:
    """The channels that are limited; one statement where none is, three at most."""
    found = limits()
    limited = {channel: limit_of(found, channel) for channel in CHANNELS}
    bounds = {channel: limit for channel, limit in limited.items() if limit is not None}
    if not bounds:
        return {}
    first = calendar.today(calendar.zone()).replace(day=1)
    used = used_since(first)
    return {channel: Standing(limit, used.get(channel, 0)) for channel, limit in bounds.items()}


def told() -> list[dict[str, Any]]:
    """How one stands with each limit, as it is shown before something is sent."""
    return [{"channel": channel, "limit": one.limit, "used": one.used} for channel, one in now().items()]


def used_since(day: date) -> Mapping[str, int]:
    """The segments that went out from a day on, by channel."""
    asked = (
        select(MessageUsage.channel, func.sum(MessageUsage.segments))
        .where(MessageUsage.day >= day)
        .group_by(MessageUsage.channel)
    )
    return {channel: int(segments) for channel, segments in db.session.execute(asked)}


def next_month() -> datetime:
    """The moment at which counting begins anew."""
    zone: ZoneInfo = calendar.zone()
    first = (calendar.today(zone).replace(day=1) + timedelta(days=32)).replace(day=1)
    return datetime.combine(first, time(), tzinfo=zone).astimezone(clock.now().tzinfo)
