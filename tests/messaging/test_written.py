"""Mail that a company has written itself: its page, its way out, and its signature."""

from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from app.config import SettingsError, from_environment
from app.messaging import services, signing
from app.messaging.channels import _mail
from app.messaging.channels.contract import Envelope, Message
from app.messaging.signing import Seal
from tests.fakes.smtp import FakeSmtp
from tests.messaging.outbox import Outbox

TOKEN = f"chengchuan-equipment.{'0' * 32}.{'a' * 43}"
BASE = {
    "GUANXI_SECRET_KEY": "x" * 40,
    "DATABASE_URL": "postgresql://a@b/c",
    "REDIS_URL": "redis://localhost",
    "GUANXI_ENVIRONMENT": "development",
}
WRITTEN: dict[str, Any] = {
    "outreach": "1",
    "purpose": "care",
    "subject": "生日快乐\r\nBcc: x@example.com",
    "text": "祝您生日快乐",
    "html": "<p>祝您<strong>生日快乐</strong></p>",
    "unsubscribe": TOKEN,
}


def letter(outbox: Outbox, **changes: Any) -> None:
    """A written mail, sent."""
    envelope = Envelope(to=["zhang@example.com"], sender="澄川科技", reply_to="qin@example.com")
    message = Message(
        kind="template-trial",
        facts={**WRITTEN, **changes},
        to="zhang@example.com",
        envelope=envelope,
        dedupe_key="1",
    )
    with outbox.work():
        services.send_letters([message])
    outbox.send_due()


def test_has_its_page_and_a_way_out(outbox: Outbox, smtp: FakeSmtp) -> None:
    letter(outbox)
    [mail] = smtp.received
    assert mail["Subject"] == "生日快乐 Bcc: x@example.com"
    assert mail["Bcc"] is None
    assert (mail["From"], mail["Reply-To"]) == ("澄川科技 <no-reply@guanxi.local>", "qin@example.com")
    out = f"http://localhost/api/v1/unsubscriptions?purpose=care&token={TOKEN}"
    assert mail["List-Unsubscribe"].strip() == f"<{out}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    html = mail.get_body(("html",)).get_content()
    assert "<p>祝您<strong>生日快乐</strong></p>" in html
    assert f'href="http://localhost/p#token={TOKEN}"' in html
    text = mail.get_body(("plain",)).get_content()
    assert text.splitlines()[0] == "祝您生日快乐"
    assert f"http://localhost/p#token={TOKEN}" in text.splitlines()


def test_without_a_token_there_is_no_way_out_to_show(outbox: Outbox, smtp: FakeSmtp) -> None:
    letter(outbox, unsubscribe=None)
    [mail] = smtp.received
    assert mail["List-Unsubscribe"] is None
    assert "/p#token" not in mail.as_string()


def test_words_that_are_not_there_are_never_sent(outbox: Outbox, smtp: FakeSmtp) -> None:
    with pytest.raises(KeyError):
        letter(outbox, html=None)
    assert (smtp.received, outbox.states()) == ([], [])


def _key() -> tuple[str, bytes]:
    """A private key in PEM form, and its public half as the name server tells it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem.decode(), b"v=DKIM1; k=rsa; p=" + b64encode(public)


def test_is_signed_so_that_whoever_gets_it_can_tell(
    outbox: Outbox, smtp: FakeSmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem, public = _key()
    assert _mail._settings is not None
    monkeypatch.setattr(_mail, "_settings", replace(_mail._settings, dkim_selector="gx", dkim_key=pem))
    letter(outbox)
    [raw] = smtp.raw
    asked: list[bytes] = []

    def told(name: bytes, timeout: int = 5) -> bytes:
        asked.append(name)
        return public

    assert dkim.verify(raw, dnsfunc=told) is True
    assert asked == [b"gx._domainkey.guanxi.local."]
    assert b"list-unsubscribe" in raw.split(b"\r\n\r\n")[0].lower()
    assert dkim.verify(raw.replace(b"zhang@example.com", b"other@example.com"), dnsfunc=told) is False


def test_without_a_key_mail_goes_out_as_it_is() -> None:
    assert signing.signed(b"From: a@b.cn\r\n\r\nx\r\n", None) == b"From: a@b.cn\r\n\r\nx\r\n"


@pytest.mark.parametrize(
    "told",
    [
        {"GUANXI_DKIM_SELECTOR": "gx"},
        {"GUANXI_DKIM_KEY_FILE": "/no/such/file"},
        {"GUANXI_DKIM_SELECTOR": "gx", "GUANXI_DKIM_KEY_FILE": "/no/such/file"},
        {"GUANXI_DKIM_SELECTOR": "gx", "GUANXI_DKIM_KEY_FILE": __file__},
    ],
)
def test_half_a_signature_is_refused_at_the_start(told: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="GUANXI_DKIM"):
        from_environment({**BASE, **told})


def _written(key: PrivateKeyTypes, password: bytes | None = None) -> str:
    way = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, way
    ).decode()  # fmt: skip


def test_a_key_that_nothing_can_be_signed_with_is_refused_at_the_start(tmp_path: Path) -> None:
    good = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    file = tmp_path / "dkim.pem"
    told = {**BASE, "GUANXI_DKIM_SELECTOR": "gx", "GUANXI_DKIM_KEY_FILE": str(file)}
    for useless in (
        "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n",
        _written(good, b"secret"),
        _written(ed25519.Ed25519PrivateKey.generate()),
    ):
        file.write_text(useless)
        with pytest.raises(SettingsError, match="private RSA key"):
            from_environment(told)
    file.write_text(_written(good))
    assert from_environment(told).dkim_key == _written(good)


def test_tells_the_record_that_others_check_by() -> None:
    pem, public = _key()
    seal = Seal(b"gx", b"mail.example.com", pem.encode())
    assert signing.record_of(seal) == ("gx._domainkey.mail.example.com", public.decode())
