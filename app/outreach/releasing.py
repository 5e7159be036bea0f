"""Letting messages go when their time has come: one worker of a company at a time, so that caps hold."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import func, select, text

from app.consents.states import Purpose, Way
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.core.ids import new_id
from app.core.uow import unit_of_work
from app.insights.message_values import Subject
from app.messaging import services as messaging
from app.messaging.channels.contract import Envelope, Message
from app.outreach import gathering, planning, ways
from app.outreach.deciding import Case, End, Fate, Go, Wait, World, decide
from app.outreach.models import OutreachMessage, OutreachTry
from app.outreach.planning import QUEUE
from app.outreach.resting import awake, over
from app.outreach.states import MessageState
from tenants import agenda, rounds
from tenants.closing import is_open
from tenants.context import require_tenant_id

KIND = "outreach"
BATCH = 200
FOLLOWED = frozenset({"campaign"})
"""What it is known of who follows the links of; a greeting is nobody's measure."""
_CHANGE = text(
    "UPDATE outreach_messages m SET state = v.state, reason = v.reason, held_by = v.held_by, "
    "place = v.place, way = v.way, next_at = coalesce(v.next_at, m.next_at), "
    "released_at = coalesce(v.released_at, m.released_at), settled_at = v.settled_at "
    "FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS v (id uuid, state text, reason text, held_by text, "
    "place int, way text, next_at timestamptz, released_at timestamptz, settled_at timestamptz) "
    "WHERE m.tenant_id = :tenant AND m.id = v.id"
)


def sweep() -> None:
    """Ring for every company that has messages due: what bells were lost for."""
    rounds.walk(QUEUE, tend, open_only=True)


def tend() -> None:
    """Ring for what is due in the current company, or see to it that the next is not forgotten."""
    at = clock.now()
    with unit_of_work():
        due_at = planning.next_waiting()
        if due_at is not None and due_at <= at:
            planning.ring()
            return
        agenda.settle(QUEUE, at=at)
        if due_at is not None:
            planning.note_next(due_at)


def release_due() -> None:
    """Let a batch of the current company's due messages go, and ring again if there may be more."""
    with unit_of_work():
        if _alone() and _release(clock.now()) == BATCH:
            planning.ring()


def _alone() -> bool:
    """Whether nobody else is letting messages of this company go."""
    place = func.hashtextextended(f"{QUEUE}|{require_tenant_id()}", 0)
    return bool(db.session.scalar(select(func.pg_try_advisory_xact_lock(place))))


def _release(at: datetime) -> int:
    found = db.session.execute(
        select(OutreachMessage, over())
        .where(
            OutreachMessage.state == MessageState.WAITING, OutreachMessage.next_at <= at, awake(), is_open()
        )
        .order_by(OutreachMessage.next_at, OutreachMessage.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True, of=OutreachMessage)
    ).all()
    if not found:
        return 0
    due = [message for message, _ in found]
    choices = {choice for message in due for choice in message.options}
    world = gathering.world({message.contact_id for message in due}, choices, at=at)
    cases = cases_of(due, world, at)
    fates = []
    for (message, because), case in zip(found, cases, strict=True):
        fate = End(MessageState.CANCELLED, because) if because else decide(case, world, at)
        if isinstance(fate, Go):
            world.had.setdefault((message.contact_id, case.purpose), []).append(at)
        fates.append((message, fate))
    _write(fates, world, at)
    return len(due)


def cases_of(messages: Sequence[OutreachMessage], world: World, at: datetime) -> list[Case]:
    """Messages with all that their words are made of."""
    today = at.astimezone(world.zone).date()
    subjects = [
        Subject(
            one.contact_id, one.about_kind, one.about_id, today, world.locale_of(one.options, one.contact_id)
        )
        for one in messages
    ]
    return [
        Case(
            purpose=Purpose(message.purpose),
            contact_id=message.contact_id,
            choices=message.options,
            place=message.place,
            expires_at=message.expires_at,
            values=values,
            held_by=message.held_by,
        )
        for message, values in zip(messages, gathering.values(subjects), strict=True)
    ]


def _write(fates: Sequence[tuple[OutreachMessage, Fate]], world: World, at: datetime) -> None:
    changes: list[dict[str, Any]] = []
    tries: list[dict[str, Any]] = []
    letters: dict[Way, list[Message]] = {}
    for message, fate in fates:
        changes.append({"id": message.id, **_change(message, fate, at)})
        passed = () if isinstance(fate, Wait) else fate.passed
        tries += [_try(message, (one.place, one.way), at, refused=one.reason) for one in passed]
        if isinstance(fate, Go):
            tries.append(_try(message, (fate.place, fate.choice.way), at))
            letters.setdefault(fate.choice.way, []).append(
                letter_of(message, fate, world, tries[-1]["delivery_id"])
            )
    for way, ready in letters.items():
        messaging.enqueue(ways.channel_of(way), ready)
    insert_many(OutreachTry, tries)
    db.session.execute(_CHANGE, {"tenant": require_tenant_id(), "rows": orjson.dumps(changes).decode()})
    if later := [fate.until for _, fate in fates if isinstance(fate, Wait)]:
        planning.note_next(min(later))


def _change(message: OutreachMessage, fate: Fate, at: datetime) -> dict[str, Any]:
    match fate:
        case Go():
            return {
                "state": MessageState.SENDING,
                "place": fate.place,
                "way": fate.choice.way,
                "released_at": message.released_at or at,
            }
        case Wait():
            until = min(fate.until, message.expires_at)
            return {
                "state": MessageState.WAITING,
                "place": message.place,
                "held_by": fate.held_by,
                "next_at": until,
            }
        case End():
            return {"state": fate.state, "reason": fate.reason, "place": message.place, "settled_at": at}


def _try(
    message: OutreachMessage, way: tuple[int, Way], at: datetime, *, refused: str | None = None
) -> dict[str, Any]:
    """A row for a way that goes out, or was refused."""
    return {
        "tenant_id": message.tenant_id,
        "id": new_id(),
        "message_id": message.id,
        "place": way[0],
        "way": way[1],
        "state": "suppressed" if refused else "sending",
        "reason": refused,
        "delivery_id": None if refused else new_id(),
        "at": at,
        "settled_at": at if refused else None,
    }


def letter_of(message: OutreachMessage, go: Go, world: World, delivery_id: UUID) -> Message:
    """What goes into the outbox."""
    person, template_id = world.people[message.contact_id], go.choice.template_id
    mail = go.choice.way is Way.MAIL
    facts: dict[str, Any] = {
        "outreach": str(message.id),
        "template": str(template_id),
        "purpose": message.purpose,
        "subject": go.words.subject,
        "text": go.words.text,
        "html": go.words.html,
        "values": dict(go.words.values),
    }
    if mail:
        facts["unsubscribe"] = person.preferences
        facts["follows"] = message.origin_type in FOLLOWED
    return Message(
        id=delivery_id,
        kind=KIND,
        facts=facts,
        to=go.address,
        envelope=_envelope(go, world, person.reply_to) if mail else None,
        dedupe_key=f"{KIND}:{message.id}:{go.place}:{delivery_id.hex}",
        locale=world.templates[template_id].locale,
        expires_at=message.expires_at,
    )


def _envelope(go: Go, world: World, reply_to: str | None) -> Envelope:
    return Envelope(
        to=[go.address],
        sender=world.company,
        reply_to=reply_to,
        enclosed=world.enclosed.get(go.choice.template_id),
    )
