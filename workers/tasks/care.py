"""Care by the clock."""

from celery import shared_task

from app.care import sweeping


@shared_task(name="care.sweep")
def sweep() -> None:
    """Plan what care rules make due, and take the steps of plans; a second run finds nothing left."""
    sweeping.sweep()
