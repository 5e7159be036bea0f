"""Mail servers that encrypt, and those that only say who they are."""

import ssl
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from app.core import clock
from app.messaging import channels
from tests.fakes import smtp as fake_smtp
from tests.messaging.outbox import Outbox


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for the loopback, with its key, that nobody vouches for but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "loopback.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.mark.parametrize("mode", ["tls", "starttls"])
@pytest.mark.parametrize("error", [None, "tls"])
def test_encrypts_to_a_server_that_is_vouched_for_and_to_no_other(
    app: Flask,
    outbox: Outbox,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
    mode: str,
    error: str | None,
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    if error is None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings = app.config["SETTINGS"]
    with fake_smtp.running(tls=context if mode == "tls" else None) as fake:
        fake.starttls = context if mode == "starttls" else None
        channels.configure(replace(settings, smtp_host="127.0.0.1", smtp_port=fake.port, smtp_tls=mode))
        delivery = outbox.mail()
        outbox.send_due()
        row = outbox.row(delivery)
        channels.configure(settings)
    expected = ("sent", None, 1) if error is None else ("waiting", error, 0)
    assert (row.state, row.last_error, len(fake.received)) == expected
