"""What workers do with the outbox, one tenant at a time and a bounded batch at a time.

The provider is called outside any transaction. A message is marked immediately before it is handed over and
its result is written immediately after: whoever dies in between leaves a mark, and such a message is never
sent again unless its channel dedupes.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby
from uuid import UUID

import structlog

from app.core import clock
from app.core.events import publish
from app.core.ids import new_id
from app.core.logs import described
from app.core.uow import unit_of_work
from app.events.messages import MailboxUnknown
from app.messaging import barring, outbox
from app.messaging.channels import CHANNELS, outgoing
from app.messaging.channels.contract import NO_MAILBOX, Line, Message, OutboxChannel, Outcome, Verdict
from app.messaging.models import DeliveryState
from app.messaging.outbox import QUEUE, Parcel
from tenants import agenda, rounds
from tenants.context import current_tenant_id

log = structlog.get_logger(__name__)

BATCH = 20
LEASE = timedelta(minutes=5)
SLICE = timedelta(seconds=30)
"""How long one batch may take before the rest goes back, so that other tenants have their turn."""
PATIENCE = timedelta(hours=48)
"""How long a message is tried."""
_PAUSES = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60, 120, 240))


def sweep() -> None:
    """Look into the outbox of every tenant that may have something due: what bells were lost for."""
    rounds.walk(QUEUE, tend)


def tend() -> None:
    """Ring for what is due in the current tenant, and close what a dead worker left open."""
    at = clock.now()
    with unit_of_work():
        outlook = outbox.outlook(at=at)
        if outlook.lost:
            for parcel, claim_id in outbox.lost(at=at, limit=BATCH):
                _record(parcel, claim_id, Outcome(Verdict.UNCLEAR, "interrupted"))
        if outlook.due:
            outbox.ring()
        elif not outlook.pending:
            agenda.settle(QUEUE, at=at)


def send_due(*, lease: timedelta = LEASE) -> None:
    """Send a batch of the current tenant's due messages, and ring again if there may be more."""
    claim_id, at = new_id(), clock.now()
    with unit_of_work():
        parcels = outbox.claim(claim_id, at=at, lease=lease, limit=BATCH)
    for name, group in groupby(sorted(parcels, key=lambda parcel: parcel.channel), lambda p: p.channel):
        Batch(outgoing(name), claim_id, lease).send(list(group))
    if len(parcels) == BATCH:
        with unit_of_work():
            outbox.ring()


class Batch:
    """One claim's messages of one channel."""

    def __init__(self, channel: OutboxChannel, claim_id: UUID, lease: timedelta) -> None:
        self._channel = channel
        self._claim_id = claim_id
        self._lease = lease

    def send(self, parcels: Sequence[Parcel]) -> None:
        """Send them one after the other over one line; what there is no time for is given back."""
        end = clock.now() + SLICE
        with self._channel.open() as line:
            for done, parcel in enumerate(parcels, start=1):
                outcome = self._attempt(line, parcel)
                rest = parcels[done:]
                with unit_of_work():
                    _record(parcel, self._claim_id, outcome)
                    if outcome.verdict is Verdict.DOWN:
                        _postpone(rest, self._claim_id, outcome.error)
                    elif rest and clock.now() > end:
                        outbox.release(rest, self._claim_id)
                        outbox.ring()
                    else:
                        continue
                return

    def _attempt(self, line: Line, parcel: Parcel) -> Outcome:
        if parcel.expires_at is not None and parcel.expires_at <= clock.now():
            return Outcome(Verdict.REFUSED, "expired")
        if parcel.envelope is not None and _barred(parcel):
            return Outcome(Verdict.REFUSED, "suppressed")
        handed = _HandOver(partial(self._hand_over, parcel))
        try:
            return line.send(parcel, handed)
        except Exception as error:  # a fault of ours in one message must not stop the others
            log.error("delivery.broken", delivery=str(parcel.id), **described(error))  # noqa: TRY400
            return Outcome(Verdict.UNCLEAR if handed.happened else Verdict.LATER, "internal")

    def _hand_over(self, parcel: Parcel, reference: str) -> bool:
        with unit_of_work():
            return outbox.hand_over(
                parcel, self._claim_id, reference=reference, at=clock.now(), lease=self._lease
            )


class _HandOver:
    """Marks a message as handed over, and remembers that it did."""

    def __init__(self, mark: Callable[[str], bool]) -> None:
        self._mark = mark
        self.happened = False

    def __call__(self, reference: str) -> bool:
        # Set first: a commit whose answer is lost may have happened.
        self.happened = True
        self.happened = self._mark(reference)
        return self.happened


def _barred(parcel: Parcel) -> bool:
    """Whether nothing may be sent to where it goes: that may have changed while it waited."""
    with unit_of_work():
        return bool(barring.barred(parcel.channel, [parcel.address]))


def _record(parcel: Parcel, claim_id: UUID, outcome: Outcome) -> None:
    verdict, error = outcome.verdict, outcome.error
    if verdict is Verdict.UNCLEAR and outgoing(parcel.channel).dedupes:
        verdict = Verdict.LATER
    match verdict:
        case Verdict.SENT:
            outbox.settle(parcel, claim_id, DeliveryState.SENT, None)
        case Verdict.REFUSED:
            _end_badly(parcel, claim_id, DeliveryState.FAILED, error)
            if error == NO_MAILBOX and parcel.envelope is not None:
                publish(MailboxUnknown(address=parcel.address))
        case Verdict.UNCLEAR:
            _end_badly(parcel, claim_id, DeliveryState.UNCERTAIN, error)
        case Verdict.LATER | Verdict.DOWN:
            _postpone([parcel], claim_id, error)
    if verdict not in {Verdict.SENT, Verdict.DROPPED}:
        log.warning(
            "delivery.not_sent",
            tenant=current_tenant_id(),
            delivery=str(parcel.id),
            channel=parcel.channel,
            verdict=verdict.value,
            error=error,
        )


def _end_badly(parcel: Parcel, claim_id: UUID, state: DeliveryState, error: str | None) -> None:
    """Close a message that did not arrive, or perhaps not, and tell its sender."""
    if not outbox.settle(parcel, claim_id, state, error) or parcel.sender_id is None:
        return
    facts = {"to": parcel.address, "subject": outgoing(parcel.channel).title(parcel)}
    kind = f"{parcel.channel}-{state.value}"
    key = f"{kind}:{parcel.id}"
    CHANNELS["bell"].accept([Message(kind=kind, facts=facts, to=str(parcel.sender_id), dedupe_key=key)])


def _postpone(parcels: Sequence[Parcel], claim_id: UUID, error: str | None) -> None:
    """Put off what is worth another try; the pause grows with the attempts, and some day it is enough."""
    at = clock.now()
    by_attempts = sorted(parcels, key=lambda parcel: parcel.attempts)
    for attempts, group in groupby(by_attempts, lambda parcel: parcel.attempts):
        fresh = []
        for parcel in group:
            if at - parcel.created_at > PATIENCE:
                _end_badly(parcel, claim_id, DeliveryState.FAILED, error)
            else:
                fresh.append(parcel)
        if fresh:
            pause = _PAUSES[min(attempts, len(_PAUSES) - 1)]
            outbox.put_off(fresh, claim_id, until=at + pause, error=error)
