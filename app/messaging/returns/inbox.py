"""The mailbox to which mail servers return what they could not deliver, by IMAP."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from app.config import Returns

SECONDS = 30
MOST = 100
"""Mails that are looked at in one visit; the others the next time."""
LARGEST_BYTES = 1024 * 1024


class InboxTrouble(Exception):
    """The mailbox could not be opened or read; the text is a stable code, never the server's own words."""


class Inbox:
    """An open mailbox."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        self._server = server

    def new(self) -> Iterator[tuple[str, bytes]]:
        """Mails that were not looked at yet, each with its name; not the content of those that are huge."""
        found = self._ask("SEARCH", "UNSEEN", "UNDELETED")
        names = b" ".join(part for part in found if isinstance(part, bytes)).split()
        for name in names[:MOST]:
            uid = name.decode()
            # Not the whole of what is huge: what is returned tells all at its beginning.
            parts = self._ask("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST_BYTES}>)")
            yield uid, b"".join(part[1] for part in parts if isinstance(part, tuple))

    def done(self, uid: str) -> None:
        """Delete a mail that was understood."""
        self._ask("STORE", uid, "+FLAGS.SILENT", r"(\Deleted \Seen)")

    def leave(self, uid: str) -> None:
        """Leave a mail that is nothing to us for somebody to read."""
        self._ask("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")

    def _ask(self, command: str, *words: str) -> list[object]:
        status, answer = self._server.uid(command, *words)
        if status != "OK":
            raise InboxTrouble("refused")
        return list(answer)


@contextmanager
def opened(at: Returns) -> Iterator[Inbox]:
    """The mailbox that the settings name; deletions hold when it is closed.

    :raises InboxTrouble: if it cannot be opened or read
    """
    try:
        server = _connect(at)
    except (OSError, imaplib.IMAP4.error) as error:
        raise InboxTrouble(_code_of(error)) from None
    try:
        yield Inbox(server)
        server.expunge()
    except (OSError, imaplib.IMAP4.error) as error:
        raise InboxTrouble(_code_of(error)) from None
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def _connect(at: Returns) -> imaplib.IMAP4:
    server: imaplib.IMAP4
    if at.encrypted:
        context = ssl.create_default_context()
        server = imaplib.IMAP4_SSL(at.host, at.port, ssl_context=context, timeout=SECONDS)
    else:
        server = imaplib.IMAP4(at.host, at.port, timeout=SECONDS)
    try:
        server.login(at.username, at.password)
        status, _ = server.select("INBOX")
    except (OSError, imaplib.IMAP4.error):
        server.shutdown()
        raise
    if status != "OK":
        server.shutdown()
        raise InboxTrouble("refused")
    return server


def _code_of(error: Exception) -> str:
    match error:
        case ssl.SSLError():
            return "tls"
        case TimeoutError():
            return "timeout"
        case OSError():
            return "connection"
    return "refused"
