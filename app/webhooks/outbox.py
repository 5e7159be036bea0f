"""What webhooks are still to be told: rows written with what they tell, claimed by workers for a while."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, exists, literal, null, or_, select, update

from app.core import clock, doorbell
from app.core.bulk import insert_many
from app.core.db import db
from app.core.ids import new_id
from app.webhooks import kinds, tidying
from app.webhooks.models import TellingState, Webhook, WebhookDelivery, WebhookState
from tenants import agenda, current
from tenants.closing import is_open
from tenants.context import require_tenant_id

QUEUE = "webhooks"
SEND_TASK = "webhooks.send_due"
PATIENCE = timedelta(hours=24)
"""How long an event is tried."""
_MOST_KEPT = 20_000
_wanting: dict[int, tuple[int, Mapping[str, Sequence[UUID]]]] = {}


def wanting(access_version: int) -> Mapping[str, Sequence[UUID]]:
    """The webhooks of the current company by kind of event; remembered until its access changes.

    Those that are paused are among them: what happens meanwhile is told when they go on.

    :param access_version: 0 where it is not known
    """
    tenant_id = require_tenant_id()
    kept = _wanting.get(tenant_id)
    if access_version and kept is not None and kept[0] == access_version:
        return kept[1]
    found: dict[str, list[UUID]] = {}
    for webhook_id, events in db.session.execute(select(Webhook.id, Webhook.events)):
        for event in events:
            found.setdefault(event, []).append(webhook_id)
    if access_version:
        if len(_wanting) >= _MOST_KEPT:
            _wanting.clear()
        _wanting[tenant_id] = (access_version, found)
    return found


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened, and what is told of it."""

    kind: str
    facts: Mapping[str, Any]


def add(webhooks: Mapping[str, Sequence[UUID]], news: Sequence[News], *, by: UUID | None) -> None:
    """Write down what each webhook is to be told, and let a worker know after the commit."""
    at, tenant_id, slug = clock.now(), require_tenant_id(), ""
    rows: list[dict[str, Any]] = []
    for item in news:
        receivers = webhooks.get(item.kind, ())
        if not receivers:
            continue
        slug, event_id = slug or current.slug(), new_id()
        payload = {
            "version": kinds.VERSION,
            "id": str(event_id),
            "event": item.kind,
            "at": at.isoformat(timespec="milliseconds"),
            "company": slug,
            "by": str(by) if by else None,
            **item.facts,
        }
        rows.extend(
            {
                "tenant_id": tenant_id,
                "id": new_id(),
                "webhook_id": webhook_id,
                "event_id": event_id,
                "event": item.kind,
                "payload": payload,
                "state": TellingState.WAITING,
                "attempts": 0,
                "next_at": at,
                "give_up_at": at + PATIENCE,
                "created_at": at,
            }
            for webhook_id in receivers
        )
    if rows:
        insert_many(WebhookDelivery, rows)
        tidying.note(at)
        wake(at)


def wake(at: datetime) -> None:
    """Have a worker look at the current company's events, now and when that moment has come."""
    agenda.note(QUEUE, at)
    ring()


def ring() -> None:
    """Have a worker look after the commit."""
    doorbell.ring_after_commit(SEND_TASK, tenant_id=require_tenant_id())


@dataclass(frozen=True, slots=True)
class Telling:
    """An event on its way to one webhook, as a worker has claimed it."""

    id: UUID
    webhook_id: UUID
    event_id: UUID
    payload: Mapping[str, Any]
    attempts: int
    give_up_at: datetime
    url: str
    name: str
    secret: bytes
    former_secret: bytes | None
    former_until: datetime | None


def claim(claim_id: UUID, *, at: datetime, lease: timedelta, limit: int) -> list[Telling]:
    """Take a batch of due events of active webhooks that nobody else has taken; none of a closed company."""
    found = db.session.execute(
        select(
            WebhookDelivery.id,
            WebhookDelivery.webhook_id,
            WebhookDelivery.event_id,
            WebhookDelivery.payload,
            WebhookDelivery.attempts,
            WebhookDelivery.give_up_at,
            Webhook.url,
            Webhook.name,
            Webhook.secret,
            Webhook.former_secret,
            Webhook.former_until,
        )
        .join(
            Webhook,
            (Webhook.tenant_id == WebhookDelivery.tenant_id) & (Webhook.id == WebhookDelivery.webhook_id),
        )
        .where(*_due(at), Webhook.state == WebhookState.ACTIVE, is_open())
        .order_by(WebhookDelivery.next_at, WebhookDelivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=WebhookDelivery)
    ).all()
    claimed = [Telling(*row) for row in found]
    if claimed:
        db.session.execute(
            update(WebhookDelivery)
            .where(WebhookDelivery.id.in_([telling.id for telling in claimed]))
            .values(claimed_by=claim_id, claimed_until=at + lease)
            .execution_options(synchronize_session=False)
        )
    return claimed


def end(
    telling: Telling, claim_id: UUID, state: TellingState, *, status: int | None, error: str | None
) -> bool:
    """Close an event; False if somebody else has taken it over."""
    return _changed(
        telling,
        claim_id,
        state=state,
        settled_at=clock.now(),
        attempts=WebhookDelivery.attempts + 1,
        last_status=status,
        last_error=error,
    )


def put_off(
    telling: Telling, claim_id: UUID, *, until: datetime, status: int | None, error: str | None
) -> bool:
    """Let an event wait for its next try."""
    agenda.note(QUEUE, until)
    return _changed(
        telling,
        claim_id,
        next_at=until,
        attempts=WebhookDelivery.attempts + 1,
        last_status=status,
        last_error=error,
    )


def release(tellings: Sequence[Telling], claim_id: UUID, *, until: datetime) -> None:
    """Give back what was claimed and not tried."""
    for telling in tellings:
        _changed(telling, claim_id, next_at=until)
    agenda.note(QUEUE, until)


def _changed(telling: Telling, claim_id: UUID, **values: Any) -> bool:
    result = db.session.execute(
        update(WebhookDelivery)
        .where(
            WebhookDelivery.id == telling.id,
            WebhookDelivery.claimed_by == claim_id,
            WebhookDelivery.state == TellingState.WAITING,
        )
        .values(**values, claimed_by=null(), claimed_until=null())
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)  # noqa: S101  (narrows the type; an UPDATE always gives one)
    return result.rowcount == 1


def outlook(*, at: datetime) -> tuple[bool, bool]:
    """Whether something can be sent now, and whether anything of active webhooks waits for its turn."""
    active = select(Webhook.id).where(Webhook.state == WebhookState.ACTIVE, Webhook.tenant_id == _here())
    waiting = (
        WebhookDelivery.tenant_id == _here(),
        WebhookDelivery.state == literal(TellingState.WAITING.value, literal_execute=True),
        WebhookDelivery.next_at <= at,
        WebhookDelivery.webhook_id.in_(active),
    )
    row = db.session.execute(select(exists().where(*waiting, *_due(at)), exists().where(*waiting))).one()
    return row[0], row[1]


def _due(at: datetime) -> tuple[Any, ...]:
    return (
        # Spelled out in the statement: a partial index is of no use to a plan that does not know the state.
        WebhookDelivery.state == literal(TellingState.WAITING.value, literal_execute=True),
        WebhookDelivery.next_at <= at,
        or_(WebhookDelivery.claimed_until.is_(None), WebhookDelivery.claimed_until < at),
    )


def _here() -> Any:
    return literal(require_tenant_id())
