"""The outbox: bells and the sweep behind them."""

from celery import shared_task

from app.messaging import outbox, sending
from tenants.context import tenant_scope


@shared_task(name="deliveries.sweep")
def sweep() -> None:
    """Find what no bell was heard for; a second run finds it claimed."""
    sending.sweep()


@shared_task(name=outbox.SEND_TASK)
def send_due(*, tenant_id: int) -> None:
    """Send a batch of one tenant's messages; a second run finds them claimed or sent."""
    with tenant_scope(tenant_id):
        sending.send_due()
