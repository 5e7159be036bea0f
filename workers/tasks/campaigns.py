"""Campaigns by the clock."""

from celery import shared_task

from app.campaigns import sweeping


@shared_task(name="campaigns.sweep")
def sweep() -> None:
    """Begin campaigns and write their next messages; a second run goes on where the first is."""
    sweeping.sweep()
