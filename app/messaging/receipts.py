"""What providers tell of messages they have taken: late, twice, in any order, or before we are done sending.

Whatever the order, the same receipts come to the same end: that a message arrived outweighs everything.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Text, case, cast, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.types import TypeEngine

from app.core import clock
from app.core.db import db
from app.core.events import publish
from app.core.ids import new_id
from app.events.messages import Charge, DeliveriesSettled, Settled
from app.messaging.channels import outgoing
from app.messaging.models import Delivery, DeliveryReceipt, DeliveryReference, DeliveryState, Told
from tenants.context import require_tenant_id

_HOLD = text(
    "SELECT pg_advisory_xact_lock(held.place) FROM (SELECT DISTINCT hashtextextended(one, 0) AS place "
    "FROM unnest(CAST(:places AS text[])) AS one ORDER BY place) AS held"
)
_ENDS = {
    Told.UNDELIVERED: (
        DeliveryState.FAILED,
        (DeliveryState.SENDING, DeliveryState.UNCERTAIN, DeliveryState.SENT),
    ),
    Told.DELIVERED: (
        DeliveryState.DELIVERED,
        (
            DeliveryState.WAITING,
            DeliveryState.SENDING,
            DeliveryState.UNCERTAIN,
            DeliveryState.SENT,
            DeliveryState.FAILED,
        ),
    ),
}
"""To which state a word leads, and from which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a provider tells of one message."""

    reference: str
    """By which name it tells of it."""
    verdict: Told
    error: str | None = None
    """A stable code of ours; never the provider's own words, which may name people."""
    at: datetime
    delivery_id: UUID | None = None
    """Where the name is one that we gave."""


def take(channel: str, told: Sequence[Receipt]) -> int:
    """Note what a provider tells; returns how much of it was new.

    What is told of names that nobody knows yet is kept until somebody does (see `know`).
    """
    if not told:
        return 0
    _hold(channel, [one.reference for one in told])
    known = {**_known(channel, told), **_ours(told)}
    at, tenant_id = clock.now(), require_tenant_id()
    rows = [
        {
            "tenant_id": tenant_id,
            "id": new_id(),
            "channel": channel,
            "reference": one.reference,
            "verdict": one.verdict,
            "error": one.error,
            "delivery_id": known.get(one.reference),
            "at": one.at,
            "received_at": at,
        }
        for one in told
    ]
    key = [getattr(DeliveryReceipt, name) for name in ("tenant_id", "channel", "reference", "verdict")]
    fresh = db.session.execute(
        insert(DeliveryReceipt)
        .values(rows)
        .on_conflict_do_nothing(index_elements=key)
        .returning(DeliveryReceipt.delivery_id, DeliveryReceipt.verdict, DeliveryReceipt.error)
    ).all()
    _apply([(row.delivery_id, Told(row.verdict), row.error) for row in fresh if row.delivery_id])
    return len(fresh)


def know(channel: str, names: Mapping[str, UUID]) -> None:
    """Note by which names a provider tells of messages, and heed what it has told already."""
    if not names:
        return
    _hold(channel, names)
    tenant_id = require_tenant_id()
    db.session.execute(
        insert(DeliveryReference)
        .values(
            [
                {"tenant_id": tenant_id, "channel": channel, "reference": name, "delivery_id": delivery_id}
                for name, delivery_id in names.items()
            ]
        )
        .on_conflict_do_nothing()
    )
    early = db.session.execute(
        update(DeliveryReceipt)
        .where(
            DeliveryReceipt.channel == channel,
            DeliveryReceipt.reference.in_(names),
            DeliveryReceipt.delivery_id.is_(None),
        )
        .values(delivery_id=case(dict(names), value=DeliveryReceipt.reference))
        .returning(DeliveryReceipt.delivery_id, DeliveryReceipt.verdict, DeliveryReceipt.error)
        .execution_options(synchronize_session=False)
    ).all()
    _apply([(row.delivery_id, Told(row.verdict), row.error) for row in early])


def _hold(channel: str, names: Collection[str]) -> None:
    """Of one who learns a name and one who hears of it, let the second see what the first has written."""
    places = [f"{require_tenant_id()}|{channel}|{name}" for name in names]
    db.session.execute(_HOLD, {"places": places})


def _known(channel: str, told: Sequence[Receipt]) -> dict[str, Any]:
    asked = select(DeliveryReference.reference, DeliveryReference.delivery_id).where(
        DeliveryReference.channel == channel,
        DeliveryReference.reference.in_({one.reference for one in told}),
    )
    return {row.reference: row.delivery_id for row in db.session.execute(asked)}


def _ours(told: Sequence[Receipt]) -> dict[str, Any]:
    """What is told by names that we gave; a provider may well err, or somebody in its place."""
    named = {one.reference: one.delivery_id for one in told if one.delivery_id}
    if not named:
        return {}
    there = set(db.session.scalars(select(Delivery.id).where(Delivery.id.in_(named.values()))))
    return {reference: delivery_id for reference, delivery_id in named.items() if delivery_id in there}


def _apply(told: Sequence[tuple[UUID, Told, str | None]]) -> None:
    at = clock.now()
    settled = []
    # That it arrived comes last: it outweighs what was told before.
    for verdict in (Told.UNDELIVERED, Told.DELIVERED):
        errors = {delivery_id: error for delivery_id, said, error in told if said is verdict}
        if not errors:
            continue
        state, before = _ENDS[verdict]
        charges = _charges(errors, before)
        moved = db.session.execute(
            update(Delivery)
            .where(Delivery.id.in_(errors), Delivery.state.in_(before))
            .values(state=state, settled_at=at, last_error=_by_id(errors, Text), **_columns(charges))
            .returning(Delivery.id, Delivery.channel, Delivery.kind)
            .execution_options(synchronize_session=False)
        ).all()
        settled += [
            Settled(
                delivery_id=row.id,
                channel=row.channel,
                kind=row.kind,
                state=state.value,
                error=errors[row.id],
                at=at,
                charge=charges.get(row.id),
            )
            for row in moved
        ]
    if settled:
        publish(DeliveriesSettled(settled=tuple(settled)))


def _charges(ids: Collection[UUID], before: Sequence[DeliveryState]) -> dict[UUID, Charge]:
    """What those of these messages count as of which nobody knew that they were taken."""
    found = db.session.execute(
        select(Delivery.id, Delivery.channel, Delivery.facts)
        .where(
            Delivery.id.in_(ids),
            Delivery.state.in_([state for state in before if state != DeliveryState.SENT]),
            Delivery.segments.is_(None),
        )
        .order_by(Delivery.id)
        .with_for_update()
    ).all()
    charges: dict[UUID, Charge] = {}
    for channel in sorted({row.channel for row in found}):
        facts = {row.id: row.facts for row in found if row.channel == channel}
        charges |= outgoing(channel).charges(facts)
    return charges


def _columns(charges: Mapping[UUID, Charge]) -> dict[str, Any]:
    if not charges:
        return {}
    segments = {one: charge.segments for one, charge in charges.items()}
    mills = {one: charge.mills for one, charge in charges.items()}
    return {
        "segments": func.coalesce(_by_id(segments, Integer), Delivery.segments),
        "mills": func.coalesce(_by_id(mills, Integer), Delivery.mills),
    }


def _by_id(values: Mapping[UUID, Any], kind: type[TypeEngine[Any]]) -> Any:
    return cast(case(dict(values), value=Delivery.id), kind)
