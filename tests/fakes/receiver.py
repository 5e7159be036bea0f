"""Another system that hears webhooks: it checks signatures as documented, and does as it is told."""

import hashlib
import hmac
import json
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

REPLAY_SECONDS = 300


@dataclass
class Heard:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    def is_signed_with(self, secret: str) -> bool:
        """What a receiver does before it believes anything."""
        at = self.headers["guanxi-timestamp"]
        if abs(time.time() - int(at)) > REPLAY_SECONDS:
            return False
        wanted = hmac.new(secret.encode(), f"{at}.".encode() + self.body, hashlib.sha256).hexdigest()
        given = [part.removeprefix("v1=") for part in self.headers["guanxi-signature"].split(",")]
        return any(hmac.compare_digest(wanted, signature) for signature in given)


@dataclass
class FakeReceiver:
    """What was heard, and what is answered next."""

    port: int = 0
    heard: list[Heard] = field(default_factory=list)
    always: int = 200
    body: bytes = b"thanks"
    headers: dict[str, str] = field(default_factory=dict)
    hold: Event | None = None
    """Answer only when it is set."""
    statuses: deque[int] = field(default_factory=deque)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?from=guanxi"

    @property
    def times(self) -> Counter[str]:
        """How often each event was heard."""
        return Counter(heard.headers["guanxi-event-id"] for heard in self.heard)

    @property
    def events(self) -> list[str]:
        return [heard.said["event"] for heard in self.heard]


@contextmanager
def running() -> Iterator[FakeReceiver]:
    """A receiver on the loopback, until the block ends."""
    fake = FakeReceiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            named = {name.lower(): value for name, value in self.headers.items()}
            fake.heard.append(Heard(self.path, named, body))
            if fake.hold is not None:
                fake.hold.wait(20)
            status = fake.statuses.popleft() if fake.statuses else fake.always
            try:
                self.send_response(status)
                for name, value in fake.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(fake.body)))
                self.end_headers()
                self.wfile.write(fake.body)
            except OSError:
                self.close_connection = True  # whoever asked has hung up

        def log_message(self, *_facts: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake.port = server.server_port
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
