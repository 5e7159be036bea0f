"""What companies send, month by month, and how much of it they are granted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import text

from app.core import clock
from app.core.db import db
from app.core.errors import invalid
from app.operators import deeds
from app.operators.entering import enter
from app.operators.sessions import Keeper
from app.usage import services

_MOST = 500
_MILLS_OF_A_CENT = 10
_USAGE = text(
    "SELECT t.slug, t.name, coalesce(sum(g.messages) FILTER (WHERE g.channel = 'sms'), 0)::bigint AS texts, "
    "coalesce(sum(g.segments) FILTER (WHERE g.channel = 'sms'), 0)::bigint AS segments, "
    "coalesce(sum(g.messages) FILTER (WHERE g.channel = 'mail'), 0)::bigint AS mails, "
    "coalesce(sum(g.mills), 0)::bigint AS mills, "
    "max(g.granted) FILTER (WHERE g.channel = 'sms') AS granted_sms, "
    "max(g.granted) FILTER (WHERE g.channel = 'mail') AS granted_mail "
    "FROM tenants t JOIN usage_gauges g ON g.tenant_id = t.id AND g.month = :month "
    "GROUP BY t.id, t.slug, t.name ORDER BY sum(g.segments) DESC, t.slug LIMIT :most"
)
_MONTHS = text("SELECT DISTINCT month FROM usage_gauges ORDER BY month DESC LIMIT 24")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """How much a company may send in a month, and why."""

    limits: Mapping[str, int | None]
    """Segments by channel; None: as many as it likes."""
    reason: str


def of_month(month: date | None) -> dict[str, Any]:
    """The companies that have sent something in a month, those with most first; two statements."""
    months = list(db.session.scalars(_MONTHS))
    # Where most companies are it is a new month earlier than elsewhere: the newest that somebody has begun.
    wanted = month or (months[0] if months else (clock.now() + timedelta(hours=8)).date().replace(day=1))
    rows = db.session.execute(_USAGE, {"month": wanted.replace(day=1), "most": _MOST}).mappings()
    items = [{**row, "cost": -(-row["mills"] // _MILLS_OF_A_CENT)} for row in rows]
    return {"month": wanted.replace(day=1), "months": months, "items": items}


def grant(keeper: Keeper, slug: str, wanted: Grant) -> None:
    """Limit what a company may send in a month, or let it send what it likes.

    :raises Invalid: without a reason
    :raises NotFound: if there is no such company
    """
    reason = wanted.reason.strip()
    if not reason:
        raise invalid("reason", "required")
    company = enter(slug)
    before = services.grant(company, wanted.limits)
    for channel, limit in wanted.limits.items():
        if before[channel] == limit:
            continue
        deeds.note(
            keeper, "limit-set" if limit is not None else "limit-lifted",
            company=slug, subject=channel, amount=limit, reason=reason,
        )  # fmt: skip
