"""A vendor of short messages on the loopback: takes what is signed as Tencent asks for, and counts it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from app.embedded import tencent
from app.embedded.tencent import Fault

KEY_ID, SECRET = "AKIDbench", "a-secret-of-the-bench"


class Vendor:
    """What was taken, and where it is handed over."""

    def __init__(self) -> None:
        self.taken = 0
        self.port = 0
        self._lock = Lock()

    def answer(self, headers: dict[str, str], body: bytes) -> dict[str, Any]:
        """The body of the answer; headers in lower case."""
        try:
            tencent.check_signature({KEY_ID: SECRET}, headers, body)
        except Fault as fault:
            return tencent.faulted(fault)
        asked = json.loads(body)
        with self._lock:
            self.taken += len(asked["PhoneNumberSet"])
        reference = str(asked["SessionContext"])
        return tencent.answered(
            {
                "SendStatusSet": [
                    tencent.status(number, reference, serial=tencent.new_serial(), fee=1)
                    for number in asked["PhoneNumberSet"]
                ]
            }
        )


@contextmanager
def listening() -> Iterator[Vendor]:
    """The vendor, in threads of this process."""
    vendor = Vendor()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body go out apart: with Nagle's algorithm the second waits for 40 ms.
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = json.dumps(vendor.answer(headers, body)).encode()
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_facts: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    vendor.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield vendor
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
