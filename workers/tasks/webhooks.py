"""Webhooks: bells, the sweep behind them, and forgetting what is old."""

from celery import shared_task

from app.webhooks import outbox, sending, tidying
from tenants.context import tenant_scope


@shared_task(name="webhooks.sweep")
def sweep() -> None:
    """Find what no bell was heard for; a second run finds it claimed."""
    sending.sweep()


@shared_task(name=outbox.SEND_TASK)
def send_due(*, tenant_id: int) -> None:
    """Tell a batch of one tenant's events; a second run finds them claimed or told."""
    with tenant_scope(tenant_id):
        sending.send_due()


@shared_task(name="webhooks.tidy")
def tidy() -> None:
    """Forget what was told long ago; a second run finds nothing left."""
    tidying.sweep()
