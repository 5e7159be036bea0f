"""Reading what comes to the mailbox of returns, and the settings that name it."""

import pytest

from app.config import SettingsError, from_environment
from app.messaging.returns.reading import read

ADDRESS = "returns@guanxi.local"


def test_settings_name_both_the_mailbox_and_its_address() -> None:
    secret = {"GUANXI_SECRET_KEY": "x" * 40, "DATABASE_URL": "postgresql://a@b/c", "REDIS_URL": "redis://h/0"}
    development = {**secret, "GUANXI_ENVIRONMENT": "development"}
    host, address = {"GUANXI_RETURNS_HOST": "imap.example.com"}, {"GUANXI_RETURNS_ADDRESS": ADDRESS}
    assert from_environment(development).returns is None
    found = from_environment({**development, **host, **address}).returns
    assert found is not None
    assert (found.host, found.port, found.encrypted) == ("imap.example.com", 993, True)
    assert "password" not in repr(found)
    for wrong in (host, address, {**host, "GUANXI_RETURNS_ADDRESS": "no address"}):
        with pytest.raises(SettingsError, match="GUANXI_RETURNS"):
            from_environment({**development, **wrong})


def _nested(depth: int) -> bytes:
    """A mail in a mail in a mail."""
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(depth)
    )
    return head + b"Content-Type: text/plain\r\n\r\nx\r\n"


def test_nothing_that_anybody_sends_breaks_the_reading() -> None:
    for content in (
        b"",
        b"\r\n",
        b"Subject: =?x?b?!!?=\r\n\r\n",
        b"Content-Type: message/delivery-status\r\n\r\nx",
        _nested(3000),
    ):
        assert read(content) is None
