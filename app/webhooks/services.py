"""Making, changing and testing webhooks: they hear of every record, so only who runs the company may."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, null, select, update

from app.access import actors
from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.audit import services as audit
from app.core import clock, outbound
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.ids import new_id
from app.core.outbound import NotAllowed
from app.webhooks import kinds, outbox, signing
from app.webhooks.models import TellingState, Webhook, WebhookDelivery, WebhookState
from app.webhooks.outbox import News
from app.webhooks.trail import tell

MOST = 20
OVERLAP = timedelta(hours=24)
"""How long what is sent is signed with the secret before, too."""


class TooManyWebhooks(Conflict):
    """The company has enough of them."""

    code = "too-many-webhooks"


class WebhookPaused(Conflict):
    """It is told nothing until it goes on."""

    code = "webhook-paused"


@permitted(Permission.TENANT_MANAGE)
def create(actor: Actor, *, name: str, url: str, events: Sequence[str]) -> tuple[Webhook, str]:
    """A new webhook, and its secret, which is shown only now.

    :raises Invalid: about an address that nothing can be sent to
    """
    # What each kind of event is passed on to is remembered until the access changes.
    actors.access_changed()
    _check(url)
    if (db.session.scalar(select(func.count()).select_from(Webhook)) or 0) >= MOST:
        raise TooManyWebhooks(max=MOST)
    webhook_id, secret = new_id(), signing.new_secret()
    webhook = Webhook(
        id=webhook_id,
        name=name,
        url=url,
        events=sorted(set(events)),
        secret=signing.sealed(webhook_id, secret),
        created_by_id=actor.id,
        created_at=clock.now(),
    )
    db.session.add(webhook)
    db.session.flush()
    tell(actor, "created", webhook.id, name, audit.facts_of(webhook, ("name", "url", "events")))
    return webhook, secret


@permitted(Permission.TENANT_MANAGE)
def change(actor: Actor, webhook: Webhook, changes: Mapping[str, Any]) -> None:
    """Tell a webhook other things, elsewhere, or nothing for a while.

    :param changes: any of name, url, events, state
    """
    actors.access_changed()
    if "url" in changes:
        _check(changes["url"])
    webhook.name = changes.get("name", webhook.name)
    webhook.url = changes.get("url", webhook.url)
    webhook.events = sorted(set(changes.get("events", webhook.events)))
    resumed = changes.get("state") == WebhookState.ACTIVE and webhook.state != WebhookState.ACTIVE
    if "state" in changes and changes["state"] != webhook.state:
        webhook.state, webhook.paused_because = changes["state"], None
    told = [line for line in audit.changes_of(webhook) if line["field"] != "paused_because"]
    db.session.flush()
    if told:
        tell(actor, "updated", webhook.id, webhook.name, told)
    if resumed:
        _go_on(webhook)


@permitted(Permission.TENANT_MANAGE)
def remove(actor: Actor, webhook: Webhook) -> None:
    """Tell a webhook nothing any more; what was still to be told is forgotten."""
    actors.access_changed()
    tell(actor, "deleted", webhook.id, webhook.name, [{"field": "url", "before": webhook.url, "after": None}])
    db.session.delete(webhook)
    db.session.flush()


@permitted(Permission.TENANT_MANAGE)
def renew_secret(actor: Actor, webhook: Webhook) -> str:
    """A new secret, shown only now; for a day what is sent is signed with the one before, too."""
    secret = signing.new_secret()
    webhook.former_secret, webhook.former_until = webhook.secret, clock.now() + OVERLAP
    webhook.secret = signing.sealed(webhook.id, secret)
    db.session.flush()
    tell(actor, "secret-renewed", webhook.id, webhook.name)
    return secret


@permitted(Permission.TENANT_MANAGE)
def test(actor: Actor, webhook: Webhook) -> WebhookDelivery:
    """Tell a webhook that this is a test."""
    _demand_active(webhook)
    outbox.add({kinds.PING: [webhook.id]}, [News(kinds.PING, {})], by=actor.id)
    tell(actor, "tested", webhook.id, webhook.name)
    return db.session.scalars(
        select(WebhookDelivery)
        .where(WebhookDelivery.webhook_id == webhook.id)
        .order_by(WebhookDelivery.id.desc())
        .limit(1)
    ).one()


@permitted(Permission.TENANT_MANAGE)
def resend(actor: Actor, webhook: Webhook, told: WebhookDelivery) -> None:
    """Tell an event once more, under the same id."""
    _demand_active(webhook)
    at = clock.now()
    db.session.execute(
        update(WebhookDelivery)
        .where(WebhookDelivery.id == told.id)
        .values(
            state=TellingState.WAITING,
            next_at=at,
            give_up_at=at + outbox.PATIENCE,
            settled_at=null(),
            attempts=0,
            claimed_by=null(),
            claimed_until=null(),
        )
        .execution_options(synchronize_session=False)
    )
    tell(actor, "resent", webhook.id, webhook.name, [_resent(told.event_id)])
    outbox.wake(at)
    db.session.refresh(told)


def _resent(event_id: UUID) -> dict[str, Any]:
    return {"field": "event_id", "before": None, "after": str(event_id)}


def _demand_active(webhook: Webhook) -> None:
    if webhook.state != WebhookState.ACTIVE:
        raise WebhookPaused


def _go_on(webhook: Webhook) -> None:
    """What waits is tried anew from now on."""
    at = clock.now()
    db.session.execute(
        update(WebhookDelivery)
        .where(WebhookDelivery.webhook_id == webhook.id, WebhookDelivery.state == TellingState.WAITING)
        .values(next_at=at, give_up_at=at + outbox.PATIENCE, attempts=0)
        .execution_options(synchronize_session=False)
    )
    outbox.wake(at)


def _check(url: str) -> None:
    try:
        outbound.check(url)
    except NotAllowed as refused:
        raise invalid("url", refused.code) from None
