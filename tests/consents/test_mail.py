"""Letters to suppressed addresses, and mailboxes that there are not."""

from typing import Any

import pytest

from tests.consents.test_suppressions import listed
from tests.fakes.smtp import FakeSmtp
from tests.messaging.outbox import Outbox
from tests.quotes.test_letters import letter, made, smtp
from tests.support.client import Company

__all__ = ["made", "smtp"]
Json = dict[str, Any]


@pytest.fixture
def outbox(company: Company) -> Outbox:
    return Outbox(company)


def suppress(company: Company, address: str) -> None:
    added = company.admin.post("/suppressions", {"way": "mail", "addresses": [address]})
    assert added.json == {"added": 1, "known": 0}


def test_a_letter_to_a_suppressed_address_is_refused_where_it_is_written(
    company: Company, outbox: Outbox, made: Json
) -> None:
    suppress(company, "Zhou@Example.com")
    refused = company.admin.post(f"/quotes/{made['id']}/letter", letter(cc=["li@example.com"]))
    assert refused.status_code == 422
    assert [(one["field"], one["code"]) for one in refused.json["errors"]] == [("to.0", "suppressed-address")]
    assert outbox.rows() == []
    assert company.admin.get(f"/quotes/{made['id']}").json["state"] == "approved"


def test_what_is_suppressed_while_it_waits_is_not_sent(
    company: Company, outbox: Outbox, smtp: FakeSmtp, made: Json
) -> None:
    company.admin.post(f"/quotes/{made['id']}/letter", letter(cc=["li@example.com"]))
    suppress(company, "zhou@example.com")
    outbox.send_due()
    ended = {row.address: (row.state, row.last_error) for row in outbox.rows()}
    assert ended == {"zhou@example.com": ("suppressed", "suppressed"), "li@example.com": ("sent", None)}
    assert len(smtp.received) == 1


@pytest.mark.parametrize(
    ("reply", "suppressed"),
    [
        ("550 5.1.1 No such user", True),
        ("550 5.7.1 Blocked by policy", False),
        ("550 Mailbox unavailable", False),
        ("452 4.2.2 Mailbox full", False),
    ],
)
def test_a_mailbox_that_there_is_not_is_suppressed(
    company: Company, outbox: Outbox, smtp: FakeSmtp, made: Json, reply: str, *, suppressed: bool
) -> None:
    smtp.answers("RCPT", reply)
    company.admin.post(f"/quotes/{made['id']}/letter", letter())
    outbox.send_due()
    found = [(one["address"], one["reason"], one["added_by"]) for one in listed(company.admin)]
    assert found == ([("zhou@example.com", "bounced", None)] if suppressed else [])
    assert smtp.received == []


def test_mail_of_our_own_to_colleagues_is_sent_all_the_same(
    company: Company, outbox: Outbox, smtp: FakeSmtp
) -> None:
    suppress(company, "lin@example.com")
    outbox.mail(kind="invitation")
    outbox.send_due()
    assert outbox.states() == ["sent"]
