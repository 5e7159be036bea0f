"""What workers do with the outbox, one tenant at a time and a bounded batch at a time.

The provider is called outside any transaction. A message is marked immediately before it is handed over and
its result is written immediately after: whoever dies in between leaves a mark, and such a message is never
sent again unless its channel dedupes. Messages of a channel that does are marked and recorded many at a time.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

import structlog

from app.core import clock
from app.core.ids import new_id
from app.core.logs import described
from app.core.uow import unit_of_work
from app.messaging import admission, barring, breaker, outbox, recording
from app.messaging.barring import Bar
from app.messaging.channels import outgoing
from app.messaging.channels.contract import Line, OutboxChannel, Outcome, Verdict
from app.messaging.outbox import QUEUE, Parcel
from tenants import agenda, rounds

log = structlog.get_logger(__name__)

BATCH = 100
LEASE = timedelta(minutes=5)
SLICE = timedelta(seconds=30)
"""How long one batch may take before the rest goes back, so that other tenants have their turn."""
EXPIRED = "expired"


def sweep() -> None:
    """Look into the outbox of every tenant that may have something due: what bells were lost for."""
    rounds.walk(QUEUE, tend, open_only=True)


def tend() -> None:
    """Ring for what is due in the current tenant, and close what a dead worker left open."""
    at = clock.now()
    with unit_of_work():
        outlook = outbox.outlook(at=at)
        if outlook.lost:
            for parcel, claim_id in outbox.lost(at=at, limit=BATCH):
                recording.record([(parcel, Outcome(Verdict.UNCLEAR, "interrupted"))], claim_id)
        if outlook.due:
            outbox.ring()
        elif not outlook.pending:
            agenda.settle(QUEUE, at=at)


def send_due(*, lease: timedelta | None = None) -> None:
    """Send a batch of the current tenant's due messages, and ring again if there may be more."""
    claim_id, at, lease = new_id(), clock.now(), lease or LEASE
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
        self._failing = False

    def send(self, parcels: Sequence[Parcel]) -> None:
        """Send them over one line; what may not go now, or what there is no time for, is given back."""
        together, ours = self._channel.dedupes, set[UUID]()
        with unit_of_work():
            parcels = self._admitted(self._wanted(parcels))
            if together:
                references = {parcel.id: parcel.id.hex for parcel in parcels}
                ours = outbox.hand_over_all(references, self._claim_id, at=clock.now(), lease=self._lease)
        if not parcels:
            return
        with self._channel.open() as line:
            if together:
                self._send_together(line, [parcel for parcel in parcels if parcel.id in ours])
            else:
                self._send_each(line, parcels)

    def _wanted(self, parcels: Sequence[Parcel]) -> Sequence[Parcel]:
        """Those against which nothing stands; what does not go out uses up nothing of the pace."""
        late = {parcel.id: _too_late(parcel) for parcel in parcels if _is_stale(parcel)}
        bars = barring.barred([parcel for parcel in parcels if parcel.id not in late])
        aside = late | {parcel_id: _outcome_of(bar) for parcel_id, bar in bars.items()}
        if aside:
            told = [(parcel, aside[parcel.id]) for parcel in parcels if parcel.id in aside]
            recording.record(told, self._claim_id)
        return [parcel for parcel in parcels if parcel.id not in aside]

    def _admitted(self, parcels: Sequence[Parcel]) -> Sequence[Parcel]:
        """Those that may be tried now, as the provider fares and the pace allows."""
        if not parcels:
            return parcels
        admitted = admission.admit(self._channel, len(parcels))
        if later := parcels[admitted.count :]:
            outbox.release(later, self._claim_id, until=admitted.until, because=admitted.because)
        self._failing = admitted.failing
        return parcels[: admitted.count]

    def _send_each(self, line: Line, parcels: Sequence[Parcel]) -> None:
        end = clock.now() + SLICE
        for done, parcel in enumerate(parcels, start=1):
            outcome = self._attempt(line, parcel)
            rest = parcels[done:]
            with unit_of_work():
                recording.record([(parcel, outcome)], self._claim_id)
                shut_until = self._heed([outcome])
                if outcome.verdict is Verdict.DOWN:
                    recording.postpone(rest, self._claim_id, outcome.error)
                elif rest and shut_until:
                    because = admission.PROVIDER_DOWN
                    outbox.release(rest, self._claim_id, until=shut_until, because=because)
                elif rest and clock.now() > end:
                    outbox.release(rest, self._claim_id)
                    outbox.ring()
                else:
                    continue
            return

    def _send_together(self, line: Line, parcels: Sequence[Parcel]) -> None:
        """Where repeating does no harm, one mark, made before, and one record do for all."""
        told: list[tuple[Parcel, Outcome]] = []
        down: Outcome | None = None
        for parcel in parcels:
            outcome = down or self._try(line, parcel, _HandOver(parcel, lambda _parcel, _reference: True))
            down = outcome if outcome.verdict is Verdict.DOWN else None
            told.append((parcel, outcome))
        with unit_of_work():
            recording.record(told, self._claim_id)
            self._heed([outcome for _, outcome in told])

    def _heed(self, outcomes: Sequence[Outcome]) -> datetime | None:
        """Note how the provider fares; returns until when it is to be left alone, if it is from now on."""
        provider = self._channel.provider
        if provider is None:
            return None
        if silent := next((outcome for outcome in outcomes if outcome.silent), None):
            self._failing = True
            breaker.failed(provider, silent.error or silent.verdict.value)
            return breaker.look(provider).until
        if self._failing and any(outcome.answered for outcome in outcomes):
            breaker.answered(provider)
            self._failing = False
        return None

    def _attempt(self, line: Line, parcel: Parcel) -> Outcome:
        if _is_stale(parcel):
            return _too_late(parcel)
        return self._try(line, parcel, _HandOver(parcel, self._mark))

    def _try(self, line: Line, parcel: Parcel, handed: "_HandOver") -> Outcome:
        try:
            return line.send(parcel, handed)
        except Exception as error:  # a fault of ours in one message must not stop the others
            log.error("delivery.broken", delivery=str(parcel.id), **described(error))  # noqa: TRY400
            return Outcome(Verdict.UNCLEAR if handed.happened else Verdict.LATER, "internal")

    def _mark(self, parcel: Parcel, reference: str) -> bool:
        """Mark a message as handed over, if it is still ours, and nothing stands against it by now."""
        at = clock.now()
        with unit_of_work():
            if bar := barring.barred([parcel]).get(parcel.id):
                # In the same transaction: who has it go on meanwhile finds it written down.
                recording.record([(parcel, _outcome_of(bar))], self._claim_id)
                return False
            return outbox.hand_over(parcel, self._claim_id, reference=reference, at=at, lease=self._lease)


class _HandOver:
    """Marks a message as handed over, and remembers that it did."""

    def __init__(self, parcel: Parcel, mark: Callable[[Parcel, str], bool]) -> None:
        self._parcel = parcel
        self._mark = mark
        self.happened = False

    def __call__(self, reference: str) -> bool:
        # Set first: a commit whose answer is lost may have happened.
        self.happened = True
        self.happened = self._mark(self._parcel, reference)
        return self.happened


def _is_stale(parcel: Parcel) -> bool:
    return parcel.expires_at is not None and parcel.expires_at <= clock.now()


def _too_late(parcel: Parcel) -> Outcome:
    """That it is not sent any more, and what it has waited for."""
    return Outcome(Verdict.EXPIRED, parcel.last_error or EXPIRED)


def _outcome_of(bar: Bar) -> Outcome:
    if bar.until is None:
        return Outcome(Verdict.BARRED, bar.reason)
    return Outcome(Verdict.NOT_NOW, bar.reason, until=bar.until)
