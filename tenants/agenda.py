"""The agenda: how workers learn, without seeing across walls, whose work is due.

An entry is a hint that may be one too many, never one too few: it is written in the transaction that
makes the work, and removed only by a worker that found nothing due, well after any transaction that could
still be adding to it has ended.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from app.core.db import db
from app.core.logs import described
from app.core.uow import unit_of_work
from tenants.context import require_tenant_id, tenant_scope
from tenants.models import AgendaEntry

log = structlog.get_logger(__name__)
GRACE = timedelta(minutes=5)


def note(queue: str, due_at: datetime) -> None:
    """Say that the current tenant has work in `queue` from `due_at` on."""
    bucket = due_at.replace(second=0, microsecond=0)
    db.session.execute(
        insert(AgendaEntry)
        .values(tenant_id=require_tenant_id(), queue=queue, bucket=bucket)
        .on_conflict_do_nothing()
    )


def due(queue: str, *, at: datetime) -> Sequence[int]:
    """The tenants with work in `queue` at `at`, the longest waiting first."""
    rows = db.session.execute(
        select(AgendaEntry.tenant_id)
        .where(AgendaEntry.queue == queue, AgendaEntry.bucket <= at)
        .order_by(AgendaEntry.bucket)
    )
    return list(dict.fromkeys(tenant_id for (tenant_id,) in rows))


def visit(queue: str, *, at: datetime, work: Callable[[], None]) -> None:
    """Do something inside each tenant with work in `queue` at `at`; what fails in one is logged."""
    with unit_of_work():
        tenant_ids = due(queue, at=at)
    for tenant_id in tenant_ids:
        with tenant_scope(tenant_id):
            try:
                work()
            except Exception as error:  # one tenant's trouble must not keep the others waiting
                log.error(  # noqa: TRY400
                    "agenda.visit-failed", queue=queue, tenant=tenant_id, **described(error)
                )


def settle(queue: str, *, at: datetime) -> None:
    """Forget the current tenant's entries that are long due; call only when nothing due was found."""
    db.session.execute(
        delete(AgendaEntry).where(
            AgendaEntry.tenant_id == require_tenant_id(),
            AgendaEntry.queue == queue,
            AgendaEntry.bucket <= at - GRACE,
        )
    )
