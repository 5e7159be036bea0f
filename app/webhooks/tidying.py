"""Forgetting what webhooks were told long ago."""

from datetime import datetime, timedelta

from sqlalchemy import Delete, delete, select

from app.webhooks.models import WebhookDelivery
from tenants import agenda, rounds

QUEUE = "webhooks-tidying"
KEPT = timedelta(days=30)


def note(told_at: datetime) -> None:
    """Say when what is told now can be forgotten; one line per company and day."""
    agenda.note(QUEUE, (told_at + KEPT).replace(hour=0, minute=0) + timedelta(days=1))


def sweep() -> None:
    """Forget what can be forgotten, with its tries."""
    rounds.forget(QUEUE, _old)


def _old(at: datetime, most: int) -> Delete:
    old = select(WebhookDelivery.id).where(WebhookDelivery.created_at <= at - KEPT).limit(most)
    return delete(WebhookDelivery).where(WebhookDelivery.id.in_(old))
