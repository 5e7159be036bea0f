"""A loopback mail server that delivers into a directory: `python -m app.embedded.mail PORT DIRECTORY`."""

import asyncio
import os
import secrets
import signal
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

KEPT = 500
LARGEST_BYTES = 32 * 1024 * 1024


class Mailbox:
    """Keeps the newest messages of a development installation, one file each."""

    def __init__(self, directory: Path, *, kept: int = KEPT) -> None:
        self._directory = directory
        self._kept = kept
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Called by aiosmtpd with a whole message."""
        content = envelope.content or b""
        self.store(content if isinstance(content, bytes) else content.encode())
        return "250 Message kept"

    def store(self, message: bytes) -> Path:
        """Write a message so that no reader ever sees half of one, and let the oldest go."""
        name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
        draft, final = self._directory / f"{name}.part", self._directory / f"{name}.eml"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(message)
        draft.rename(final)
        for old in sorted(self._directory.glob("*.eml"))[: -self._kept]:
            old.unlink(missing_ok=True)
        return final


async def serve(port: int, directory: Path) -> None:
    """Accept mail until told to end."""
    mailbox = Mailbox(directory)
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(ending, ended.set)

    def session() -> SMTP:
        return SMTP(mailbox, hostname="localhost", data_size_limit=LARGEST_BYTES, enable_SMTPUTF8=True)

    server = await loop.create_server(session, "127.0.0.1", port)
    async with server:
        await ended.wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
