"""How the installation fares, in numbers: no message, no name of a customer, no address."""

from datetime import datetime, timedelta
from typing import Any

import redis
from sqlalchemy import text

from app.core import clock
from app.core.broker import broker
from app.core.db import db

BEAT_KEY = "worker:heartbeat"
LATE = timedelta(seconds=90)
_COMPANIES = 100
_QUEUES = text(
    "SELECT queue, count(DISTINCT tenant_id) AS companies, min(bucket) AS oldest_at FROM agenda "
    # The sealer's entries stay for a while after it has come by: they tell of no delay.
    "WHERE bucket <= :at AND queue <> 'audit' GROUP BY queue ORDER BY min(bucket), queue"
)
_CHANNELS = text(
    "SELECT channel, sum(waiting)::int AS waiting, sum(sending)::int AS sending, "
    "min(oldest_due_at) AS oldest_due_at, sum(failed)::int AS failed, sum(uncertain)::int AS uncertain, "
    "sum(sent_hour)::int AS sent_hour, sum(sent_day)::int AS sent_day, min(measured_at) AS measured_at "
    "FROM outbox_gauges GROUP BY channel ORDER BY channel"
)
_COMPANY = text(
    "SELECT t.slug, t.name, sum(g.waiting)::int AS waiting, min(g.oldest_due_at) AS oldest_due_at, "
    "sum(g.failed)::int AS failed, sum(g.uncertain)::int AS uncertain, sum(g.sent_day)::int AS sent_day "
    "FROM outbox_gauges g JOIN tenants t ON t.id = g.tenant_id GROUP BY t.id, t.slug, t.name "
    "HAVING sum(g.waiting + g.sending + g.failed + g.uncertain + g.sent_day) > 0 "
    "ORDER BY sum(g.failed + g.uncertain) DESC, sum(g.waiting) DESC, t.slug LIMIT :most"
)
_SAMPLES = text(
    "SELECT at, channel, waiting, sent_hour FROM outbox_samples WHERE at > :since ORDER BY at, channel"
)
_SHOWN = timedelta(days=2)
_PROVIDERS = text(
    "SELECT provider, failures, opened, open_until, last_error, changed_at FROM provider_health "
    "ORDER BY open_until DESC NULLS LAST, failures DESC, provider"
)


def now() -> dict[str, Any]:
    """Queues, channels, providers and companies as they stand; six statements however many there are."""
    at = clock.now()
    return {
        "at": at,
        "worker": _worker(at),
        "queues": _rows(_QUEUES, at=at),
        "channels": _rows(_CHANNELS),
        "samples": _rows(_SAMPLES, since=at - _SHOWN),
        "providers": [_provider(row, at) for row in _rows(_PROVIDERS)],
        "companies": _rows(_COMPANY, most=_COMPANIES),
    }


def _rows(statement: Any, **params: object) -> list[dict[str, Any]]:
    return [dict(row) for row in db.session.execute(statement, params).mappings()]


def _provider(row: dict[str, Any], at: datetime) -> dict[str, Any]:
    until = row["open_until"]
    state = "closed" if until is None else "open" if until > at else "half-open"
    return {**row, "state": state}


def _worker(at: datetime) -> dict[str, Any]:
    """When scheduler, broker and workers were last heard of together."""
    try:
        beat = broker().get(BEAT_KEY)
    except redis.RedisError:
        return {"state": "broker-down", "beat_at": None}
    if not isinstance(beat, str):
        return {"state": "silent", "beat_at": None}
    beat_at = clock.at(float(beat))
    return {"state": "late" if at - beat_at > LATE else "well", "beat_at": beat_at}
