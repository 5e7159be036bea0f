"""Looking at every company's outbox in turn, so that operators see numbers and never a message."""

from datetime import timedelta

from sqlalchemy import delete, select, text

from app.core import clock
from app.core.db import db
from app.core.ids import first_id
from app.core.uow import unit_of_work
from app.operators.models import OutboxGauge
from tenants import rounds
from tenants.context import require_tenant_id
from tenants.models import Tenant, TenantState

_LOOK = text(
    "INSERT INTO outbox_gauges (tenant_id, channel, waiting, sending, oldest_due_at, failed, uncertain, "
    "sent_hour, sent_day, measured_at) "
    "SELECT :tenant, d.channel, count(*) FILTER (WHERE d.state = 'waiting'), "
    "count(*) FILTER (WHERE d.state = 'sending'), "
    "min(d.next_at) FILTER (WHERE d.state = 'waiting' AND d.next_at <= :at), "
    "count(*) FILTER (WHERE d.state = 'failed' AND w.delivery_id IS NULL), "
    "count(*) FILTER (WHERE d.state = 'uncertain' AND w.delivery_id IS NULL), "
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
KEPT = timedelta(days=30)
"""For how long messages that did not arrive are listed."""


def measure() -> None:
    """Look at all companies that are open."""
    with unit_of_work():
        asked = select(Tenant.id).where(Tenant.state != TenantState.CLOSED).order_by(Tenant.id)
        tenant_ids = list(db.session.scalars(asked))
    rounds.each(tenant_ids, look, name="outbox-gauges")


def look() -> None:
    """Look at the current company; one statement, and one for channels that are no longer used."""
    at, tenant_id = clock.now(), require_tenant_id()
    with unit_of_work():
        db.session.execute(
            _LOOK,
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
