"""Uploaded files that nobody needs any more, and what was kept to take imports back."""

from celery import shared_task

from app.imports import keeping, storage


@shared_task(name="imports.tidy")
def tidy() -> None:
    """Remove what is too old to be of use; a second run finds none."""
    storage.tidy()
    keeping.sweep()
