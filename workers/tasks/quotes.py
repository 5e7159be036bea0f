"""Quotes by the clock."""

from celery import shared_task

from app.quotes import expiring


@shared_task(name="quotes.expire")
def expire() -> None:
    """Let quotes expire whose days are over; a second run finds none."""
    expiring.sweep()
