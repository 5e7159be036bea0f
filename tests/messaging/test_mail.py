"""E-mails, from the transaction that gives the reason to the server that takes them."""

from tests.fakes.smtp import FakeSmtp
from tests.messaging.outbox import Outbox


def test_sends_text_and_html_with_our_reference(outbox: Outbox, smtp: FakeSmtp) -> None:
    delivery_id = outbox.mail(kind="invitation", link="/accept-invitation#token=abc.def&x=1")
    outbox.send_due()
    [mail] = smtp.received
    assert mail["Subject"] == "秦明远 邀请你加入 澄川科技"
    assert mail["From"] == "Guanxi 关系 <no-reply@guanxi.local>"
    assert mail["To"] == "lin@example.com"
    assert mail["Message-ID"] == f"<{delivery_id.hex}@guanxi.local>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert "http://localhost/accept-invitation#token=abc.def&x=1" in text.splitlines()
    assert 'href="http://localhost/accept-invitation#token=abc.def&amp;x=1"' in html
    row = outbox.row(delivery_id)
    assert (row.state, row.attempts, row.reference) == ("sent", 1, mail["Message-ID"])
    assert row.settled_at is not None


def test_wipes_a_secret_once_it_is_sent(outbox: Outbox, smtp: FakeSmtp) -> None:
    secret = outbox.mail(kind="invitation", link="/accept-invitation#token=secret")
    plain = outbox.mail(link="/settings/sessions")
    assert outbox.row(secret).link == "/accept-invitation#token=secret"
    outbox.send_due()
    assert (outbox.row(secret).link, outbox.row(secret).facts) == (None, {})
    assert outbox.row(plain).link == "/settings/sessions"
