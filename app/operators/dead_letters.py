"""Messages that did not arrive: looked at without their words, sent once more, or given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, select, text

from app.access.actor import Actor
from app.access.services.tenant import SUBJECT_ID
from app.access.trail import changed
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.events import publish
from app.core.ids import first_id, new_id
from app.events.messages import DeliveriesRepeated, Repeated
from app.messaging import outbox
from app.messaging.followed_up import followed_up
from app.messaging.models import Delivery, DeliveryState
from app.operators import deeds
from app.operators.entering import enter
from app.operators.gauging import KEPT
from app.operators.models import DeadLetterRuling, Ruling
from app.operators.sessions import Keeper
from tenants.context import require_tenant_id

MOST = 500
SHOWN = 100
_DEAD = (DeliveryState.FAILED, DeliveryState.UNCERTAIN)
_COPIED = (
    "channel", "kind", "address", "locale", "facts", "link", "envelope", "secret", "sender_id", "expires_at",
)  # fmt: skip


class NotSure(Conflict):
    """What may have arrived would perhaps arrive twice."""

    code = "dead-letter-uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an operator wants to be done with some messages, and why."""

    ids: Sequence[UUID]
    ruling: Ruling
    reason: str
    sure: bool
    """Whether what may have arrived is to be sent all the same."""


def listed(slug: str, *, before: UUID | None = None) -> dict[str, Any]:
    """A company's messages that did not arrive and were not ruled about, the latest first."""
    enter(slug)
    asked = _open().order_by(Delivery.id.desc()).limit(SHOWN + 1)
    found = db.session.scalars(asked if before is None else asked.where(Delivery.id < before)).all()
    more = found[SHOWN - 1].id if len(found) > SHOWN else None
    return {"items": [_shown(one) for one in found[:SHOWN]], "next": more}


def rule(keeper: Keeper, slug: str, wanted: Wanted) -> int:
    """Send messages once more, or give them up; returns how many were still open.

    :raises Invalid: without a reason
    :raises NotSure: if one may have arrived, and nobody has said that this does not matter
    """
    reason = wanted.reason.strip()
    if not reason:
        raise invalid("reason", "required")
    company = enter(slug)
    asked = _open().where(Delivery.id.in_(wanted.ids)).order_by(Delivery.id)
    found = db.session.scalars(asked.with_for_update(of=Delivery)).all()
    if wanted.ruling is Ruling.RETRY:
        _demand_fit(found, sure=wanted.sure)
        _send_again(found)
    if found:
        at, here = clock.now(), require_tenant_id()
        rows = [
            {
                "tenant_id": here, "delivery_id": one.id, "ruling": wanted.ruling.value, "reason": reason,
                "ruled_by": keeper.name, "ruled_at": at,
            }
            for one in found
        ]  # fmt: skip
        db.session.execute(insert(DeadLetterRuling), rows)
        deeds.note(keeper, f"letters-{wanted.ruling}", company=slug, amount=len(found), reason=reason)
        _tell(company, wanted.ruling, len(found), reason)
    return len(found)


def _tell(company: str, ruling: Ruling, count: int, reason: str) -> None:
    """The company itself sees in its trail what was done for it, and why."""
    audit.record(
        Actor.system(require_tenant_id()),
        Entry(
            action=f"letters-{ruling}",
            subject_type="tenant",
            subject_id=SUBJECT_ID,
            subject_label=company,
            changes=[changed("letters", None, count), changed("operator_reason", None, reason)],
        ),
    )


def _open() -> Any:
    ruled = and_(
        DeadLetterRuling.tenant_id == Delivery.tenant_id, DeadLetterRuling.delivery_id == Delivery.id
    )
    return (
        select(Delivery)
        .outerjoin(DeadLetterRuling, ruled)
        .where(
            Delivery.state.in_(_DEAD),
            Delivery.id > first_id(clock.now() - KEPT),
            DeadLetterRuling.delivery_id.is_(None),
            text(f"NOT ({followed_up(Delivery.__tablename__)})"),
        )
    )


def _demand_fit(found: Sequence[Delivery], *, sure: bool) -> None:
    if any(one.secret and not one.facts for one in found):
        raise invalid("ids", "dead-letter-wiped")
    if any(_is_stale(one) for one in found):
        raise invalid("ids", "dead-letter-expired")
    if not sure and any(one.state == DeliveryState.UNCERTAIN for one in found):
        raise NotSure


def _is_stale(one: Delivery) -> bool:
    return one.expires_at is not None and one.expires_at <= clock.now()


def _send_again(found: Sequence[Delivery]) -> None:
    """New rows of the outbox with the same content: what has ended stays ended."""
    became = {one.id: new_id() for one in found}
    outbox.add(
        [
            {
                **{name: getattr(one, name) for name in _COPIED},
                "id": became[one.id], "dedupe_key": f"again:{one.id}",
            }
            for one in found
        ]
    )  # fmt: skip
    again = [Repeated(delivery_id=one.id, kind=one.kind, repeated_as=became[one.id]) for one in found]
    publish(DeliveriesRepeated(repeated=tuple(again)))


def _shown(one: Delivery) -> dict[str, Any]:
    return {
        "id": one.id,
        "channel": one.channel,
        "kind": one.kind,
        "address": masked(one.address),
        "state": one.state,
        "error": one.last_error,
        "attempts": one.attempts,
        "repeatable": not (one.secret and not one.facts) and not _is_stale(one),
        "created_at": one.created_at,
        "settled_at": one.settled_at,
    }


def masked(address: str) -> str:
    """So much of an address that two can be told apart, and nobody be written to."""
    name, at, domain = address.rpartition("@")
    if at:
        return f"{name[:1]}***@{domain}"
    return f"{address[:3]}***{address[-2:]}" if len(address) > 6 else "***"
