"""Writing down what people are to be told: each occasion once, whoever plans it and however often."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.access.actor import Actor
from app.core import clock, doorbell
from app.core.db import db
from app.core.ids import new_id
from app.messaging import outbox
from app.outreach.models import OutreachMessage, OutreachTry
from app.outreach.occasions import LONGEST_KEY, Occasion
from app.outreach.resting import awake
from app.outreach.states import Held, MessageState, Reason
from tenants import agenda
from tenants.context import require_tenant_id

QUEUE = "outreach"
RELEASE_TASK = "outreach.release"
SLICE = 500
_ANEW = (
    "purpose", "about_kind", "about_id", "origin_label", "choices", "place", "state", "reason", "held_by",
    "due_at", "next_at", "expires_at",
)  # fmt: skip


def plan(occasions: Sequence[Occasion], *, by: Actor | None = None) -> list[UUID]:
    """Write messages that are to go out; returns the ids of those whose occasion is new.

    What was taken back because its rule changed, before anything of it went out, is new again.

    :param by: who wrote them by hand
    """
    added: list[UUID] = []
    at = clock.now()
    once = list({one.key: one for one in occasions}.values())
    for start in range(0, len(once), SLICE):
        written = insert(OutreachMessage).values([_row(one, at, by) for one in once[start : start + SLICE]])
        added += db.session.scalars(
            written.on_conflict_do_update(
                index_elements=[OutreachMessage.tenant_id, OutreachMessage.key],
                set_={
                    "settled_at": None,
                    "repeated_at": None,
                    **{name: written.excluded[name] for name in _ANEW},
                },
                where=(OutreachMessage.state == MessageState.CANCELLED)
                & (OutreachMessage.reason == Reason.RULE_CHANGED)
                & OutreachMessage.released_at.is_(None),
            )
            .returning(OutreachMessage.id)
            .execution_options(populate_existing=True)
        ).all()
    if added:
        note_next(min(one.due_at for one in occasions))
    return added


def withdraw(origin_type: str, origin_id: UUID, *, reason: str, keys: Collection[str] | None = None) -> int:
    """Take back what has not been let go of what comes from somewhere; returns how many that were.

    What is in the outbox is not sent either if its origin is over (see `resting`).

    :param keys: only these occasions
    """
    which = [
        OutreachMessage.origin_type == origin_type,
        OutreachMessage.origin_id == origin_id,
        OutreachMessage.state == MessageState.WAITING,
    ]
    if keys is not None:
        which.append(OutreachMessage.key.in_(keys))
    taken = db.session.scalars(
        update(OutreachMessage)
        .where(*which)
        .values(state=MessageState.CANCELLED, reason=reason, settled_at=clock.now())
        .returning(OutreachMessage.id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(taken)


def unwrite(origin_type: str, origin_id: UUID) -> None:
    """Have nothing been written of what comes from somewhere and was never let go; what was stays."""
    tried = select(OutreachTry.id).where(
        OutreachTry.tenant_id == OutreachMessage.tenant_id, OutreachTry.message_id == OutreachMessage.id
    )
    db.session.execute(
        delete(OutreachMessage)
        .where(
            OutreachMessage.origin_type == origin_type,
            OutreachMessage.origin_id == origin_id,
            OutreachMessage.state == MessageState.WAITING,
            OutreachMessage.released_at.is_(None),
            ~tried.exists(),
        )
        .execution_options(synchronize_session=False)
    )


def note_next(due_at: datetime) -> None:
    """See to it that what is due then is not forgotten."""
    at = clock.now()
    agenda.note(QUEUE, max(due_at, at - timedelta(minutes=1)))
    if due_at <= at:
        ring()


def wake(origin_type: str, origin_id: UUID) -> None:
    """See to it that what rested of an origin goes on at once, wherever it has stood still."""
    note_next(clock.now())
    under_way = (
        select(OutreachTry.delivery_id)
        .join(OutreachMessage, OutreachMessage.id == OutreachTry.message_id)
        .where(
            OutreachTry.tenant_id == require_tenant_id(),
            OutreachMessage.tenant_id == require_tenant_id(),
            OutreachMessage.origin_type == origin_type,
            OutreachMessage.origin_id == origin_id,
            OutreachMessage.state == MessageState.SENDING,
        )
    )
    outbox.hurry(Held.RESTING, among=under_way)


def ring() -> None:
    """Have a worker release what is due in the current tenant after the commit."""
    doorbell.ring_after_commit(RELEASE_TASK, tenant_id=require_tenant_id())


def next_waiting() -> datetime | None:
    """When the next message is due that does not rest."""
    return db.session.scalar(
        select(func.min(OutreachMessage.next_at)).where(
            OutreachMessage.state == MessageState.WAITING, awake()
        )
    )


def _row(occasion: Occasion, at: datetime, by: Actor | None) -> dict[str, object]:
    if len(occasion.key) > LONGEST_KEY:
        raise ValueError(occasion.key)
    return {
        "tenant_id": require_tenant_id(),
        "id": new_id(),
        "key": occasion.key,
        "purpose": occasion.purpose,
        "contact_id": occasion.contact_id,
        "about_kind": occasion.about and occasion.about.kind,
        "about_id": occasion.about and occasion.about.id,
        "origin_type": occasion.origin.type,
        "origin_id": occasion.origin.id,
        "origin_label": occasion.origin.label,
        "choices": [
            {"way": choice.way.value, "template_id": str(choice.template_id)} for choice in occasion.choices
        ],
        "place": 0,
        "state": MessageState.WAITING,
        "reason": None,
        "held_by": None,
        "due_at": occasion.due_at,
        "next_at": occasion.due_at,
        "expires_at": occasion.expires_at,
        "created_at": at,
        "created_by_id": None if by is None or by.is_system else by.id,
    }
