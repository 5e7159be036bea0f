"""What becomes of messages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MailboxUnknown(Event):
    """The server that should know says that there is no such mailbox."""

    address: str


@dataclass(frozen=True, kw_only=True)
class NumberRefuses(Event):
    """Whoever has this number has told the vendor that they want nothing from us."""

    address: str


@dataclass(frozen=True, slots=True)
class Charge:
    """What a message counts as once a provider has taken it."""

    segments: int = 1
    mills: int | None = 0
    """What it costs, in thousandths of a yuan; None: nobody has told the price."""


ONE_MESSAGE = Charge()


@dataclass(frozen=True, kw_only=True)
class Settled:
    """How far a message has come."""

    delivery_id: UUID
    channel: str
    kind: str
    state: str
    """An end: `sent`, `delivered`, `failed`, `uncertain`, `suppressed`, `expired`."""
    error: str | None
    at: datetime
    charge: Charge | None = None
    """Set once for each message: when it is first known that the provider has taken it."""


@dataclass(frozen=True, kw_only=True)
class DeliveriesSettled(Event):
    """Messages have come to an end, or a receipt tells more of one that had."""

    settled: tuple[Settled, ...]


@dataclass(frozen=True, kw_only=True)
class ContactAnswered(Event):
    """Somebody has answered a message."""

    contact_id: UUID
    text: str
    opts_out: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsubscribeWished(Event):
    """Somebody has written that they want no more mail of a purpose; whether their token is good is open."""

    purpose: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A message that did not arrive goes out once more, as another row of the outbox."""

    delivery_id: UUID
    kind: str
    repeated_as: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveriesRepeated(Event):
    """Messages go out once more; who has gone on from one meanwhile takes its new row back."""

    repeated: tuple[Repeated, ...]
