"""How messages end. An end is kept; what is uncertain, or sent, may still turn out (see `receipts`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.events.messages import ONE_MESSAGE, Charge, DeliveriesSettled, Settled
from app.messaging import receipts
from app.messaging.models import DeliveryState
from app.messaging.outbox import Parcel
from tenants.context import require_tenant_id

_SETTLE = text(
    "UPDATE deliveries d SET state = v.state, last_error = v.error, settled_at = :at, "
    "attempts = d.attempts + 1, segments = v.segments, mills = v.mills, "
    "facts = CASE WHEN d.secret THEN '{}' ELSE d.facts END, "
    "link = CASE WHEN d.secret THEN NULL ELSE d.link END, "
    "envelope = CASE WHEN d.secret THEN NULL ELSE d.envelope END "
    "FROM unnest(CAST(:ids AS uuid[]), CAST(:states AS text[]), CAST(:errors AS text[]), "
    "CAST(:segments AS integer[]), CAST(:mills AS integer[])) AS v (id, state, error, segments, mills) "
    "WHERE d.tenant_id = :tenant AND d.id = v.id AND d.claimed_by = :claim "
    "AND (d.state = 'sending' "
    "OR (d.state = 'uncertain' AND v.state <> 'uncertain') "
    "OR (d.state = 'waiting' AND v.state NOT IN ('sent', 'uncertain'))) "
    "RETURNING d.id"
)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a message ended for the worker that had claimed it."""

    parcel: Parcel
    state: DeliveryState
    error: str | None = None
    reference: str | None = None
    """By which name the provider will tell more of it."""
    charge: Charge = ONE_MESSAGE

    @property
    def charged(self) -> Charge | None:
        """What it counts as, if the provider has taken it."""
        return self.charge if self.state is DeliveryState.SENT else None


def settle(endings: Sequence[Ending], claim_id: UUID) -> set[UUID]:
    """Record how messages ended, in one statement; returns the ids of those that had not ended before."""
    if not endings:
        return set()
    at = clock.now()
    params: dict[str, Any] = {
        "tenant": require_tenant_id(),
        "claim": claim_id,
        "at": at,
        "ids": [ending.parcel.id for ending in endings],
        "states": [ending.state.value for ending in endings],
        "errors": [ending.error for ending in endings],
        "segments": [ending.charged and ending.charged.segments for ending in endings],
        "mills": [ending.charged and ending.charged.mills for ending in endings],
    }
    found = {row[0] for row in db.session.execute(_SETTLE, params)}
    told = tuple(
        Settled(
            delivery_id=ending.parcel.id,
            channel=ending.parcel.channel,
            kind=ending.parcel.kind,
            state=ending.state.value,
            error=ending.error,
            at=at,
            charge=ending.charged,
        )
        for ending in endings
        if ending.parcel.id in found
    )
    if told:
        publish(DeliveriesSettled(settled=told))
    for channel in sorted({ending.parcel.channel for ending in endings}):
        named = (ending for ending in endings if ending.reference and ending.parcel.channel == channel)
        receipts.know(channel, {str(ending.reference): ending.parcel.id for ending in named})
    return found
