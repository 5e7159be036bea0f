"""The agenda: how workers learn, without seeing across walls, whose work is due.

An entry is a hint that may be one too many, never one too few: it is written in the transaction that
makes the work, and removed only by a worker that found nothing due, well after any transaction that could
still be adding to it has ended.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from app.core.db import db
from tenants.context import require_tenant_id
from tenants.models import AgendaEntry, Tenant, TenantState

GRACE = timedelta(minutes=5)


def note(queue: str, due_at: datetime) -> None:
    """Say that the current tenant has work in `queue` from `due_at` on."""
    bucket = due_at.replace(second=0, microsecond=0)
    db.session.execute(
        insert(AgendaEntry)
        .values(tenant_id=require_tenant_id(), queue=queue, bucket=bucket)
        .on_conflict_do_nothing()
    )


def due(queue: str, *, at: datetime, open_only: bool = False) -> Sequence[int]:
    """The tenants with work in `queue` at `at`, the longest waiting first.

    :param open_only: not those that are closed; what they have to do waits until they are open again
    """
    asked = (
        select(AgendaEntry.tenant_id)
        .where(AgendaEntry.queue == queue, AgendaEntry.bucket <= at)
        .order_by(AgendaEntry.bucket)
    )
    if open_only:
        asked = asked.join(Tenant, Tenant.id == AgendaEntry.tenant_id).where(
            Tenant.state != TenantState.CLOSED
        )
    rows = db.session.execute(asked)
    return list(dict.fromkeys(tenant_id for (tenant_id,) in rows))


def settle(queue: str, *, at: datetime) -> None:
    """Forget the current tenant's entries that are long due; call only when nothing due was found."""
    db.session.execute(
        delete(AgendaEntry).where(
            AgendaEntry.tenant_id == require_tenant_id(),
            AgendaEntry.queue == queue,
            AgendaEntry.bucket <= at - GRACE,
        )
    )
