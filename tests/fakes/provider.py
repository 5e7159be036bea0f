"""A provider within the process: it takes what it is given, or does as it is told."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from app.messaging.channels import CHANNELS
from app.messaging.channels.contract import Limits, Line, Message, OutboxChannel, Outcome, Verdict
from app.messaging.outbox import Parcel

SENT = Outcome(Verdict.SENT)


class Provider(OutboxChannel):
    """A channel of its own; one that dedupes counts the same reference once."""

    limits = Limits()

    def __init__(self, name: str, *, dedupes: bool = False) -> None:
        self.name = name  # type: ignore[misc]
        self.dedupes = dedupes  # type: ignore[misc]
        self.taken: list[Parcel] = []
        self.times: Counter[str] = Counter()
        self.script: deque[Outcome] = deque()
        self.before: Callable[[Parcel], object] = lambda _parcel: None
        """Done when a message is about to be handed over."""
        self._lock = Lock()

    def check(self, message: Message) -> None:
        """Everything may be sent."""

    def title(self, parcel: Parcel) -> str:
        """Its text."""
        return str(parcel.facts.get("text", parcel.kind))

    @contextmanager
    def open(self) -> Iterator[Line]:
        """Itself: there is nothing to connect to."""
        yield self

    def send(self, parcel: Parcel, hand_over: Callable[[str], bool]) -> Outcome:
        """Take a message, or answer as the script says."""
        self.before(parcel)
        if not hand_over(parcel.id.hex):
            return Outcome(Verdict.DROPPED)
        with self._lock:
            outcome = self.script.popleft() if self.script else SENT
            if outcome.verdict is Verdict.SENT:
                self.times[parcel.id.hex] += 1
                if not self.dedupes or self.times[parcel.id.hex] == 1:
                    self.taken.append(parcel)
        return outcome

    def answers(self, *outcomes: Outcome) -> None:
        """What the next messages are answered with, in this order."""
        self.script.extend(outcomes)


@contextmanager
def instead_of(name: str, *, dedupes: bool = False) -> Iterator[Provider]:
    """Have messages of a channel go to a provider within the process."""
    provider, former = Provider(name, dedupes=dedupes), CHANNELS.get(name)
    CHANNELS[name] = provider
    try:
        yield provider
    finally:
        CHANNELS.pop(name)
        if former is not None:
            CHANNELS[name] = former
