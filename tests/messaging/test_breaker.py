"""A provider that does not answer is left alone, by every company, until one message has got through."""

from datetime import timedelta

from app.messaging.breaker import FIRST_PAUSE, PATIENCE, TRIAL
from tests.fakes.smtp import DROP, FakeSmtp
from tests.messaging.outbox import Outbox
from tests.support.client import Company
from tests.support.store import Store

SOON = timedelta(seconds=1)


def fail(outbox: Outbox, smtp: FakeSmtp) -> None:
    """Have the server not answer as often as we bear."""
    smtp.always_answers("MAIL", DROP)
    for _ in range(PATIENCE):
        outbox.send_due()
        outbox.later(timedelta(minutes=5))


def opened(store: Store) -> list[tuple[str, int, int, bool]]:
    """Provider, failures, how often it was left alone, and whether it is now."""
    rows = store.rows("SELECT provider, failures, opened, open_until IS NOT NULL FROM provider_health")
    return [tuple(row.values()) for row in rows]


def test_a_provider_that_fails_again_and_again_is_left_alone(
    outbox: Outbox, smtp: FakeSmtp, store: Store
) -> None:
    first = outbox.mail()
    smtp.always_answers("MAIL", DROP)
    for _ in range(PATIENCE - 1):
        outbox.send_due()
        outbox.later(timedelta(minutes=5))
    assert opened(store) == [("mail", 2, 0, False)]
    outbox.send_due()
    assert opened(store) == [("mail", 3, 1, True)]
    before = smtp.connections
    second = outbox.mail()
    outbox.send_due()
    assert smtp.connections == before
    row = outbox.row(second)
    assert (row.state, row.attempts, row.last_error) == ("waiting", 0, "provider-down")
    assert outbox.row(first).attempts == PATIENCE


def test_one_message_tries_it_and_the_others_follow(outbox: Outbox, smtp: FakeSmtp, store: Store) -> None:
    outbox.mail()
    fail(outbox, smtp)
    for _ in range(3):
        outbox.mail()
    smtp.recovers()
    outbox.send_due()
    assert sorted(outbox.states()) == ["sent", "waiting", "waiting", "waiting"]
    assert opened(store) == [("mail", 0, 0, False)]
    outbox.later(timedelta(seconds=6))
    outbox.send_due()
    assert set(outbox.states()) == {"sent"}
    assert set(smtp.times.values()) == {1}


def test_each_trial_that_fails_doubles_the_pause(outbox: Outbox, smtp: FakeSmtp, store: Store) -> None:
    outbox.mail()
    fail(outbox, smtp)
    outbox.send_due()
    [pause] = store.rows("SELECT open_until - changed_at AS pause FROM provider_health")
    assert (opened(store)[0][2], pause["pause"]) == (2, 2 * FIRST_PAUSE)


def test_while_one_tries_nobody_else_does(outbox: Outbox, smtp: FakeSmtp, store: Store) -> None:
    outbox.mail()
    fail(outbox, smtp)
    outbox.mail()
    store.rows("UPDATE provider_health SET open_until = now() + %s", TRIAL)
    before = smtp.connections
    outbox.send_due()
    assert smtp.connections == before
    # Whoever tried has died: somebody else may.
    outbox.later(TRIAL + SOON)
    smtp.recovers()
    outbox.send_due()
    assert smtp.connections == before + 1
    assert sorted(outbox.states()) == ["sent", "waiting"]


def test_silence_after_the_hand_over_does_not_go_on_for_a_whole_batch(
    outbox: Outbox, smtp: FakeSmtp, store: Store
) -> None:
    for _ in range(10):
        outbox.mail()
    smtp.always_answers("DATA", DROP)
    outbox.send_due()
    assert sorted(outbox.states()) == ["uncertain"] * PATIENCE + ["waiting"] * (10 - PATIENCE)
    assert opened(store) == [("mail", 3, 1, True)]


def test_what_one_company_has_found_holds_for_the_others(
    outbox: Outbox, smtp: FakeSmtp, other_company: Company
) -> None:
    outbox.mail()
    fail(outbox, smtp)
    outbox.send_due()
    other = Outbox(other_company)
    other.mail()
    before = smtp.connections
    other.send_due()
    assert smtp.connections == before
    assert [row.last_error for row in other.rows()] == ["provider-down"]


def test_a_refusal_is_an_answer(outbox: Outbox, smtp: FakeSmtp, store: Store) -> None:
    smtp.always_answers("RCPT", "550 no such user")
    for _ in range(PATIENCE + 1):
        outbox.mail()
    outbox.send_due()
    assert set(outbox.states()) == {"failed"}
    assert opened(store) == []
