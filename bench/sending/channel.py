"""A channel to the provider that knows a message again, as one over HTTP would be: connect, ask, be answered."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

from app.messaging.channels.contract import Line, Message, OutboxChannel, Outcome, Verdict
from app.messaging.outbox import Parcel

SECONDS = 10


class LoopbackChannel(OutboxChannel):
    """Text messages to a provider that delivers the same reference once."""

    name: ClassVar[str] = "sms"
    dedupes: ClassVar[bool] = True

    def __init__(self, port: int) -> None:
        self._port = port

    def check(self, message: Message) -> None:
        """Everything may be sent."""

    def title(self, parcel: Parcel) -> str:
        """Its text."""
        return str(parcel.facts["text"])

    @contextmanager
    def open(self) -> Iterator[Line]:
        """One connection for a batch."""
        line = LoopbackLine(self._port)
        try:
            yield line
        finally:
            line.close()


class LoopbackLine:
    """A connection that is made when it is needed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def send(self, parcel: Parcel, hand_over: Callable[[str], bool]) -> Outcome:
        """Hand one message over."""
        try:
            self._socket = self._socket or socket.create_connection(("127.0.0.1", self._port), SECONDS)
        except OSError:
            return Outcome(Verdict.DOWN, "connection")
        if not hand_over(parcel.id.hex):
            return Outcome(Verdict.DROPPED)
        try:
            self._socket.sendall(f"{parcel.id.hex}\n".encode())
            if self._socket.recv(64) == b"taken\n":
                return Outcome(Verdict.SENT)
        except OSError:
            self.close()
        return Outcome(Verdict.UNCLEAR, "no-answer")

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


class WithinChannel(LoopbackChannel):
    """The same without a connection: what our own part costs."""

    def __init__(self) -> None:
        super().__init__(0)

    @contextmanager
    def open(self) -> Iterator[Line]:
        """Nothing to connect to."""
        yield WithinLine()


class WithinLine:
    """Takes everything."""

    def send(self, parcel: Parcel, hand_over: Callable[[str], bool]) -> Outcome:
        """Hand one message over."""
        return Outcome(Verdict.SENT if hand_over(parcel.id.hex) else Verdict.DROPPED)
