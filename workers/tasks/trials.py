"""Trials that end."""

from celery import shared_task

from app.flows import trials


@shared_task(name="trials.watch")
def watch() -> None:
    """Warn of trials that end soon and end those that are over; a second run finds none."""
    trials.watch()
