"""Deleted tasks."""

from celery import shared_task

from app.tasks import tidying


@shared_task(name="tasks.tidy")
def tidy() -> None:
    """Remove tasks that were deleted long ago; a second run finds none."""
    tidying.sweep()
