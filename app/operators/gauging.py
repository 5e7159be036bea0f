"""Looking at every company's outbox in turn, so that operators see numbers and never a message."""

from datetime import timedelta

from sqlalchemy import delete, select, text

from app.core import clock
from app.core.db import db
from app.core.ids import first_id
from app.core.uow import unit_of_work
from app.messaging.followed_up import followed_up
from app.operators.models import OutboxGauge, OutboxSample
from app.usage import warning
from tenants import rounds
from tenants.context import require_tenant_id
from tenants.models import Tenant, TenantState

_LOOK = (
    "INSERT INTO outbox_gauges (tenant_id, channel, waiting, sending, oldest_due_at, failed, uncertain, "
    "sent_hour, sent_day, measured_at) "
    "SELECT :tenant, d.channel, count(*) FILTER (WHERE d.state = 'waiting'), "
    "count(*) FILTER (WHERE d.state = 'sending'), "
    "min(d.next_at) FILTER (WHERE d.state = 'waiting' AND d.next_at <= :at), "
    "count(*) FILTER (WHERE d.state = 'failed' AND w.delivery_id IS NULL AND NOT ({gone_on})), "
    "count(*) FILTER (WHERE d.state = 'uncertain' AND w.delivery_id IS NULL AND NOT ({gone_on})), "
    "count(*) FILTER (WHERE d.state IN ('sent', 'delivered') AND d.settled_at > :hour), "
    "count(*) FILTER (WHERE d.state IN ('sent', 'delivered') AND d.settled_at > :day), :at "
    "FROM deliveries d LEFT JOIN dead_letter_rulings w "
    "ON w.tenant_id = :tenant AND w.delivery_id = d.id "
    "WHERE d.tenant_id = :tenant AND (d.state IN ('waiting', 'sending') OR d.id > :since) "
    "GROUP BY d.channel "
    "ON CONFLICT (tenant_id, channel) DO UPDATE SET waiting = EXCLUDED.waiting, sending = EXCLUDED.sending, "
    "oldest_due_at = EXCLUDED.oldest_due_at, failed = EXCLUDED.failed, uncertain = EXCLUDED.uncertain, "
    "sent_hour = EXCLUDED.sent_hour, sent_day = EXCLUDED.sent_day, measured_at = EXCLUDED.measured_at"
)
_USED = text(
    "INSERT INTO usage_gauges (tenant_id, month, channel, messages, segments, mills, granted) "
    "SELECT :tenant, date_trunc('month', u.day)::date, u.channel, sum(u.messages), sum(u.segments), "
    "sum(u.mills), CASE u.channel WHEN 'sms' THEN max(l.granted_sms) ELSE max(l.granted_mail) END "
    "FROM message_usage u LEFT JOIN message_limits l ON l.tenant_id = :tenant "
    "WHERE u.tenant_id = :tenant AND u.day >= date_trunc('month', CAST(:before AS date)) GROUP BY 2, 3 "
    "ON CONFLICT (tenant_id, month, channel) DO UPDATE SET messages = EXCLUDED.messages, "
    "segments = EXCLUDED.segments, mills = EXCLUDED.mills, granted = EXCLUDED.granted"
)
_SAMPLE = text(
    "INSERT INTO outbox_samples (at, channel, waiting, sent_hour) "
    "SELECT :at, channel, sum(waiting), sum(sent_hour) FROM outbox_gauges GROUP BY channel "
    "ON CONFLICT (at, channel) DO NOTHING"
)
_SAMPLES_KEPT = timedelta(days=14)
KEPT = timedelta(days=30)
"""For how long messages that did not arrive are listed."""


def measure() -> None:
    """Look at all companies that are open."""
    with unit_of_work():
        asked = select(Tenant.id).where(Tenant.state != TenantState.CLOSED).order_by(Tenant.id)
        tenant_ids = list(db.session.scalars(asked))
    rounds.each(tenant_ids, look, name="outbox-gauges")
    _sample()


def _sample() -> None:
    """Keep how it stands, once in ten minutes."""
    at = clock.now()
    slot = at.replace(minute=at.minute - at.minute % 10, second=0, microsecond=0)
    with unit_of_work():
        db.session.execute(_SAMPLE, {"at": slot})
        db.session.execute(delete(OutboxSample).where(OutboxSample.at < at - _SAMPLES_KEPT))


def look() -> None:
    """Look at the current company in three statements; and tell it what of its month is nearly used up."""
    at, tenant_id = clock.now(), require_tenant_id()
    with unit_of_work():
        db.session.execute(
            text(_LOOK.format(gone_on=followed_up("d"))),
            {
                "tenant": tenant_id,
                "at": at,
                "hour": at - timedelta(hours=1),
                "day": at - timedelta(days=1),
                "since": first_id(at - KEPT),
            },
        )
        gone = (OutboxGauge.tenant_id == tenant_id, OutboxGauge.measured_at < at)
        db.session.execute(delete(OutboxGauge).where(*gone))
        db.session.execute(_USED, {"tenant": tenant_id, "before": at - timedelta(days=31)})
        warning.warn()
