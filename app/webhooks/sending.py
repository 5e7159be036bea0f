"""What workers do: tell webhooks what happened, outside of any transaction, and write down how it went.

A worker that dies between sending and writing lets the event be sent again, under the same id.
"""

import random
import time
from datetime import timedelta
from uuid import UUID

import orjson
import structlog
from sqlalchemy import func, select, update

from app.access.actor import Actor
from app.access.queries.users import administrators
from app.core import clock, outbound
from app.core.db import db
from app.core.ids import new_id
from app.core.outbound import NotReached
from app.core.uow import unit_of_work
from app.messaging import services as messaging
from app.webhooks import outbox, signing, trail
from app.webhooks.models import TellingState, Webhook, WebhookAttempt, WebhookState
from app.webhooks.outbox import QUEUE, Telling
from tenants import agenda, rounds
from tenants.context import current_tenant_id, require_tenant_id

log = structlog.get_logger(__name__)

BATCH = 20
LEASE = timedelta(minutes=5)
SLICE_SECONDS = 30.0
SHOWN_OF_ANSWER = 1000
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=4)
BREATH = timedelta(seconds=30)
"""How long the other events of a webhook wait that has just failed."""
GONE = 410
FAILURES, FAILING = 20, timedelta(hours=6)
"""So many failures in a row, over so long a time, and a webhook is paused."""
_ANSWERED_WELL = range(200, 300)


def sweep() -> None:
    """Look into the outbox of every company that may have something due: what bells were lost for."""
    rounds.walk(QUEUE, tend, open_only=True)


def tend() -> None:
    """Ring for what is due in the current company."""
    at = clock.now()
    with unit_of_work():
        due, waiting = outbox.outlook(at=at)
        if due:
            outbox.ring()
        elif not waiting:
            agenda.settle(QUEUE, at=at)


def send_due(*, lease: timedelta = LEASE) -> None:
    """Tell a batch of the current company's due events, and ring again if there may be more."""
    claim_id, at = new_id(), clock.now()
    with unit_of_work():
        tellings = outbox.claim(claim_id, at=at, lease=lease, limit=BATCH)
    until, failing = time.monotonic() + SLICE_SECONDS, set[UUID]()
    for telling in tellings:
        if telling.webhook_id in failing or time.monotonic() > until:
            with unit_of_work():
                outbox.release([telling], claim_id, until=clock.now() + BREATH)
        elif not _tell(telling, claim_id):
            failing.add(telling.webhook_id)
    if len(tellings) == BATCH:
        with unit_of_work():
            outbox.ring()


def _tell(telling: Telling, claim_id: UUID) -> bool:
    """Send one event and write down how it went; whether it was taken."""
    body = orjson.dumps(telling.payload)
    at, started = clock.now(), time.perf_counter()
    headers = signing.headers(telling.event_id, body, _keys(telling), at=int(at.timestamp()))
    status, error, text = None, None, ""
    try:
        answer = outbound.post(telling.url, body, headers)
        status, text = answer.status, answer.text
        error = None if status in _ANSWERED_WELL else "status"
    except NotReached as refused:
        error = refused.code
        log.info("webhook.not_reached", tenant=current_tenant_id(), error=error)
    attempt = WebhookAttempt(
        id=new_id(),
        webhook_id=telling.webhook_id,
        delivery_id=telling.id,
        at=at,
        taken=error is None,
        status=status,
        error=error,
        milliseconds=round((time.perf_counter() - started) * 1000),
        answer=text.replace("\x00", "")[:SHOWN_OF_ANSWER],
    )
    with unit_of_work():
        _record(telling, claim_id, attempt)
    return attempt.taken


def _keys(telling: Telling) -> list[str]:
    keys = [signing.opened(telling.webhook_id, telling.secret)]
    former, until = telling.former_secret, telling.former_until
    if former is not None and until is not None and until > clock.now():
        keys.append(signing.opened(telling.webhook_id, former))
    return keys


def _record(telling: Telling, claim_id: UUID, attempt: WebhookAttempt) -> None:
    at, status, error = clock.now(), attempt.status, attempt.error
    if attempt.taken:
        mine = outbox.end(telling, claim_id, TellingState.DELIVERED, status=status, error=None)
    elif at >= telling.give_up_at:
        mine = outbox.end(telling, claim_id, TellingState.FAILED, status=status, error=error)
        if mine:
            _notify(telling, "webhook-failed", f"{at:%Y-%m-%d}")
    else:
        until = at + pause_after(telling.attempts)
        mine = outbox.put_off(telling, claim_id, until=until, status=status, error=error)
    if not mine:
        return  # another worker took it over, and says how it went
    db.session.add(attempt)
    db.session.flush()
    if not attempt.taken and (status == GONE or _is_hopeless(telling.webhook_id)):
        _pause(telling, "gone" if status == GONE else "failing")


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many tries before: anything up to a bound that doubles each time."""
    doubled: int = 2 ** min(attempts, 20)
    # Never at once: what failed a moment ago would fail again.
    return random.uniform(0.1, 1) * min(FIRST_PAUSE * doubled, LONGEST_PAUSE)  # noqa: S311


def _is_hopeless(webhook_id: UUID) -> bool:
    own = WebhookAttempt.webhook_id == webhook_id
    last_taken = (
        select(func.max(WebhookAttempt.at)).where(own, WebhookAttempt.taken.is_(True)).scalar_subquery()
    )
    since = func.coalesce(last_taken, Webhook.created_at)
    row = db.session.execute(
        select(func.count(), func.min(WebhookAttempt.at))
        .select_from(WebhookAttempt)
        .join(
            Webhook,
            (Webhook.tenant_id == WebhookAttempt.tenant_id) & (Webhook.id == WebhookAttempt.webhook_id),
        )
        .where(own, WebhookAttempt.at > since)
    ).one()
    failures, first = row
    return failures >= FAILURES and first is not None and clock.now() - first >= FAILING


def _pause(telling: Telling, because: str) -> None:
    paused = db.session.scalar(
        update(Webhook)
        .where(Webhook.id == telling.webhook_id, Webhook.state == WebhookState.ACTIVE)
        .values(state=WebhookState.PAUSED, paused_because=because, version=Webhook.version + 1)
        .returning(Webhook.id)
        .execution_options(synchronize_session=False)
    )
    if paused is None:
        return
    told = [{"field": "state", "before": "active", "after": "paused"}]
    trail.tell(Actor.system(require_tenant_id()), "updated", telling.webhook_id, telling.name, told)
    _notify(telling, "webhook-paused", str(telling.id))


def _notify(telling: Telling, kind: str, which: str) -> None:
    messaging.notify(
        administrators(),
        kind,
        {"name": telling.name},
        link=f"/settings/webhooks/{telling.webhook_id}",
        dedupe_key=f"{kind}:{telling.webhook_id}:{which}",
    )
