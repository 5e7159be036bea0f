"""The mailbox of returned mail, by the clock."""

from celery import shared_task
from flask import current_app

from app.messaging.returns import taking


@shared_task(name="returns.fetch")
def fetch() -> None:
    """Look through it, where there is one; heeding something twice changes nothing."""
    if at := current_app.config["SETTINGS"].returns:
        taking.fetch(at)
