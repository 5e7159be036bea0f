"""Exported files that nobody will fetch any more."""

from celery import shared_task

from app.exports import storage


@shared_task(name="exports.tidy")
def tidy() -> None:
    """Remove files that are too old; a second run finds none."""
    storage.tidy()
