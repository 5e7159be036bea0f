"""Posting to addresses that somebody typed in, without being led into our own network.

A name is looked up here and now, every address behind it must be a public one, and the connection goes to
the address that was checked: nobody can point the name elsewhere in between. Redirects are not followed,
answers are cut, and the whole conversation has an end.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

CONNECT_SECONDS, TOTAL_SECONDS = 5.0, 10.0
LONGEST_URL = 500
MOST_READ = 64 * 1024
_PRIVILEGED = 1024
_PORTS = {"https": 443, "http": 80}
# What carries another address inside it, and where clouds keep their secrets.
_REFUSED: Sequence[Network] = [
    ipaddress.ip_network(text)
    for text in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10",
                 "100::/64", "168.63.129.16/32", "192.88.99.0/24")
]  # fmt: skip
_INNER_NAMES = ("localhost", ".localhost", ".local", ".internal", ".intranet", ".home.arpa", ".lan")


class NotReached(Exception):
    """Nothing was heard from there; the code says why, and is safe to show."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class NotAllowed(NotReached):
    """It lies where nothing of ours may go."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, and the beginning of the text."""

    status: int
    text: str


_exempt: Sequence[Network] = ()
_plain_http = False


def configure(exempt: Sequence[Network], *, plain_http: bool) -> None:
    """Say which inner networks may be reached all the same, and whether without TLS."""
    global _exempt, _plain_http
    _exempt, _plain_http = tuple(exempt), plain_http


def check(url: str) -> None:
    """Refuse an address that could never be posted to, as far as that shows without looking its name up.

    :raises NotAllowed: saying why
    """
    parts = _parts(url)
    host = (parts.hostname or "").rstrip(".").lower()
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        if not _exempt and (host == "localhost" or host.endswith(_INNER_NAMES) or "." not in host):
            raise NotAllowed("address-inside") from None
        return
    if not _may_reach(literal):
        raise NotAllowed("address-inside")


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send something, and hear what is said to it.

    :raises NotAllowed: if the address is, at this moment, not one to go to
    :raises NotReached: if there was no answer in time
    """
    parts = _parts(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    address = _resolved(host, port)
    deadline = time.monotonic() + TOTAL_SECONDS
    try:
        connection = socket.create_connection((str(address), port), timeout=CONNECT_SECONDS)
    except TimeoutError:
        raise NotReached("timeout") from None
    except OSError:
        raise NotReached("connection") from None
    line = _Line(connection)
    # Whoever answers a byte at a time would never run into the timeout of a single read.
    watchdog = threading.Timer(TOTAL_SECONDS, line.cut)
    watchdog.start()
    try:
        return _converse(line, parts, body, headers)
    except ssl.SSLError:
        raise NotReached("timeout" if time.monotonic() >= deadline else "tls") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        late = isinstance(error, TimeoutError) or time.monotonic() >= deadline
        raise NotReached("timeout" if late else "connection") from None
    finally:
        watchdog.cancel()
        line.socket.close()


class _Line:
    """A connection that can be cut from another thread, also once TLS has taken its socket over."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self._cut = threading.Event()

    def cut(self) -> None:
        """End it, whoever is waiting for what."""
        self._cut.set()
        with suppress(OSError):
            # Below TLS, which would first have to come to an understanding with the other side.
            socket.socket.shutdown(self.socket, socket.SHUT_RDWR)

    def secure(self, host: str) -> None:
        """Speak TLS from now on."""
        secured = _context().wrap_socket(self.socket, server_hostname=host, do_handshake_on_connect=False)
        self.socket = secured
        if self._cut.is_set():
            raise TimeoutError
        secured.do_handshake()


def _converse(line: _Line, parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> Answer:
    line.socket.settimeout(TOTAL_SECONDS)
    host = _ascii(parts.hostname or "")
    if parts.scheme == "https":
        line.secure(host)
    speaking = http.client.HTTPConnection(host, parts.port, timeout=TOTAL_SECONDS)
    speaking.sock = line.socket
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        speaking.request("POST", path, body=body, headers=dict(headers))
        response = speaking.getresponse()
        return Answer(response.status, response.read(MOST_READ).decode("utf-8", "replace"))
    finally:
        speaking.close()


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAllowed("address-unreadable") from None
    if parts.scheme != "https" and not (_plain_http and parts.scheme == "http"):
        raise NotAllowed("address-not-https")
    if not parts.hostname or len(url) > LONGEST_URL or not url.isprintable() or "\\" in url or " " in url:
        raise NotAllowed("address-unreadable")
    if not (parts.path + parts.query).isascii():
        raise NotAllowed("address-unreadable")
    if parts.username is not None or parts.password is not None:
        raise NotAllowed("address-with-password")
    if port is not None and port < _PRIVILEGED and port != _PORTS[parts.scheme]:
        raise NotAllowed("address-port")
    return parts


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        raise NotAllowed("address-unreadable") from None


def _resolved(host: str, port: int) -> Address:
    """The address to go to; all that the name stands for must be allowed."""
    try:
        found = socket.getaddrinfo(_ascii(host), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotReached("unknown-host") from None
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not addresses:
        raise NotReached("unknown-host")
    if not all(_may_reach(address) for address in addresses):
        raise NotAllowed("address-inside")
    return addresses[0]


def _may_reach(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if any(address.version == network.version and address in network for network in _exempt):
        return True
    if any(address.version == network.version and address in network for network in _REFUSED):
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local
    )
