"""Asking vendors later about messages that they never answered for: some of those they have sent after all.

Nothing is sent again by what is learnt here; a message of which no vendor knows stays uncertain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.messaging import receipts
from app.messaging.models import Delivery, DeliveryState, Told
from app.messaging.receipts import Receipt
from app.sms import secrets
from app.sms.models import SmsAccount, SmsInquiry
from app.sms.states import AccountState
from app.sms.vendors.contract import SmsVendor, VendorTrouble
from tenants import agenda, rounds
from tenants.context import require_tenant_id

log = structlog.get_logger(__name__)

QUEUE = "sms-inquiries"
BATCH = 20
PAUSES = (
    timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24),
)  # fmt: skip
"""After how long each is asked about, and no more after the last: vendors keep it for three days."""


@dataclass(frozen=True, slots=True)
class _Question:
    delivery_id: UUID
    number: str
    sent_at: datetime


def note(delivery_ids: Sequence[UUID]) -> None:
    """Have vendors asked about messages that nobody knows the fate of."""
    if not delivery_ids:
        return
    next_at = clock.now() + PAUSES[0]
    tenant_id = require_tenant_id()
    db.session.execute(
        insert(SmsInquiry)
        .values(
            [
                {"tenant_id": tenant_id, "delivery_id": one, "asked": 0, "next_at": next_at}
                for one in delivery_ids
            ]
        )
        .on_conflict_do_nothing()
    )
    agenda.note(QUEUE, next_at)


def sweep() -> None:
    """Ask for every company."""
    rounds.walk(QUEUE, tend)


def tend() -> None:
    """Ask about the current company's messages that are due; vendors are called outside transactions."""
    at = clock.now()
    questions, vendors = _claimed(at)
    for question in questions:
        told = [found for vendor in vendors if (found := _answer(vendor, question))]
        if told:
            with unit_of_work():
                receipts.take("sms", told)
                which = SmsInquiry.delivery_id == question.delivery_id
                db.session.execute(delete(SmsInquiry).where(which))
    with unit_of_work():
        agenda.settle(QUEUE, at=at)
        following = db.session.scalar(select(func.min(SmsInquiry.next_at)))
        if following is not None:
            agenda.note(QUEUE, following)


def _claimed(at: datetime) -> tuple[list[_Question], list[SmsVendor]]:
    """What is due, put off at once to the next time, so that who dies in the middle asks again then."""
    with unit_of_work():
        _forget()
        rows = db.session.execute(
            select(SmsInquiry.delivery_id, SmsInquiry.asked, Delivery.address, Delivery.settled_at)
            .join(Delivery, Delivery.id == SmsInquiry.delivery_id)
            .where(SmsInquiry.next_at <= at)
            .order_by(SmsInquiry.next_at, SmsInquiry.delivery_id)
            .limit(BATCH)
            .with_for_update(skip_locked=True, of=SmsInquiry)
        ).all()
        for asked in {row.asked for row in rows}:
            alike = [row.delivery_id for row in rows if row.asked == asked]
            _put_off(alike, asked + 1, at)
        accounts = select(SmsAccount).where(SmsAccount.state == AccountState.ON).order_by(SmsAccount.place)
        vendors = [secrets.opened(account) for account in db.session.scalars(accounts)] if rows else []
    return [_Question(row.delivery_id, row.address, row.settled_at or at) for row in rows], vendors


def _put_off(delivery_ids: Sequence[UUID], asked: int, at: datetime) -> None:
    these = SmsInquiry.delivery_id.in_(delivery_ids)
    if asked == len(PAUSES):
        db.session.execute(delete(SmsInquiry).where(these))
        return
    db.session.execute(
        update(SmsInquiry)
        .where(these)
        .values(asked=asked, next_at=at + PAUSES[asked])
        .execution_options(synchronize_session=False)
    )


def _forget() -> None:
    """What has been told meanwhile needs no asking."""
    known = exists().where(Delivery.id == SmsInquiry.delivery_id, Delivery.state != DeliveryState.UNCERTAIN)
    db.session.execute(delete(SmsInquiry).where(known).execution_options(synchronize_session=False))


def _answer(vendor: SmsVendor, question: _Question) -> Receipt | None:
    try:
        report = vendor.ask(question.number, question.sent_at, question.delivery_id.hex)
    except VendorTrouble as trouble:
        log.warning("sms.inquiry_failed", delivery=str(question.delivery_id), error=trouble.error)
        return None
    if report is None:
        return None
    return Receipt(
        reference=f"asked:{question.delivery_id.hex}",
        verdict=Told.DELIVERED if report.arrived else Told.UNDELIVERED,
        error=report.error,
        at=report.at,
        delivery_id=question.delivery_id,
    )
