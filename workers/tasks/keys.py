"""Idempotency keys that are too old to come again."""

from celery import shared_task

from app.http import idempotency


@shared_task(name="keys.tidy")
def tidy() -> None:
    """Forget old keys with their answers; a second run finds none left."""
    idempotency.sweep()
