"""What time alone does to approvals."""

from celery import shared_task

from app.approvals import sweeping


@shared_task(name="approvals.sweep")
def sweep() -> None:
    """Remind, time out and replace; a second run finds nothing due."""
    sweeping.sweep()
