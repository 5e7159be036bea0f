"""The life of an outbox row. Every change is conditional, so that of two workers one has the say.

    waiting -> sending -> sent | failed | uncertain
    waiting -> failed | cancelled | suppressed | expired
    uncertain -> sent | failed      (the worker that was given up answers after all)
    sent, uncertain -> failed; any of these -> delivered      (see `receipts`)

A try that certainly failed puts the row back to waiting with one attempt more; an end is never left.
A claim is a lease: a worker that dies lets go of what it had not handed over when the lease runs out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    case,
    cast,
    exists,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from app.core import clock, doorbell
from app.core.db import db
from app.messaging.models import Delivery, DeliveryState
from tenants import agenda
from tenants.closing import is_open
from tenants.context import require_tenant_id

QUEUE = "deliveries"
SEND_TASK = "deliveries.send_due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A delivery as a channel sees it."""

    id: UUID
    channel: str
    kind: str
    address: str
    locale: str
    facts: Mapping[str, Any]
    link: str | None
    envelope: Mapping[str, Any] | None
    attempts: int
    created_at: datetime
    expires_at: datetime | None
    sender_id: UUID | None
    last_error: str | None
    """Why it has not gone out so far."""


_PARCEL = [
    Delivery.id, Delivery.channel, Delivery.kind, Delivery.address, Delivery.locale, Delivery.facts,
    Delivery.link, Delivery.envelope, Delivery.attempts, Delivery.created_at, Delivery.expires_at,
    Delivery.sender_id, Delivery.last_error,
]  # fmt: skip


def add(rows: Sequence[Mapping[str, Any]]) -> list[UUID]:
    """Write messages and let a worker know after the commit; returns the ids of those that are new."""
    if not rows:
        return []
    at = clock.now()
    added = db.session.scalars(
        insert(Delivery)
        .values([{**row, "tenant_id": require_tenant_id(), "next_at": at, "created_at": at} for row in rows])
        .on_conflict_do_nothing(index_elements=[Delivery.tenant_id, Delivery.dedupe_key])
        .returning(Delivery.id)
    ).all()
    if added:
        agenda.note(QUEUE, at)
        ring()
    return list(added)


def ring() -> None:
    """Have a worker look at the current tenant's outbox after the commit."""
    doorbell.ring_after_commit(SEND_TASK, tenant_id=require_tenant_id())


def cancel(dedupe_key: str) -> bool:
    """Take back a message that nobody has begun to send."""
    return _taken_back(Delivery.dedupe_key == dedupe_key)


def take_back(delivery_id: UUID) -> bool:
    """Take back what has been written, if nobody has begun to send it."""
    return _taken_back(Delivery.id == delivery_id)


def _taken_back(which: ColumnElement[bool]) -> bool:
    return _changed(
        update(Delivery)
        .where(which, Delivery.state == DeliveryState.WAITING)
        .values(
            state=DeliveryState.CANCELLED,
            settled_at=clock.now(),
            facts=case((Delivery.secret, cast({}, JSONB)), else_=Delivery.facts),
            link=case((Delivery.secret, null()), else_=Delivery.link),
            envelope=case((Delivery.secret, null()), else_=Delivery.envelope),
        )
    )


def claim(claim_id: UUID, *, at: datetime, lease: timedelta, limit: int) -> list[Parcel]:
    """Take a batch of due messages that no one else has taken; none of a company that is closed."""
    found = db.session.execute(
        select(*_PARCEL)
        .where(*_due(at), is_open())
        .order_by(Delivery.next_at, Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Delivery)
    ).all()
    parcels = [parcel_of(row) for row in found]
    if parcels:
        db.session.execute(
            update(Delivery)
            .where(Delivery.id.in_([parcel.id for parcel in parcels]))
            .values(claimed_by=claim_id, claimed_until=at + lease)
            .execution_options(synchronize_session=False)
        )
    return parcels


def hand_over(parcel: Parcel, claim_id: UUID, *, reference: str, at: datetime, lease: timedelta) -> bool:
    """Mark a claimed message as being sent; False if it was cancelled or has been claimed anew."""
    return parcel.id in hand_over_all({parcel.id: reference}, claim_id, at=at, lease=lease)


def hand_over_all(
    references: Mapping[UUID, str], claim_id: UUID, *, at: datetime, lease: timedelta
) -> set[UUID]:
    """Mark claimed messages as being sent; returns the ids of those that are still ours to send."""
    return set(
        db.session.scalars(
            update(Delivery)
            .where(
                Delivery.id.in_(references),
                Delivery.state == DeliveryState.WAITING,
                Delivery.claimed_by == claim_id,
            )
            .values(
                state=DeliveryState.SENDING,
                claimed_until=at + lease,
                reference=case(dict(references), value=Delivery.id),
            )
            .returning(Delivery.id)
            .execution_options(synchronize_session=False)
        )
    )


def put_off(parcels: Sequence[Parcel], claim_id: UUID, *, until: datetime, error: str | None) -> None:
    """Let messages that were certainly not taken wait for their next try."""
    db.session.execute(
        update(Delivery)
        .where(
            Delivery.id.in_([parcel.id for parcel in parcels]),
            Delivery.claimed_by == claim_id,
            Delivery.state.in_((DeliveryState.WAITING, DeliveryState.SENDING)),
        )
        .values(
            state=DeliveryState.WAITING,
            next_at=until,
            attempts=Delivery.attempts + 1,
            last_error=error,
            claimed_by=null(),
            claimed_until=null(),
        )
        .execution_options(synchronize_session=False)
    )
    agenda.note(QUEUE, until)


def release(
    parcels: Sequence[Parcel], claim_id: UUID, *, until: datetime | None = None, because: str | None = None
) -> None:
    """Give back messages that were claimed and not tried.

    :param until: when they may be tried, if not at once; this is no attempt
    """
    values = {} if until is None else {"next_at": until, "last_error": because}
    db.session.execute(
        update(Delivery)
        .where(
            Delivery.id.in_([parcel.id for parcel in parcels]),
            Delivery.claimed_by == claim_id,
            Delivery.state == DeliveryState.WAITING,
        )
        .values(claimed_by=null(), claimed_until=null(), **values)
        .execution_options(synchronize_session=False)
    )
    if until is not None:
        agenda.note(QUEUE, until)


def hurry(because: str, *, among: Select[Any] | None = None) -> None:
    """Have messages tried at once that were put off for a reason that is no more.

    :param among: the ids of those that it is about, if not about all
    """
    at = clock.now()
    about = () if among is None else (Delivery.id.in_(among),)
    db.session.execute(
        update(Delivery)
        .where(_in(DeliveryState.WAITING), Delivery.next_at > at, Delivery.last_error == because, *about)
        .values(next_at=at)
        .execution_options(synchronize_session=False)
    )
    agenda.note(QUEUE, at)
    ring()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the current tenant's outbox holds."""

    due: bool
    """Something can be sent now."""
    lost: bool
    """Something was handed over by a worker that has not been heard of since."""
    pending: bool
    """Something is with a worker."""


def outlook(*, at: datetime) -> Outlook:
    """Look at the outbox without touching it."""
    row = db.session.execute(
        select(
            exists().where(_here(), *_due(at)),
            exists().where(_here(), _in(DeliveryState.SENDING), Delivery.claimed_until < at),
            or_(
                exists().where(_here(), _in(DeliveryState.SENDING)),
                exists().where(_here(), _in(DeliveryState.WAITING), Delivery.next_at <= at),
            ),
        )
    ).one()
    return Outlook(due=row[0], lost=row[1], pending=row[2])


def lost(*, at: datetime, limit: int) -> list[tuple[Parcel, UUID]]:
    """Messages whose worker has vanished in the middle, with its claim, locked for this transaction."""
    found = db.session.execute(
        select(*_PARCEL, Delivery.claimed_by)
        .where(_in(DeliveryState.SENDING), Delivery.claimed_until < at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    return [(parcel_of(row), row.claimed_by) for row in found]


def parcel_of(row: Any) -> Parcel:
    """A row of the outbox as channels see it."""
    return Parcel(**{column.key: getattr(row, column.key) for column in _PARCEL})


def _in(state: DeliveryState) -> Any:
    # Spelled out in the statement: a partial index is of no use to a plan that does not know the state.
    return Delivery.state == literal(state.value, literal_execute=True)


def _due(at: datetime) -> tuple[Any, ...]:
    return (
        _in(DeliveryState.WAITING),
        Delivery.next_at <= at,
        or_(Delivery.claimed_until.is_(None), Delivery.claimed_until < at),
    )


def _here() -> Any:
    # Subqueries of a statement without a FROM are not reached by the ORM's own predicate.
    return Delivery.tenant_id == literal(require_tenant_id())


def _changed(statement: Any) -> bool:
    result = db.session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)  # noqa: S101  (narrows the type; an UPDATE always gives one)
    return result.rowcount == 1
