"""Comments that were taken back."""

from celery import shared_task

from app.comments import tidying


@shared_task(name="comments.tidy")
def tidy() -> None:
    """Forget comments that were taken back long ago; a second run finds none."""
    tidying.sweep()
