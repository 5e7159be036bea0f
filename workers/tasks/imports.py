"""Uploaded files that nobody needs any more."""

from celery import shared_task

from app.imports import storage


@shared_task(name="imports.tidy")
def tidy() -> None:
    """Remove files that are too old to be of use; a second run finds none."""
    storage.tidy()
