"""Webhooks and what became of what they were told."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.core.db import db
from app.core.errors import NotFound
from app.webhooks.models import Webhook, WebhookAttempt, WebhookDelivery

MOST_ATTEMPTS = 100


@permitted(Permission.TENANT_MANAGE)
def page(_actor: Actor, *, after: UUID | None, limit: int) -> Sequence[Webhook]:
    """Webhooks, the newest first, from behind `after`."""
    statement = select(Webhook).order_by(Webhook.id.desc()).limit(limit)
    if after is not None:
        statement = statement.where(Webhook.id < after)
    return db.session.scalars(statement).all()


@permitted(Permission.TENANT_MANAGE)
def get(_actor: Actor, webhook_id: UUID) -> Webhook:
    """One webhook.

    :raises NotFound: if there is none such
    """
    found = db.session.scalars(select(Webhook).where(Webhook.id == webhook_id)).first()
    if found is None:
        raise NotFound
    return found


@permitted(Permission.TENANT_MANAGE)
def deliveries(
    _actor: Actor, webhook: Webhook, *, state: str | None, after: UUID | None, limit: int
) -> Sequence[WebhookDelivery]:
    """What a webhook was told or is to be told, the newest first, from behind `after`."""
    statement = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id)
    if state is not None:
        statement = statement.where(WebhookDelivery.state == state)
    if after is not None:
        statement = statement.where(WebhookDelivery.id < after)
    return db.session.scalars(statement.order_by(WebhookDelivery.id.desc()).limit(limit)).all()


@permitted(Permission.TENANT_MANAGE)
def delivery(_actor: Actor, delivery_id: UUID) -> WebhookDelivery:
    """One event on its way to a webhook.

    :raises NotFound: if there is none such
    """
    found = db.session.scalars(select(WebhookDelivery).where(WebhookDelivery.id == delivery_id)).first()
    if found is None:
        raise NotFound
    return found


@permitted(Permission.TENANT_MANAGE)
def attempts(_actor: Actor, told: WebhookDelivery) -> Sequence[WebhookAttempt]:
    """The tries at telling an event, the latest first."""
    return db.session.scalars(
        select(WebhookAttempt)
        .where(WebhookAttempt.delivery_id == told.id)
        .order_by(WebhookAttempt.id.desc())
        .limit(MOST_ATTEMPTS)
    ).all()
