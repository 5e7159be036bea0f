"""Advances by the clock."""

from celery import shared_task

from app.advances import overdue


@shared_task(name="advances.remind")
def remind() -> None:
    """Tell owners of what they should have settled; a second run finds none."""
    overdue.sweep()
