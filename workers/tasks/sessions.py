"""Sessions that are long over."""

from celery import shared_task

from app.access import tidying


@shared_task(name="sessions.tidy")
def tidy() -> None:
    """Forget sessions that ended long ago; a second run finds nothing left."""
    tidying.sweep()
