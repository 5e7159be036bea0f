"""A mail server on the loopback that does as it is told."""

import asyncio
import ssl
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

OK, DROP = "250 OK", "drop"
"""Hang up without an answer; what came with DATA counts as taken."""


@dataclass
class FakeSmtp:
    """What the server received, and what it shall answer next."""

    port: int = 0
    delay: float = 0.0
    password: str | None = None
    """What is demanded before any mail, if anything."""
    starttls: ssl.SSLContext | None = None
    received: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    """The same, byte for byte."""
    senders: list[str] = field(default_factory=list)
    """To whom each would be returned."""
    connections: int = 0
    _script: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    _always: dict[str, str] = field(default_factory=dict)

    def answers(self, command: str, *replies: str) -> None:
        """Answer the next uses of a command (MAIL, RCPT, DATA) so; then 250 again."""
        self._script[command].extend(replies)

    def always_answers(self, command: str, reply: str) -> None:
        """Answer every use of a command so."""
        self._always[command] = reply

    def recovers(self) -> None:
        """Answer 250 from now on."""
        self._always.clear()
        self._script.clear()

    @property
    def times(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter(message["Message-ID"] for message in self.received)

    def _reply(self, command: str) -> str | None:
        queue = self._script[command]
        return queue.popleft() if queue else self._always.get(command)

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = self._reply("MAIL")
        if reply in {None, OK}:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return _said(server, reply)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = self._reply("RCPT")
        if reply in {None, OK}:
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return _said(server, reply)

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        reply = self._reply("DATA")
        if self.delay:
            await asyncio.sleep(self.delay)
        if reply in {None, OK, DROP}:
            content = envelope.original_content or b""
            self.raw.append(content)
            self.senders.append(envelope.mail_from or "")
            self.received.append(message_from_bytes(content, policy=policy.SMTP))
        return _said(server, reply)

    def session(self) -> SMTP:
        """One connection's protocol."""
        self.connections += 1
        return SMTP(
            self,
            hostname="fake",
            enable_SMTPUTF8=True,
            auth_required=self.password is not None,
            auth_require_tls=False,
            authenticator=self._authenticate,
            tls_context=self.starttls,
            require_starttls=self.starttls is not None,
        )

    def _authenticate(self, *facts: Any) -> AuthResult:
        given: LoginPassword = facts[-1]
        return AuthResult(success=given.password.decode() == self.password, handled=False)


def _said(server: SMTP, reply: str | None) -> str:
    if reply == DROP:
        server.transport.abort()
    return reply or OK


@contextmanager
def running(*, tls: ssl.SSLContext | None = None) -> Iterator[FakeSmtp]:
    """A server on a free port, in a thread of its own."""
    fake, loop = FakeSmtp(), asyncio.new_event_loop()
    # All in its thread: the one at hand may have a loop of its own, as a browser's tests do.
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    opening = loop.create_server(fake.session, "127.0.0.1", 0, ssl=tls)
    server = asyncio.run_coroutine_threadsafe(opening, loop).result(5)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        asyncio.run_coroutine_threadsafe(_shut(server), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _shut(server: asyncio.Server) -> None:
    server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
