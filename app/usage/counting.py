"""Counting what providers have taken, in the transaction that says so."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text

from app.core.db import db
from app.events.messages import Settled
from tenants.context import require_tenant_id

_ADD = text(
    "INSERT INTO message_usage AS u (tenant_id, day, channel, messages, segments, mills, unpriced) "
    "SELECT :tenant, (v.at AT TIME ZONE t.timezone)::date, v.channel, count(*), sum(v.segments), "
    "coalesce(sum(v.mills), 0), coalesce(sum(v.segments) FILTER (WHERE v.mills IS NULL), 0) "
    "FROM unnest(CAST(:channels AS text[]), CAST(:ats AS timestamptz[]), CAST(:segments AS integer[]), "
    "CAST(:mills AS integer[])) AS v (channel, at, segments, mills) "
    "JOIN tenants t ON t.id = :tenant GROUP BY 2, 3 ORDER BY 2, 3 "
    "ON CONFLICT (tenant_id, day, channel) DO UPDATE SET messages = u.messages + EXCLUDED.messages, "
    "segments = u.segments + EXCLUDED.segments, mills = u.mills + EXCLUDED.mills, "
    "unpriced = u.unpriced + EXCLUDED.unpriced"
)


def count(told: Sequence[Settled]) -> None:
    """Add the messages that a provider is known to have taken just now; one statement, none without."""
    charged = [(one, one.charge) for one in told if one.charge is not None]
    if not charged:
        return
    ats: list[datetime] = [one.at for one, _charge in charged]
    db.session.execute(
        _ADD,
        {
            "tenant": require_tenant_id(),
            "channels": [one.channel for one, _charge in charged],
            "ats": ats,
            "segments": [charge.segments for _one, charge in charged],
            "mills": [charge.mills for _one, charge in charged],
        },
    )
