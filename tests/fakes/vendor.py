"""What both vendors of short messages have in common: a server that does as it is told."""

import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from time import sleep
from typing import Any, Protocol

import urllib3

HTML = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
LONGEST_HANG = 30


@dataclass(frozen=True)
class Refusal:
    """The vendor refuses one message, in an answer that is otherwise good."""

    code: str


@dataclass(frozen=True)
class Trouble:
    """The vendor refuses the whole request."""

    code: str
    status: int = 200


@dataclass(frozen=True)
class Slow:
    """Take it, and answer after so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Word:
    """Something that has no particulars."""

    name: str


OK = Word("ok")
DROP = Word("take it, and hang up without an answer")
LOSE = Word("hang up without taking it")
HANG = Word("take it, and never answer")
BAD_GATEWAY = Word("something in between answers with a page, and nothing is taken")
GARBLED = Word("the request is taken, and what comes back cannot be read")

Step = Refusal | Trouble | Slow | Word


@dataclass
class Script:
    """What is done with the next requests that send; the rest are answered as they should be."""

    steps: deque[Step] = field(default_factory=deque)
    always: Step = OK
    released: Event = field(default_factory=Event)
    """Set when the server ends, so that nothing hangs for longer."""

    def next(self) -> Step:
        """What is to be done with this one."""
        return self.steps.popleft() if self.steps else self.always


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What is said to it; nothing at all where there is no body."""

    body: bytes | None
    status: int = 200
    kind: str = "application/json"

    @classmethod
    def of(cls, found: Any, status: int = 200) -> "Answer":
        return cls(json.dumps(found, ensure_ascii=False).encode(), status)


NOTHING = Answer(None)


@dataclass(frozen=True)
class Pushed:
    """What somebody said to a call-back."""

    status: int
    said: Any


class Vendor(Protocol):
    """A fake vendor."""

    port: int
    script: Script

    def answer(self, asked: Asked) -> Answer:
        """What is said to a request."""


def played(
    script: Script, refuse: Callable[[Trouble], Answer], take: Callable[[str | None], Answer]
) -> Answer:
    """The answer to a request that sends, as the script wants it; `take` is told the code of a refusal."""
    step = script.next()
    if isinstance(step, Trouble):
        return refuse(step)
    if step is LOSE:
        return NOTHING
    if step is BAD_GATEWAY:
        return Answer(HTML, 502, "text/html")
    answer = take(step.code if isinstance(step, Refusal) else None)
    if isinstance(step, Slow):
        sleep(step.seconds)
    if step is GARBLED:
        return Answer("网关超时".encode("gbk"))
    if step is HANG:
        script.released.wait(LONGEST_HANG)
    return NOTHING if step in {DROP, HANG} else answer


@contextmanager
def serving(fake: Vendor) -> Iterator[None]:
    """A server on a free port of the loopback, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            named = {name.lower(): value for name, value in self.headers.items()}
            answer = fake.answer(Asked(self.command, self.path, named, body))
            self.close_connection = True
            if answer.body is None:
                return
            try:
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                self.send_header("Content-Length", str(len(answer.body)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(answer.body)
            except OSError:
                pass  # whoever asked has hung up

        def log_message(self, *_facts: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        fake.script.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def push(url: str, told: Sequence[Any] | dict[str, Any]) -> Pushed:
    """Post something to a call-back as the vendors do; the answer, whatever it is."""
    answer = urllib3.request("POST", url, json=told, retries=False, timeout=20)
    return Pushed(answer.status, answer.json() if answer.data.startswith(b"{") else None)
