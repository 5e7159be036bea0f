"""What a company has sent, by day and by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, cast, func, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core.db import db
from app.usage import standing
from app.usage.models import MessageUsage
from tenants import calendar

MONTHS = 12
_SUMS = (
    func.sum(MessageUsage.messages).label("messages"),
    func.sum(MessageUsage.segments).label("segments"),
    func.sum(MessageUsage.mills).label("mills"),
    func.sum(MessageUsage.unpriced).label("unpriced"),
)
_MILLS_OF_A_CENT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What went out through a channel in a time."""

    since: date
    """Its first day."""
    channel: str
    messages: int
    segments: int
    cost: int
    """In cents, each begun one a whole one; as far as prices are known."""
    unpriced: int
    """Segments whose price nobody has told."""


@permitted(Permission.MESSAGE_MANAGE)
def of_month(_actor: Actor, month: date | None) -> dict[str, Any]:
    """A month by its days, the twelve before by months, and how one stands with the limits of this one.

    Four statements, and two where something is limited.

    :param month: any of its days; None: this month
    """
    this = calendar.today(calendar.zone()).replace(day=1)
    first = (month or this).replace(day=1)
    return {
        "month": first,
        "days": _by(MessageUsage.day, first, _moved(first, 1)),
        "months": _by(_month(), _moved(this, 1 - MONTHS), _moved(this, 1)),
        "limits": standing.told(),
    }


def _month() -> Any:
    return cast(func.date_trunc("month", MessageUsage.day), Date)


def _by(column: Any, since: date, until: date) -> Sequence[Usage]:
    asked = (
        select(column, MessageUsage.channel, *_SUMS)
        .where(MessageUsage.day >= since, MessageUsage.day < until)
        .group_by(column, MessageUsage.channel)
        .order_by(column, MessageUsage.channel)
    )
    return [
        Usage(
            since=row[0],
            channel=row.channel,
            messages=row.messages,
            segments=row.segments,
            cost=-(-int(row.mills) // _MILLS_OF_A_CENT),
            unpriced=row.unpriced,
        )
        for row in db.session.execute(asked)
    ]


def _moved(month: date, by: int) -> date:
    year, place = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, place + 1, 1)
