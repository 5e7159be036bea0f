"""What vendors tell us by themselves: receipts, and what people have answered."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.access import throttle
from app.access.actor import Actor
from app.access.rules import unlocked
from app.consents import ledger, suppressing
from app.consents.states import About, Purpose, Reason, Source, Way
from app.contacts.models import Contact
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound, invalid
from app.core.events import publish
from app.core.ids import new_id
from app.events.messages import ContactAnswered
from app.messaging import receipts
from app.messaging.models import Told
from app.messaging.receipts import Receipt
from app.sms import secrets
from app.sms.models import SmsAccount, SmsReply
from app.sms.states import Vendor
from app.sms.vendors import CALLBACKS
from app.sms.vendors.contract import Callback, Reply, Report
from tenants import provisioning, rls

LARGEST_BYTES = 64 * 1024
MOST_AT_ONCE = 1000
_WORDS = {"R", "T", "TD", "N", "退订", "拒收", "TDX", "QX"}
LONGEST_TEXT = 500
_NAME = re.compile(r"[0-9a-f]{32}")


@unlocked("whoever knows the sealed path: the vendor to whom the company has given it")
def take(token: str, body: Any) -> Callback:
    """Heed what a vendor tells; returns how it wants to be thanked.

    :raises NotFound: for a path that is not ours
    :raises Invalid: for a body that is not the vendor's
    """
    throttle.count(throttle.SMS_CALLBACK_BY_ADDRESS, throttle.here())
    account = _account(token)
    callback = CALLBACKS[Vendor(account.vendor)]
    try:
        reports, replies = callback.read(body)
        told = [_receipt(account, report) for report in reports]
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise invalid("body", "callback-unreadable") from None
    if len(reports) + len(replies) > MOST_AT_ONCE:
        raise invalid("body", "callback-unreadable")
    receipts.take("sms", told)
    for reply in replies:
        _heed(account, reply)
    return callback


def _account(token: str) -> SmsAccount:
    parts = secrets.parts_of(token)
    tenant = provisioning.tenant_by_slug(parts[0]) if parts else None
    if parts is None or tenant is None:
        raise NotFound
    if not secrets.is_sealed(tenant.id, parts[1], parts[2]):
        raise NotFound
    rls.step_in(db.session(), tenant.id)
    account = db.session.scalars(select(SmsAccount).where(SmsAccount.id == parts[1])).first()
    if account is None:
        raise NotFound
    return account


def _receipt(account: SmsAccount, report: Report) -> Receipt:
    return Receipt(
        reference=f"{account.vendor}:{report.serial}"[:200],
        verdict=Told.DELIVERED if report.arrived else Told.UNDELIVERED,
        error=report.error,
        at=report.at,
        delivery_id=_ours(report.reference),
    )


def _ours(reference: str | None) -> UUID | None:
    """The message that a name is ours of; whoever shares an account with us gives other names."""
    return UUID(hex=reference) if reference and _NAME.fullmatch(reference) else None


def _heed(account: SmsAccount, reply: Reply) -> None:
    """Note what somebody has answered; one who wants to hear no more is written to no more from now on."""
    text = reply.text.strip()[:LONGEST_TEXT]
    opts_out = unicodedata.normalize("NFKC", text).strip().strip("。.!！").upper() in _WORDS
    theirs = _whose(reply.number)
    contact = theirs[0] if theirs else None
    fresh = db.session.execute(
        insert(SmsReply)
        .values(
            tenant_id=account.tenant_id,
            id=new_id(),
            account_id=account.id,
            key=reply.key[:200],
            number=reply.number[:40],
            text=text,
            opts_out=opts_out,
            contact_id=contact.id if contact else None,
            at=reply.at,
            received_at=clock.now(),
        )
        .on_conflict_do_nothing()
        .returning(SmsReply.id)
    ).first()
    if fresh is None:
        return
    product = Actor.system(account.tenant_id)
    if opts_out:
        suppressing.put(product, Way.SMS, [reply.number], reason=Reason.REPLIED, note=text[:100])
        for one in theirs:
            said = [(About.CONSENT, purpose, Way.SMS, False) for purpose in Purpose]
            ledger.write(product, [one], said, source=Source.REPLY, evidence=text[:100], said_at=reply.at)
    if contact is not None:
        publish(ContactAnswered(contact_id=contact.id, text=text, opts_out=opts_out, at=reply.at))


def _whose(number: str) -> Sequence[Contact]:
    """Those whose number it is, the one who was changed last first."""
    asked = (
        select(Contact)
        .where(Contact.phones.contains([{"number": number}]), Contact.deleted_at.is_(None))
        .order_by(Contact.updated_at.desc())
        .limit(20)
    )
    return db.session.scalars(asked).all()
