"""What was kept to take bulk actions back."""

from celery import shared_task

from app.bulk_actions import tidying


@shared_task(name="bulk_actions.tidy")
def tidy() -> None:
    """Forget what can be taken back no more; a second run finds the rest or nothing."""
    tidying.sweep()
