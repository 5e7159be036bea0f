"""Webhooks cannot reach inside: however a private address is spelled, led to, or swapped in."""

import http.server
import socket
from collections.abc import Iterator
from ipaddress import ip_network
from threading import Thread
from typing import Any

import pytest
from flask import Flask

from app.core import outbound
from app.core.outbound import NotAllowed, NotReached
from tests.support.client import Company

SPELLED = """
127.0.0.1 127.1 127.0.1 127.0.0.1. 0x7f.0.0.1 0x7f000001 2130706433 017700000001 0177.0.0.1
127.255.255.254 0 0.0.0.0 0.0.0.1 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1
192.168.255.1 169.254.169.254 169.254.0.1 100.64.0.1 100.100.100.200 168.63.129.16 192.0.0.1
192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
192.88.99.1 [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1]
[::ffff:169.254.169.254] [::ffff:0:127.0.0.1] [::127.0.0.1] [fe80::1] [fc00::1] [fd00:ec2::254]
[fec0::1] [ff02::1] [2002:7f00:1::] [2001:0:7f00:1::] [64:ff9b::7f00:1] [64:ff9b:1::a00:1] [100::1]
[2001:db8::1] ①②⑦.⓪.⓪.① 127。0。0。1 localhost LOCALHOST localhost. a.localhost printer.local
db.internal router.lan nas.home.arpa metadata
"""
INSIDE = list(dict.fromkeys(SPELLED.split()))
MALFORMED = [
    "http://example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/",
    "//example.com", "example.com", "https://", "https:///x", "https://user@example.com/", "https://u:p@example.com/",
    "https://example.com:22/", "https://example.com:80/", "https://example.com:0/",
    "https://example.com:99999/",
    "https://example.com/\r\nHost: inside", "https://example.com/ x", "https://example.com\\@127.0.0.1/",
    "https://[::1", "https://exa\x00mple.com/", f"https://example.com/{'x' * 600}",
]  # fmt: skip


class Canary(http.server.BaseHTTPRequestHandler):
    """Sings if anybody comes."""

    heard: list[str] = []

    def do_POST(self) -> None:
        self.heard.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_facts: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def canary() -> Iterator[int]:
    """A server on the loopback, of both families; at the end it must have heard nothing."""
    Canary.heard = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()
    assert Canary.heard == []


@pytest.fixture(autouse=True)
def _as_in_development(app: Flask) -> Iterator[None]:
    """Plain http is allowed, so that nothing but the address keeps anything from the canary."""
    outbound.configure((), plain_http=True)
    yield
    outbound.configure(app.config["SETTINGS"].webhook_networks, plain_http=True)


def test_there_are_many_spellings() -> None:
    assert len(set(INSIDE)) >= 60


@pytest.mark.parametrize("host", INSIDE)
def test_no_spelling_of_a_private_address_is_gone_to(host: str, canary: int) -> None:
    with pytest.raises(NotReached) as refused:
        outbound.post(f"http://{host}:{canary}/", b"{}", {})
    assert refused.value.code in {"address-inside", "address-unreadable", "unknown-host"}


@pytest.mark.parametrize("url", MALFORMED)
def test_nothing_but_a_plain_https_address_is_taken(url: str) -> None:
    outbound.configure((), plain_http=False)
    for tried in (lambda: outbound.check(url), lambda: outbound.post(url, b"{}", {})):
        with pytest.raises(NotAllowed):
            tried()


def test_a_name_is_refused_if_any_address_behind_it_is_inside(
    canary: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pointing_at(monkeypatch, ["93.184.215.14", "127.0.0.1"])
    with pytest.raises(NotAllowed):
        outbound.post(f"http://hooks.example.com:{canary}/", b"{}", {})


def test_a_name_that_is_pointed_elsewhere_meanwhile_leads_nowhere(
    canary: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked up once, and the connection goes to what was checked then."""
    gone_to: list[Any] = []

    def connect(address: Any, *_more: Any, **_options: Any) -> socket.socket:
        gone_to.append(address)
        raise ConnectionRefusedError

    looked_up = pointing_at(monkeypatch, ["93.184.215.14"], then=["127.0.0.1"])
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NotReached):
        outbound.post(f"http://hooks.example.com:{canary}/", b"{}", {})
    assert (looked_up, gone_to) == (["hooks.example.com"], [("93.184.215.14", canary)])
    with pytest.raises(NotAllowed):
        outbound.post(f"http://hooks.example.com:{canary}/", b"{}", {})


def pointing_at(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str], *, then: list[str] | None = None
) -> list[str]:
    """Let every name stand for these addresses, and from the second look-up on for others."""
    asked: list[str] = []

    def look_up(host: Any, port: Any, *_more: Any, **_options: Any) -> list[Any]:
        found = addresses if not asked or then is None else then
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_an_operator_can_open_a_network_and_no_other(canary: int) -> None:
    outbound.configure([ip_network("10.20.0.0/16")], plain_http=True)
    outbound.check("http://10.20.3.4/hook")
    for url in ("http://10.21.0.1/", "http://127.0.0.1/"):
        with pytest.raises(NotAllowed):
            outbound.check(url)


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://[::ffff:10.0.0.1]/", "https://localhost/", "ftp://example.com/"]
)
def test_a_webhook_to_the_inside_is_refused_beside_its_field(company: Company, url: str) -> None:
    sent = {"name": "内网", "url": url, "events": ["customer.created"]}
    answer = company.admin.post("/webhooks", sent)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "url")
    assert company.admin.get("/webhooks").json["items"] == []
    good = company.admin.post("/webhooks", {**sent, "url": "https://hooks.example.com/x"}).json
    moved = company.admin.patch(f"/webhooks/{good['id']}", {"url": url}, version=good["version"])
    assert moved.status_code == 422
    assert company.admin.get(f"/webhooks/{good['id']}").json["url"] == "https://hooks.example.com/x"
