"""What companies send is counted once, limited by the month, and told in time."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.access.actor import Actor
from app.core.db import db
from app.core.ids import new_id
from app.events.messages import Charge, Settled
from app.messaging import receipts, sending
from app.messaging.channels.contract import Outcome, Verdict
from app.messaging.models import Told
from app.messaging.receipts import Receipt
from app.usage import counting, reading, services, standing, warning
from app.usage.models import MessageUsage
from tenants.context import tenant_scope
from tests.consents.people import somebody
from tests.fakes.provider import Provider
from tests.messaging.outbox import Outbox
from tests.outreach.desk import Desk
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import sent

Json = dict[str, Any]
SILENT = Outcome(Verdict.UNCLEAR, "no-answer", reference="ref-1")
REFUSED = Outcome(Verdict.REFUSED, "smtp-550")


def usage(company: Company, month: str = "2026-11-01") -> list[tuple[str, str, int, int, int, int]]:
    """The days of a month."""
    told = company.admin.get(f"/message-usage?month={month}").json
    names = ("since", "channel", "messages", "segments", "cost", "unpriced")
    return [tuple(one[name] for name in names) for one in told["days"]]  # type: ignore[misc]


def limit(company: Company, **own: int | None) -> Json:
    """Set the company's own limits."""
    version = company.admin.get("/message-limits").json["version"]
    answer = company.admin.patch("/message-limits", own, version=version)
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def letters(desk: Desk, company: Company, count: int) -> None:
    """Plan so many messages, each to somebody else."""
    template = desk.template("mail")
    people = [somebody(company.admin, email=f"nr{place}@example.com") for place in range(count)]
    desk.plan(*(desk.occasion(one, ("mail", template)) for one in people))


def test_what_was_taken_counts_on_the_company_s_own_day(company: Company, desk: Desk, mail: Provider) -> None:
    # Half past midnight of the first of December in Shanghai is still November elsewhere.
    desk.now = datetime(2026, 11, 30, 16, 30, tzinfo=UTC)
    letters(desk, company, 2)
    mail.answers(REFUSED)
    desk.run()
    desk.later(hours=9)
    desk.run()
    assert usage(company) == []
    assert usage(company, "2026-12-24") == [("2026-12-01", "mail", 1, 1, 0, 0)]


def test_what_nobody_knew_counts_when_it_is_known_and_never_twice(
    company: Company, desk: Desk, mail: Provider
) -> None:
    letters(desk, company, 1)
    mail.answers(SILENT)
    desk.run()
    assert usage(company) == []
    [delivery] = desk.deliveries()
    assert (delivery.state, delivery.segments) == ("uncertain", None)
    for verdict in (Told.DELIVERED, Told.UNDELIVERED, Told.DELIVERED):
        with desk.work():
            receipts.take("mail", [Receipt(reference="ref-1", verdict=verdict, at=desk.now)])
    assert usage(company) == [("2026-11-25", "mail", 1, 1, 0, 0)]
    [delivery] = desk.deliveries()
    assert (delivery.state, delivery.segments, delivery.mills) == ("delivered", 1, 0)


def test_a_receipt_of_what_was_counted_counts_nothing(company: Company, desk: Desk, mail: Provider) -> None:
    letters(desk, company, 1)
    mail.answers(Outcome(Verdict.SENT, reference="ref-2"))
    desk.run()
    with desk.work():
        receipts.take("mail", [Receipt(reference="ref-2", verdict=Told.DELIVERED, at=desk.now)])
    assert usage(company) == [("2026-11-25", "mail", 1, 1, 0, 0)]


def test_many_are_counted_in_one_statement(desk: Desk, company: Company) -> None:
    told = [
        Settled(
            delivery_id=new_id(), channel="sms", kind="outreach", state="sent", error=None, at=desk.now,
            charge=Charge(2, None if place % 3 == 0 else 90),
        )
        for place in range(9)
    ]  # fmt: skip
    for _ in range(2):
        with desk.work(), sent() as made:
            counting.count(told)
        assert len(made) == 1
    assert usage(company) == [("2026-11-25", "sms", 18, 36, 108, 12)]


def test_beyond_its_limit_messages_wait_until_it_is_raised(
    company: Company, desk: Desk, mail: Provider
) -> None:
    assert limit(company, mail=2)["own_mail"] == 2
    letters(desk, company, 3)
    desk.run()
    assert len(mail.taken) == 2
    held = [one for one in desk.deliveries() if one.state == "waiting"]
    assert [(one.last_error, one.next_at) for one in held] == [
        ("limit-reached", datetime(2026, 11, 26, 4, 0, tzinfo=UTC))
    ]
    desk.later(hours=1)
    desk.run()
    assert len(mail.taken) == 2
    with desk.work():
        services.change(Actor.system(company.tenant_id), {"mail": 3})
    desk.run()
    assert len(mail.taken) == 3
    assert usage(company) == [("2026-11-25", "mail", 3, 3, 0, 0)]


def test_what_expires_before_the_month_is_over_says_so(company: Company, desk: Desk, mail: Provider) -> None:
    limit(company, mail=0)
    letters(desk, company, 1)
    desk.run()
    desk.later(days=6)
    desk.run()
    assert mail.taken == []
    assert desk.states() == [("expired", "limit-reached")]


def test_codes_and_invitations_go_out_at_any_rate(company: Company, desk: Desk, mail: Provider) -> None:
    limit(company, mail=0)
    outbox = Outbox(company)
    outbox.mail()
    with outbox.inside():
        sending.send_due()
    assert len(mail.taken) == 1


def test_the_lower_of_what_is_granted_and_what_one_allows_oneself_holds(company: Company, desk: Desk) -> None:
    limit(company, sms=500)
    with desk.work():
        assert {name: one.limit for name, one in standing.now().items()} == {"sms": 500}
    with desk.work():
        services.grant(company.slug, {"sms": 300, "mail": 1000})
    with desk.work():
        assert {name: one.limit for name, one in standing.now().items()} == {"sms": 300, "mail": 1000}


def test_administrators_hear_of_a_limit_once_for_each_level(company: Company, desk: Desk) -> None:
    def taken(segments: int) -> None:
        one = Settled(
            delivery_id=new_id(), channel="sms", kind="outreach", state="sent", error=None, at=desk.now,
            charge=Charge(segments, 0),
        )  # fmt: skip
        with desk.work():
            counting.count([one])
        for _ in range(2):
            with desk.work():
                warning.warn()

    limit(company, sms=10)
    heard = lambda: [one["kind"] for one in company.admin.get("/notifications").json["items"]]  # noqa: E731
    taken(7)
    assert heard() == []
    taken(1)
    assert heard() == ["limit-sms-near"]
    taken(2)
    assert heard() == ["limit-sms-reached", "limit-sms-near"]
    [bell] = [one for one in company.admin.get("/notifications").json["items"] if "reached" in one["kind"]]
    assert (bell["title"], bell["link"]) == ("本月短信已用完", "/usage")


def test_only_those_who_answer_for_messages_see_and_limit_them(company: Company) -> None:
    seller = hire(company, "sales").browser
    for path in ("/message-usage", "/message-limits"):
        assert seller.get(path).status_code == 403
    assert seller.patch("/message-limits", {"sms": 1}, version=1).status_code == 403
    assert company.admin.get("/message-limits").json == {
        "version": 1, "own_sms": None, "own_mail": None, "granted_sms": None, "granted_mail": None,
    }  # fmt: skip


def test_two_who_change_limits_at_once_do_not_overwrite_each_other(company: Company) -> None:
    limit(company, sms=10)
    answer = company.admin.patch("/message-limits", {"sms": 20}, version=1)
    assert answer.status_code == 412
    assert company.admin.get("/message-limits").json["own_sms"] == 10


@pytest.mark.parametrize("wrong", [-1, 100_000_001, "viele", 1.5])
def test_nonsense_limits_are_refused(company: Company, wrong: object) -> None:
    answer = company.admin.patch("/message-limits", {"sms": wrong}, version=1)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == ["sms"]
    assert company.admin.get("/message-limits").json["own_sms"] is None


def test_a_company_s_numbers_are_its_own(
    company: Company, other_company: Company, desk: Desk, mail: Provider
) -> None:
    letters(desk, company, 1)
    desk.run()
    with other_company.app.app_context(), tenant_scope(other_company.tenant_id):
        assert usage(other_company) == []


def test_a_year_is_told_by_months(company: Company, desk: Desk) -> None:
    with desk.work():
        for day in (date(2025, 12, 31), date(2026, 10, 1), date(2026, 10, 31), date(2025, 11, 30)):
            db.session.add(MessageUsage(day=day, channel="sms", messages=1, segments=2, mills=91, unpriced=0))
    with desk.inside():
        told = reading.of_month(Actor.system(company.tenant_id), None)
    assert [(one.since, one.messages, one.cost) for one in told["months"]] == [
        (date(2025, 12, 1), 1, 10), (date(2026, 10, 1), 2, 19),
    ]  # fmt: skip
    assert (told["month"], told["days"]) == (date(2026, 11, 1), [])
