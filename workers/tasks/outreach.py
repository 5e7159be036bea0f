"""Messages to people outside: bells, and the sweep behind them."""

from celery import shared_task

from app.outreach import planning, releasing
from tenants.context import tenant_scope


@shared_task(name="outreach.sweep")
def sweep() -> None:
    """Find what no bell was heard for; a second run rings for nobody twice."""
    releasing.sweep()


@shared_task(name=planning.RELEASE_TASK)
def release(*, tenant_id: int) -> None:
    """Let one company's messages go; a second run finds them gone, or somebody at it."""
    with tenant_scope(tenant_id):
        releasing.release_due()
