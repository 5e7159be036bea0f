"""E-mails, from the transaction that gives the reason to the server that takes them."""

import pytest

from app.core.errors import Invalid
from app.messaging import services
from tests.fakes.smtp import FakeSmtp
from tests.messaging.outbox import FACTS, Outbox


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


def test_speaks_the_language_asked_for(outbox: Outbox, smtp: FakeSmtp) -> None:
    with outbox.work():
        services.send_mail("a@example.com", "invitation", FACTS["invitation"], dedupe_key="1", locale="en")
    outbox.send_due()
    assert smtp.received[0]["Subject"] == "秦明远 invites you to 澄川科技"
    assert '<html lang="en">' in smtp.received[0].get_body(("html",)).get_content()


def test_a_fact_cannot_write_headers_or_markup(outbox: Outbox, smtp: FakeSmtp) -> None:
    hostile = "<b>秦</b>\r\nBcc: victim@example.com\r\n\r\nhello\x00\u2028x" + "长" * 300
    outbox.mail(kind="invitation", facts={**FACTS["invitation"], "inviter": hostile}, link="/x#'\"><i>")
    outbox.send_due()
    [mail] = smtp.received
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("<b>秦</b> Bcc: victim@example.com hello x长长")
    html = mail.get_body(("html",)).get_content()
    assert "<b>" not in html
    assert "<i>" not in html
    raw = mail.as_bytes()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert raw.isascii()


def test_a_line_that_is_a_lone_dot_ends_nothing(outbox: Outbox, smtp: FakeSmtp) -> None:
    outbox.mail(facts={"name": "a\n.\n..b"})
    outbox.mail()
    outbox.send_due()
    assert outbox.states() == ["sent", "sent"]
    assert "a\n.\n..b" in smtp.received[0].get_body(("plain",)).get_content().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "address", ["", "x", "a@b\r\nRCPT TO:<c@d>", "a@b, c@d", "<a@b>", "王@example.com", "a b@example.com"]
)
def test_refuses_an_address_no_mail_can_go_to(outbox: Outbox, address: str) -> None:
    with pytest.raises(Invalid):
        outbox.mail(to=address)
    assert outbox.rows() == []


def test_refuses_words_that_are_not_there(outbox: Outbox) -> None:
    with pytest.raises(KeyError):
        outbox.mail(facts={})
    assert outbox.rows() == []


def test_sends_nothing_when_the_reason_is_rolled_back(
    outbox: Outbox, smtp: FakeSmtp, bells: list[object]
) -> None:
    outbox.work_in_vain(
        lambda: services.send_mail("a@example.com", "password-changed", {"name": "x"}, dedupe_key="1")
    )
    outbox.send_due()
    assert (outbox.rows(), smtp.received, bells) == ([], [], [])


def test_the_same_key_sends_once(outbox: Outbox, smtp: FakeSmtp) -> None:
    outbox.mail(dedupe_key="invitation:1")
    with outbox.work():
        again = services.send_mail(
            "b@example.com", "password-changed", {"name": "x"}, dedupe_key="invitation:1"
        )
    outbox.send_due()
    assert again is None
    assert [mail["To"] for mail in smtp.received] == ["lin@example.com"]


def test_wipes_a_secret_once_it_is_sent(outbox: Outbox, smtp: FakeSmtp) -> None:
    secret = outbox.mail(kind="invitation", link="/accept-invitation#token=secret")
    plain = outbox.mail(link="/settings/sessions")
    assert outbox.row(secret).link == "/accept-invitation#token=secret"
    outbox.send_due()
    assert len(smtp.received) == 2
    assert (outbox.row(secret).link, outbox.row(secret).facts) == (None, {})
    assert outbox.row(plain).link == "/settings/sessions"


def test_can_be_taken_back_until_it_is_sent(outbox: Outbox, smtp: FakeSmtp) -> None:
    outbox.mail(kind="invitation", link="/x#token=secret", dedupe_key="one")
    outbox.mail(dedupe_key="two")
    with outbox.work():
        assert services.cancel("one") is True
    outbox.send_due()
    with outbox.work():
        assert services.cancel("two") is False
        assert services.cancel("three") is False
    assert outbox.states() == ["cancelled", "sent"]
    assert outbox.rows()[0].link is None
    assert len(smtp.received) == 1


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("lin@example.com", True), ("lin+a@example.com", True), ("o'k@example.com", True),
        ("a..b@example.com", False), (".a@example.com", False), ("a.@example.com", False),
        ("a@example..com", False), ("a@.com", False), ("a b@example.com", False), ("a@x\r\ny", False),
    ],
)  # fmt: skip
def test_what_is_taken_can_be_composed(outbox: Outbox, smtp: FakeSmtp, address: str, *, taken: bool) -> None:
    if taken:
        outbox.mail(to=address)
    else:
        with pytest.raises(Invalid):
            outbox.mail(to=address)
    outbox.send_due()
    assert [mail["To"] for mail in smtp.received] == ([address] if taken else [])
    assert outbox.states() == (["sent"] if taken else [])
