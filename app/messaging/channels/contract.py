"""What a channel is. A new one is a file beside this one and a line in the register."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol
from uuid import UUID

from app.core.ids import new_id
from app.events.messages import ONE_MESSAGE, Charge
from app.messaging import outbox, texts
from app.messaging.outbox import Parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a letter to people outside has besides its words."""

    to: Sequence[str]
    """All to whom it is written; each gets it on their own."""
    cc: Sequence[str] = ()
    sender: str | None = None
    """In whose name."""
    reply_to: str | None = None
    enclosed: Mapping[str, Any] | None = None
    """What lies in it: its `kind`, and what its maker must know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is to be said to one recipient, in no language yet."""

    kind: str
    facts: Mapping[str, Any]
    to: str
    """An address of the channel: an e-mail address, or the id of a user for the bell."""
    link: str | None = None
    """A path of our own pages."""
    envelope: Envelope | None = None
    dedupe_key: str | None = None
    locale: str = "zh-CN"
    secret: bool = False
    sender_id: UUID | None = None
    expires_at: datetime | None = field(default=None)
    id: UUID = field(default_factory=new_id)
    """What the message will be known by in the outbox, if it is new."""


class Verdict(StrEnum):
    """How an attempt ended."""

    SENT = "sent"
    REFUSED = "refused"
    """For good: this message will never be taken."""
    LATER = "later"
    """Certainly not taken, and worth another try."""
    UNCLEAR = "unclear"
    """Handed over, and no answer."""
    DOWN = "down"
    """The channel itself does not work: certainly not taken, and nor will the others be."""
    DROPPED = "dropped"
    """The message was no longer ours to send."""
    BARRED = "barred"
    """Whom it is for is not to be written to any more."""
    NOT_NOW = "not-now"
    """Not at this hour."""
    EXPIRED = "expired"
    """It would come too late."""


NUMBER_REFUSES = "number-refuses"
"""The error of a refusal that says that whoever has the number wants nothing from us."""
NO_MAILBOX = "no-such-mailbox"
"""The error of a refusal that says that the address is nobody's."""


_NO_ANSWER = frozenset({"internal", "connection", "timeout", "tls", "no-answer"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict and its stable code; never the provider's own words, which may name people."""

    verdict: Verdict
    error: str | None = None
    reference: str | None = None
    """By which name the provider will tell more of a message that it has taken, or may have."""
    until: datetime | None = None
    """When something may be tried that may not be now."""
    charge: Charge = ONE_MESSAGE
    """What it counts as, if it was sent."""

    @property
    def silent(self) -> bool:
        """Whether the provider itself failed us: out of reach, unwilling to have us, or gone silent."""
        return self.verdict in {Verdict.DOWN, Verdict.UNCLEAR}

    @property
    def answered(self) -> bool:
        """Whether the provider has said something about the message, be it no."""
        if self.verdict is Verdict.LATER:
            return self.error not in _NO_ANSWER
        return self.verdict in {Verdict.SENT, Verdict.REFUSED}


class Line(Protocol):
    """An open connection to the provider, used for one message after the other."""

    def send(self, parcel: Parcel, hand_over: Callable[[str], bool]) -> Outcome:
        """Try to send one message.

        :param hand_over: to be called with our reference immediately before the provider could take the
            message; if it returns False, the message must not be sent
        """


class Channel(Protocol):
    """A way to people."""

    name: ClassVar[str]

    def accept(self, messages: Sequence[Message]) -> list[UUID]:
        """Take messages over within the current transaction; returns the ids of those that are new."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many messages may go out in a minute; 0: as many as there are."""

    all: int = 0
    """Of all companies together."""
    each: int = 0
    """Of one company."""


class OutboxChannel(ABC):
    """A channel that reaches outside: its messages are rows until a worker sends them."""

    name: ClassVar[str]
    provider: ClassVar[str | None] = None
    """By which name it is known how the one provider fares; None if there are several, or none to watch."""
    dedupes: ClassVar[bool] = False
    """Whether the provider documents that the same reference is delivered once, so that we may repeat."""

    @property
    def limits(self) -> Limits:
        """How fast may be sent."""
        return Limits()

    def takes(self, address: str) -> bool:
        """Whether something can be sent to an address at all."""
        return True

    def charges(self, facts: Mapping[UUID, Mapping[str, Any]]) -> Mapping[UUID, Charge]:
        """What messages count as of which it turns out late that they were taken, by what they say."""
        return dict.fromkeys(facts, ONE_MESSAGE)

    @abstractmethod
    def check(self, message: Message) -> None:
        """Refuse what could never be sent, while the one who asks is still there to hear it."""

    @abstractmethod
    def title(self, parcel: Parcel) -> str:
        """What to call a message when telling its sender about it."""

    @abstractmethod
    def open(self) -> AbstractContextManager[Line]:
        """A line to the provider; it connects when the first message is sent."""

    def accept(self, messages: Sequence[Message]) -> list[UUID]:
        """Write the messages to the outbox; a dedupe key that was there before adds nothing."""
        for message in messages:
            self.check(message)
        return outbox.add(
            [
                {
                    "id": message.id,
                    "channel": self.name,
                    "kind": message.kind,
                    "address": message.to,
                    "locale": message.locale,
                    "facts": texts.storable(message.facts),
                    "link": message.link,
                    "envelope": message.envelope and asdict(message.envelope),
                    "secret": message.secret,
                    "dedupe_key": message.dedupe_key,
                    "sender_id": message.sender_id,
                    "expires_at": message.expires_at,
                }
                for message in messages
            ]
        )
