"""Birthdays that have passed come round again."""

from celery import shared_task

from app.contacts import rolling


@shared_task(name="birthdays.sweep")
def sweep() -> None:
    """Reckon past birthdays anew; a second run finds none."""
    rolling.sweep()
