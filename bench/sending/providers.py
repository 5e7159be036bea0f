"""Two providers on the loopback that count what they take: a mail server, and one that knows a message again."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from threading import Event, Thread

from aiosmtpd.smtp import SMTP, Envelope, Session

_NAME = re.compile(rb"^Message-ID: *<([0-9a-f]{32})@", re.IGNORECASE | re.MULTILINE)


class Providers:
    """What was taken, by our name of each message."""

    def __init__(self, delay: float) -> None:
        self.mails: Counter[str] = Counter()
        self.others: Counter[str] = Counter()
        self.smtp_port = self.port = 0
        self._delay = delay

    @property
    def count(self) -> int:
        """How often anything was taken."""
        return self.mails.total() + self.others.total()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Called by aiosmtpd with a whole mail."""
        content = envelope.content or b""
        found = _NAME.search(content if isinstance(content, bytes) else content.encode())
        self.mails[found[1].decode() if found else "?"] += 1
        await asyncio.sleep(self._delay)
        return "250 Taken"

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One line a message, with its name; one line back."""
        with suppress(ConnectionError):  # whoever asked was killed
            while line := await reader.readline():
                self.others[line.decode().strip()] += 1
                await asyncio.sleep(self._delay)
                writer.write(b"taken\n")
        writer.close()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Both servers, on ports of their own."""
        loop = asyncio.get_running_loop()
        mail = await loop.create_server(lambda: SMTP(self, hostname="localhost"), "127.0.0.1", 0)
        other = await asyncio.start_server(self.take, "127.0.0.1", 0)
        self.smtp_port = mail.sockets[0].getsockname()[1]
        self.port = other.sockets[0].getsockname()[1]
        async with mail, other:
            yield


@contextmanager
def running(*, delay: float = 0.0) -> Iterator[Providers]:
    """Providers in a thread of their own; each message takes them so many seconds."""
    providers, ready = Providers(delay), Event()
    loop, ended = asyncio.new_event_loop(), asyncio.Event()

    async def serve() -> None:
        async with providers.listening():
            ready.set()
            await ended.wait()

    thread = Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield providers
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)
