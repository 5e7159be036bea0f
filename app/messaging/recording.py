"""Writing down how tries ended: the end of a message, or when it is tried again."""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

import structlog

from app.core import clock
from app.core.events import publish
from app.events.messages import MailboxUnknown, NumberRefuses
from app.messaging import endings, outbox
from app.messaging.channels import CHANNELS, outgoing
from app.messaging.channels.contract import NO_MAILBOX, NUMBER_REFUSES, Message, Outcome, Verdict
from app.messaging.endings import Ending
from app.messaging.models import DeliveryState
from app.messaging.outbox import Parcel
from tenants.context import current_tenant_id

log = structlog.get_logger(__name__)

PATIENCE = timedelta(hours=48)
"""How long a message is tried at least."""
FEWEST_TRIES = 12
"""How often at least: what rested meanwhile, or was a closed company's, was not tried all the time."""
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
_STATES = {
    Verdict.SENT: DeliveryState.SENT,
    Verdict.REFUSED: DeliveryState.FAILED,
    Verdict.UNCLEAR: DeliveryState.UNCERTAIN,
    Verdict.BARRED: DeliveryState.SUPPRESSED,
    Verdict.EXPIRED: DeliveryState.EXPIRED,
}
_TOLD_AS = {
    DeliveryState.FAILED: "failed",
    DeliveryState.SUPPRESSED: "failed",
    DeliveryState.EXPIRED: "failed",
    DeliveryState.UNCERTAIN: "uncertain",
}
"""What senders are told of ends that are not what they wanted."""


def record(outcomes: Sequence[tuple[Parcel, Outcome]], claim_id: UUID) -> None:
    """Write down how a claim's messages fared; where many did alike, in few statements."""
    ends: list[Ending] = []
    again: list[tuple[Parcel, Outcome]] = []
    for parcel, outcome in outcomes:
        verdict = outcome.verdict
        if verdict is Verdict.UNCLEAR and outgoing(parcel.channel).dedupes:
            verdict = Verdict.LATER
        if verdict in _STATES:
            ends.append(Ending(parcel, _STATES[verdict], outcome.error, outcome.reference, outcome.charge))
        elif verdict is Verdict.NOT_NOW:
            # Whoever waits for it learns in time that it will not go out.
            until = outcome.until and min(outcome.until, parcel.expires_at or outcome.until)
            outbox.release([parcel], claim_id, until=until, because=outcome.error)
        elif verdict is not Verdict.DROPPED:
            again.append((parcel, outcome))
        if verdict not in {Verdict.SENT, Verdict.DROPPED}:
            _log(parcel, verdict, outcome)
    settled = endings.settle(ends, claim_id)
    tell([ending for ending in ends if ending.parcel.id in settled])
    for error, group in groupby(sorted(again, key=_error), _error):
        postpone([parcel for parcel, _ in group], claim_id, error or None)


def postpone(parcels: Iterable[Parcel], claim_id: UUID, error: str | None) -> None:
    """Put off what is worth another try; the pause grows with the attempts, and some day it is enough."""
    at = clock.now()
    by_attempts = sorted(parcels, key=lambda parcel: parcel.attempts)
    given_up = [parcel for parcel in by_attempts if _is_enough(parcel, at)]
    ends = [Ending(parcel, DeliveryState.FAILED, error) for parcel in given_up]
    settled = endings.settle(ends, claim_id)
    tell([ending for ending in ends if ending.parcel.id in settled])
    for attempts, group in groupby(by_attempts, lambda parcel: parcel.attempts):
        fresh = [parcel for parcel in group if not _is_enough(parcel, at)]
        if fresh:
            outbox.put_off(fresh, claim_id, until=at + pause_after(attempts), error=error)


def _is_enough(parcel: Parcel, at: datetime) -> bool:
    return at - parcel.created_at > PATIENCE and parcel.attempts + 1 >= FEWEST_TRIES


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many tries before: anything up to a bound that doubles each time."""
    bound: timedelta = min(_FIRST_PAUSE * 2 ** min(attempts, 20), _LONGEST_PAUSE)
    # Never at once: what failed a moment ago would fail again.
    return random.uniform(0.1, 1) * bound  # noqa: S311


def _error(tried: tuple[Parcel, Outcome]) -> str:
    return tried[1].error or ""


def tell(ends: Sequence[Ending]) -> None:
    """Tell senders what did not arrive, or perhaps not; and all, which mailboxes there are not."""
    bells = []
    for ending in ends:
        parcel = ending.parcel
        if ending.error == NO_MAILBOX and parcel.envelope is not None:
            publish(MailboxUnknown(address=parcel.address))
        if ending.error == NUMBER_REFUSES:
            publish(NumberRefuses(address=parcel.address))
        if parcel.sender_id is None or ending.state not in _TOLD_AS:
            continue
        kind = f"{parcel.channel}-{_TOLD_AS[ending.state]}"
        facts = {"to": parcel.address, "subject": outgoing(parcel.channel).title(parcel)}
        key = f"{kind}:{parcel.id}"
        bells.append(Message(kind=kind, facts=facts, to=str(parcel.sender_id), dedupe_key=key))
    if bells:
        CHANNELS["bell"].accept(bells)


def _log(parcel: Parcel, verdict: Verdict, outcome: Outcome) -> None:
    log.warning(
        "delivery.not_sent",
        tenant=current_tenant_id(),
        delivery=str(parcel.id),
        channel=parcel.channel,
        verdict=verdict.value,
        error=outcome.error,
    )
