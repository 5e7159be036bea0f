"""A small closed-loop HTTP client: N connections, each with one request under way.

Our own, because it must cost little beside the server it shares two cores with, and send a different request each
time: one thread, epoll, requests prepared as bytes, bodies skipped by Content-Length.
"""

import select
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Result:
    """What one run of a case came to."""

    name: str
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    refused: dict[int, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """The latency in milliseconds that this share of requests stayed within."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000 if ordered else 0.0


def request(
    method: str, path: str, *, token: str = "", body: bytes = b"", headers: tuple[str, ...] = ()
) -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: application/json", *headers]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if body or method == "POST":
        lines += [f"Content-Length: {len(body)}", "Content-Type: application/json"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class _Connection:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.started = 0.0

    def send(self, data: bytes) -> None:
        self.started = time.perf_counter()
        self.socket.sendall(data)

    def receive(self) -> int | None:
        """Read what has come; the status once the answer is complete."""
        received = self.socket.recv(262_144)
        if not received:
            raise ConnectionError("the server closed the connection")
        self.buffer += received
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self.buffer[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self.buffer) < end + 4 + length:
            return None
        self.buffer = b""
        return int(head[9:12])


def run(name: str, port: int, requests: Iterator[bytes], *, connections: int, seconds: float) -> Result:
    """Keep `connections` requests under way for `seconds`."""
    result = Result(name)
    poll = select.epoll()
    open_ones: dict[int, _Connection] = {}
    for _ in range(connections):
        connection = _Connection(port)
        open_ones[connection.socket.fileno()] = connection
        poll.register(connection.socket, select.EPOLLIN)
        connection.send(next(requests))
    started = time.perf_counter()
    deadline = started + seconds
    now = started
    while now < deadline:
        for number, _ in poll.poll(1):
            connection = open_ones[number]
            status = connection.receive()
            if status is None:
                continue
            now = time.perf_counter()
            if status < 400:
                result.latencies.append(now - connection.started)
            else:
                result.refused[status] = result.refused.get(status, 0) + 1
            connection.send(next(requests))
        now = time.perf_counter()
    result.seconds = now - started
    for connection in open_ones.values():
        connection.socket.close()
    poll.close()
    return result
