"""A mailbox on the loopback that speaks as much IMAP as is asked of it."""

import re
import socketserver
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import cast

USER, PASSWORD = "returns", "s3cret"


@dataclass
class FakeImap:
    """What lies in the mailbox."""

    port: int = 0
    mails: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    deleted: set[int] = field(default_factory=set)
    visits: int = 0
    broken: bool = False
    """Whether it hangs up on whoever has signed in."""
    _last: int = 0

    def put(self, content: bytes) -> int:
        """A mail arrives; returns its name."""
        self._last += 1
        self.mails[self._last] = content
        return self._last


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    mailbox: FakeImap


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        mailbox = cast("_Server", self.server).mailbox
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline():
            tag, _, said = line.decode().strip().partition(" ")
            if said.upper().startswith("SELECT") and mailbox.broken:
                return
            self.wfile.write(self._answer(mailbox, tag, said))
            if said.upper() == "LOGOUT":
                return

    def _answer(self, mailbox: FakeImap, tag: str, said: str) -> bytes:
        words = said.split()
        name = "_".join(words[: 2 if words[0].upper() == "UID" else 1]).lower()
        told = _ANSWERS[name](mailbox, words)
        return f"{tag} NO\r\n".encode() if told is None else told + f"{tag} OK done\r\n".encode()


def _login(mailbox: FakeImap, words: list[str]) -> bytes | None:
    if [word.strip('"') for word in words[1:]] != [USER, PASSWORD]:
        return None
    mailbox.visits += 1
    return b""


def _search(mailbox: FakeImap, _words: list[str]) -> bytes:
    new = sorted(mailbox.mails.keys() - mailbox.seen - mailbox.deleted)
    return f"* SEARCH {' '.join(map(str, new))}\r\n".encode()


def _fetch(mailbox: FakeImap, words: list[str]) -> bytes:
    limit = re.search(r"<0\.(\d+)>", words[3])
    content = mailbox.mails[int(words[2])][: int(limit[1]) if limit else None]
    return f"* 1 FETCH (UID {words[2]} BODY[]<0> {{{len(content)}}}\r\n".encode() + content + b")\r\n"


def _store(mailbox: FakeImap, words: list[str]) -> bytes:
    mailbox.seen.add(int(words[2]))
    if "Deleted" in " ".join(words):
        mailbox.deleted.add(int(words[2]))
    return b""


def _expunge(mailbox: FakeImap, _words: list[str]) -> bytes:
    for uid in mailbox.deleted & mailbox.mails.keys():
        del mailbox.mails[uid]
    return b""


_ANSWERS: dict[str, Callable[[FakeImap, list[str]], bytes | None]] = {
    "capability": lambda _mailbox, _words: b"* CAPABILITY IMAP4rev1\r\n",
    "login": _login,
    "select": lambda mailbox, _words: f"* {len(mailbox.mails)} EXISTS\r\n".encode(),
    "uid_search": _search,
    "uid_fetch": _fetch,
    "uid_store": _store,
    "expunge": _expunge,
    "logout": lambda _mailbox, _words: b"* BYE\r\n",
}


@contextmanager
def running() -> Iterator[FakeImap]:
    """A mailbox that is open."""
    mailbox = FakeImap()
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.mailbox = mailbox
        mailbox.port = server.server_address[1]
        Thread(target=server.serve_forever, daemon=True).start()
        yield mailbox
        server.shutdown()
