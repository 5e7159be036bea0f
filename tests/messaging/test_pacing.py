"""As fast as may be sent and no faster: for all companies together, and for each."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.fakes.smtp import FakeSmtp
from tests.messaging.outbox import Outbox
from tests.support.client import Company

TEN_SECONDS = timedelta(seconds=10)


@pytest.mark.parametrize("limit", ["mails_per_minute", "mails_per_minute_each"])
def test_sends_no_more_than_may_be_sent(
    outbox: Outbox, smtp: FakeSmtp, settle: Callable[..., None], limit: str
) -> None:
    settle(**{limit: 30})
    for _ in range(12):
        outbox.mail()
    outbox.send_due()
    outbox.send_due()
    assert sorted(outbox.states()) == ["sent"] * 5 + ["waiting"] * 7
    waiting = [row for row in outbox.rows() if row.state == "waiting"]
    assert {(row.attempts, row.last_error) for row in waiting} == {(0, "paced")}
    outbox.later(TEN_SECONDS)
    outbox.send_due()
    assert outbox.states().count("sent") == 10
    outbox.later(TEN_SECONDS)
    outbox.send_due()
    assert set(outbox.states()) == {"sent"}
    assert set(smtp.times.values()) == {1}


def test_even_the_slowest_pace_lets_one_go(
    outbox: Outbox, smtp: FakeSmtp, settle: Callable[..., None]
) -> None:
    settle(mails_per_minute=1)
    outbox.mail()
    outbox.mail()
    outbox.send_due()
    assert sorted(outbox.states()) == ["sent", "waiting"]
    outbox.later(timedelta(minutes=1))
    outbox.send_due()
    assert outbox.states() == ["sent", "sent"]


def test_one_company_leaves_something_to_the_others(
    outbox: Outbox, smtp: FakeSmtp, settle: Callable[..., None], other_company: Company
) -> None:
    settle(mails_per_minute=60, mails_per_minute_each=30)
    other = Outbox(other_company)
    for _ in range(20):
        outbox.mail()
        other.mail()
    outbox.send_due()
    other.send_due()
    assert (outbox.states().count("sent"), other.states().count("sent")) == (5, 5)


def test_all_companies_together_keep_to_the_limit(
    outbox: Outbox, smtp: FakeSmtp, settle: Callable[..., None], other_company: Company
) -> None:
    settle(mails_per_minute=60)
    other = Outbox(other_company)
    for _ in range(8):
        outbox.mail()
        other.mail()
    outbox.send_due()
    other.send_due()
    assert (outbox.states().count("sent"), other.states().count("sent")) == (8, 2)
