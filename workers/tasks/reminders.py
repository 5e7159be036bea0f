"""Reminders of what is to be done."""

from celery import shared_task

from app.tasks import reminding


@shared_task(name="reminders.sweep")
def sweep() -> None:
    """Remind everybody of what is due by now; a second run finds that it was done."""
    reminding.sweep()
