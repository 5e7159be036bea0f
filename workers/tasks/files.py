"""Contents that nobody needs any more."""

from celery import shared_task

from app.files import sweeping


@shared_task(name="files.sweep")
def sweep() -> None:
    """Remove what was taken off long ago; a second run finds none."""
    sweeping.sweep()
