"""Handing texts in at vendors and asking what has become of them; vendors are called outside transactions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.exc import InterfaceError, OperationalError

from app.consents.states import Purpose
from app.core import clock
from app.core.db import db
from app.core.logs import described
from app.core.uow import unit_of_work
from app.message_templates.models import MessageTemplate
from app.sms import secrets
from app.sms.models import SmsAccount, SmsFiling
from app.sms.states import FilingState
from app.sms.vendors.contract import SmsVendor, VendorTrouble
from tenants import agenda, rounds

log = structlog.get_logger(__name__)

QUEUE = "sms-filings"
BATCH = 20
_SOON, _LATER = timedelta(minutes=1), timedelta(minutes=15)
_HURRY = timedelta(minutes=10)
"""For so long somebody may be waiting before the page."""
_LEASE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class _Work:
    """A text to hand in, or to ask about."""

    id: UUID
    vendor: SmsVendor
    name: str
    text: str
    advertises: bool
    code: str | None
    submitted_at: datetime


def note(at: datetime) -> None:
    """See to it that what is to be handed in or asked about is not forgotten."""
    agenda.note(QUEUE, at)


def sweep() -> None:
    """Hand in and ask for every company."""
    rounds.walk(QUEUE, tend, open_only=True)


def tend() -> None:
    """Hand in the current company's texts, and ask about those that are with a vendor."""
    at = clock.now()
    for work in _claimed(at):
        try:
            _record(work, _told(work))
        except VendorTrouble as trouble:
            log.warning("sms.filing_failed", filing=str(work.id), error=trouble.error)
            _record(work, {"reason": trouble.error, "next_at": at + _LATER})
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # one that we stumble over must not keep the others waiting
            log.error("sms.filing_broken", filing=str(work.id), **described(error))  # noqa: TRY400
            _record(work, {"reason": "internal", "next_at": at + _LATER})
    with unit_of_work():
        agenda.settle(QUEUE, at=at)
        following = db.session.scalar(select(func.min(SmsFiling.next_at)))
        if following is not None:
            agenda.note(QUEUE, following)


def _claimed(at: datetime) -> list[_Work]:
    with unit_of_work():
        rows = db.session.execute(
            select(SmsFiling, SmsAccount, MessageTemplate.name, MessageTemplate.purpose)
            .join(SmsAccount, SmsAccount.id == SmsFiling.account_id)
            .join(MessageTemplate, MessageTemplate.id == SmsFiling.template_id)
            .where(SmsFiling.next_at <= at)
            .order_by(SmsFiling.next_at, SmsFiling.id)
            .limit(BATCH)
            .with_for_update(skip_locked=True, of=SmsFiling)
        ).all()
        work = [
            _Work(
                id=filed.id, vendor=secrets.opened(account), name=name, text=filed.text,
                advertises=purpose == Purpose.MARKETING, code=filed.code, submitted_at=filed.submitted_at,
            )
            for filed, account, name, purpose in rows
        ]  # fmt: skip
        for filed, *_ in rows:
            filed.next_at = at + _LEASE
    return work


def _told(work: _Work) -> dict[str, object]:
    at = clock.now()
    if work.code is None:
        code = work.vendor.hand_in(work.name, work.text, advertises=work.advertises)
        return {"code": code, "state": FilingState.PENDING, "reason": None, "next_at": at + _SOON}
    verdict = work.vendor.look([work.code]).get(work.code)
    if verdict is None:
        return {"state": FilingState.REJECTED, "reason": "unknown-there", "checked_at": at, "next_at": None}
    waits = verdict.state is FilingState.PENDING
    pause = _SOON if at - work.submitted_at < _HURRY else _LATER
    return {
        "state": verdict.state,
        "reason": verdict.reason,
        "checked_at": at,
        "next_at": at + pause if waits else None,
    }


def _record(work: _Work, values: dict[str, object]) -> None:
    with unit_of_work():
        db.session.execute(
            update(SmsFiling)
            # One that was handed in anew meanwhile is another.
            .where(SmsFiling.id == work.id, SmsFiling.submitted_at == work.submitted_at)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
