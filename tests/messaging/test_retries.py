"""When the mail server says no, not now, or nothing at all."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.core import clock
from app.messaging.channels import mail
from app.messaging.recording import FEWEST_TRIES
from tests.fakes.smtp import DROP, OK, FakeSmtp
from tests.messaging.outbox import Outbox

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_tries_again_later_what_could_not_be_taken_now(outbox: Outbox, smtp: FakeSmtp, command: str) -> None:
    smtp.answers(command, "451 greylisted", OK, "451 greylisted")
    delivery = outbox.mail()
    outbox.mail()
    for attempts in (1, 2):
        outbox.send_due()
        outbox.send_due()
        row = outbox.row(delivery)
        assert (row.state, row.attempts, row.last_error) == ("waiting", attempts, "smtp-451")
        outbox.later(2 * MINUTE)
    outbox.send_due()
    assert outbox.states() == ["sent", "sent"]
    assert sorted(smtp.times.values()) == [1, 1]
    assert outbox.bells() == []


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_a_refusal_is_final_and_its_sender_is_told(outbox: Outbox, smtp: FakeSmtp, command: str) -> None:
    smtp.answers(command, "550 no such user")
    refused = outbox.mail(
        to="nobody@example.com", kind="invitation", sender_id=outbox.user_id, link="/x#secret"
    )
    outbox.mail()
    outbox.send_due()
    outbox.later(3 * 60 * MINUTE)
    outbox.tend()
    outbox.send_due()
    row = outbox.row(refused)
    assert (row.state, row.last_error, row.link) == ("failed", "smtp-550", None)
    assert outbox.states() == ["failed", "sent"]
    assert [message["To"] for message in smtp.received] == ["lin@example.com"]
    facts = {"to": "nobody@example.com", "subject": "秦明远 邀请你加入 澄川科技"}
    assert outbox.bells() == [("mail-failed", facts)]


def test_never_repeats_what_may_have_been_taken(outbox: Outbox, smtp: FakeSmtp) -> None:
    smtp.answers("DATA", DROP)
    delivery = outbox.mail(sender_id=outbox.user_id)
    outbox.mail()
    outbox.send_due()
    for _ in range(3):
        outbox.later(60 * MINUTE)
        outbox.tend()
        outbox.send_due()
    row = outbox.row(delivery)
    assert (row.state, row.attempts, row.last_error) == ("uncertain", 1, "no-answer")
    assert outbox.states() == ["uncertain", "sent"]
    assert sorted(smtp.times.values()) == [1, 1]
    assert [kind for kind, _ in outbox.bells()] == ["mail-uncertain"]


def test_silence_after_the_mail_is_uncertain(
    outbox: Outbox, smtp: FakeSmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "ANSWER_SECONDS", 0.2)
    smtp.delay = 1.5
    delivery = outbox.mail()
    outbox.send_due()
    assert outbox.row(delivery).state == "uncertain"


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
def test_a_line_lost_before_the_mail_loses_nothing(outbox: Outbox, smtp: FakeSmtp, command: str) -> None:
    smtp.always_answers(command, DROP)
    outbox.mail()
    outbox.mail()
    outbox.send_due()
    assert [(row.state, row.attempts, row.last_error) for row in outbox.rows()] == [
        ("waiting", 1, "connection")
    ] * 2
    smtp.recovers()
    outbox.later(2 * MINUTE)
    outbox.send_due()
    assert outbox.states() == ["sent", "sent"]
    assert sorted(smtp.times.values()) == [1, 1]


def test_keeps_one_line_for_a_batch_and_mends_it(outbox: Outbox, smtp: FakeSmtp) -> None:
    for _ in range(4):
        outbox.mail()
    outbox.send_due()
    assert smtp.connections == 1
    for _ in range(3):
        outbox.mail()
    smtp.answers("MAIL", OK, "421 enough for one line")
    outbox.send_due()
    assert smtp.connections == 3
    assert set(outbox.states()) == {"sent"}
    assert set(smtp.times.values()) == {1}


def test_no_server_at_all_puts_off_everything(
    outbox: Outbox, smtp: FakeSmtp, settle: Callable[..., None]
) -> None:
    settle(smtp_port=1)
    for _ in range(3):
        outbox.mail()
    outbox.send_due()
    assert [(row.state, row.last_error) for row in outbox.rows()] == [("waiting", "connection")] * 3


def test_never_sends_in_clear_what_should_be_encrypted(
    outbox: Outbox, smtp: FakeSmtp, settle: Callable[..., None]
) -> None:
    settle(smtp_tls="starttls")
    delivery = outbox.mail()
    outbox.send_due()
    assert (outbox.row(delivery).state, outbox.row(delivery).last_error) == ("waiting", "not-supported")
    assert smtp.received == []


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_signs_in_where_that_is_asked(outbox: Outbox, smtp: FakeSmtp, settle: Callable[..., None]) -> None:
    smtp.password = "open sesame"
    settle(smtp_username="guanxi", smtp_password="wrong")
    delivery = outbox.mail()
    outbox.send_due()
    assert (outbox.row(delivery).state, outbox.row(delivery).last_error) == ("waiting", "smtp-535")
    settle(smtp_username="guanxi", smtp_password="open sesame")
    outbox.later(2 * MINUTE)
    outbox.send_due()
    assert outbox.row(delivery).state == "sent"


def test_gives_up_after_two_days(outbox: Outbox, smtp: FakeSmtp) -> None:
    smtp.always_answers("RCPT", "451 greylisted")
    delivery = outbox.mail(sender_id=outbox.user_id)
    for _ in range(FEWEST_TRIES):
        outbox.send_due()
        assert outbox.row(delivery).state == "waiting"
        outbox.later(timedelta(hours=4))
    outbox.later(timedelta(hours=4))
    outbox.send_due()
    assert (outbox.row(delivery).state, outbox.row(delivery).last_error) == ("failed", "smtp-451")
    assert [kind for kind, _ in outbox.bells()] == ["mail-failed"]


def test_what_was_not_tried_for_days_is_not_given_up_at_the_first_trouble(
    outbox: Outbox, smtp: FakeSmtp
) -> None:
    smtp.answers("MAIL", "421 closing")
    for _ in range(3):
        outbox.mail()
    outbox.later(timedelta(days=5))
    outbox.send_due()
    assert [(row.state, row.attempts) for row in outbox.rows()] == [("waiting", 1)] * 3
    outbox.later(2 * MINUTE)
    outbox.send_due()
    assert outbox.states() == ["sent"] * 3


def test_does_not_send_what_is_stale(outbox: Outbox, smtp: FakeSmtp) -> None:
    delivery = outbox.mail(kind="invitation", link="/x#secret", expires_at=clock.now() + 60 * MINUTE)
    outbox.later(61 * MINUTE)
    outbox.send_due()
    row = outbox.row(delivery)
    assert (row.state, row.last_error, row.link) == ("expired", "expired", None)
    assert smtp.received == []


def test_a_fault_of_ours_in_one_mail_does_not_stop_the_others(
    outbox: Outbox, smtp: FakeSmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = mail.compose

    def faulty(parcel: object, *more: object, **facts: object) -> bytes:
        if parcel.address == "bad@example.com":
            raise ZeroDivisionError
        return compose(parcel, *more, **facts)

    monkeypatch.setattr(mail, "compose", faulty)
    outbox.mail(to="bad@example.com")
    outbox.mail()
    outbox.send_due()
    assert [(row.state, row.last_error) for row in outbox.rows()] == [("waiting", "internal"), ("sent", None)]
