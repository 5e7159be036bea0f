"""Messages go out once, in the first way that may be taken, at an hour at which the company writes."""

from contextvars import Context
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, update

from app.contacts.models import Contact
from app.core.db import db
from app.messaging import receipts
from app.messaging.channels.contract import Outcome, Verdict
from app.messaging.models import Told
from app.messaging.receipts import Receipt
from app.outreach import releasing
from tests.consents.people import MAIL, PHONE, note, somebody
from tests.fakes.provider import Provider
from tests.outreach.desk import Desk
from tests.support.client import Company
from tests.support.statements import sent

REFUSED = Outcome(Verdict.REFUSED, "number-off")


@pytest.fixture(autouse=True)
def providers(sms: Provider, mail: Provider) -> None:
    """Nothing leaves the process."""


def test_what_is_due_goes_out_once(company: Company, desk: Desk, mail: Provider) -> None:
    occasion = desk.occasion(somebody(company.admin, name="李丹"), ("mail", desk.template()))
    assert len(desk.plan(occasion)) == 1
    assert desk.plan(occasion) == []
    desk.run()
    assert desk.states() == [("sent", None)]
    [parcel] = mail.taken
    assert (parcel.address, parcel.kind) == (MAIL, "outreach")
    assert parcel.facts["subject"] == "生日快乐"
    assert parcel.facts["text"].strip() == "祝李丹生日快乐"
    assert parcel.facts["unsubscribe"]
    desk.run()
    assert len(mail.taken) == 1


def test_what_is_not_due_waits(company: Company, desk: Desk, mail: Provider) -> None:
    due_at = desk.now + timedelta(days=3)
    desk.plan(desk.occasion(somebody(company.admin), ("mail", desk.template()), due_at=due_at))
    desk.run()
    assert (desk.states(), mail.taken) == ([("waiting", None)], [])
    desk.later(days=3)
    desk.run()
    assert desk.states() == [("sent", None)]


def test_the_next_way_is_taken_where_the_first_may_not_be(
    company: Company, desk: Desk, sms: Provider, mail: Provider
) -> None:
    one = somebody(company.admin)
    note(company.admin, one, holds=False, purposes=["care"], ways=["sms"])
    desk.plan(desk.occasion(one, ("sms", desk.template("sms")), ("mail", desk.template())))
    desk.run()
    assert desk.states() == [("sent", None)]
    assert desk.tries() == [("sms", "suppressed", "withdrawn"), ("mail", "sent", None)]
    assert (len(sms.taken), len(mail.taken)) == (0, 1)


def test_the_next_way_is_taken_where_the_first_is_refused(
    company: Company, desk: Desk, sms: Provider, mail: Provider
) -> None:
    sms.answers(REFUSED)
    desk.plan(
        desk.occasion(somebody(company.admin), ("sms", desk.template("sms")), ("mail", desk.template()))
    )
    desk.run()
    assert desk.states() == [("sent", None)]
    assert desk.tries() == [("sms", "failed", "number-off"), ("mail", "sent", None)]
    assert [one.way for one in desk.messages()] == ["mail"]


def test_where_no_way_is_left_it_says_why(company: Company, desk: Desk, sms: Provider) -> None:
    sms.answers(REFUSED)
    nowhere = somebody(company.admin, email=None, phones=[])
    desk.plan(
        desk.occasion(somebody(company.admin), ("sms", desk.template("sms"))),
        desk.occasion(nowhere, ("sms", desk.template("sms")), ("mail", desk.template())),
    )
    desk.run()
    assert desk.states() == [("failed", "number-off"), ("suppressed", "no-address")]


def test_what_is_uncertain_takes_no_other_way(company: Company, desk: Desk, sms: Provider) -> None:
    sms.answers(Outcome(Verdict.UNCLEAR, "no-answer"))
    desk.plan(
        desk.occasion(somebody(company.admin), ("sms", desk.template("sms")), ("mail", desk.template()))
    )
    desk.run()
    assert desk.states() == [("uncertain", "no-answer")]
    assert desk.tries() == [("sms", "uncertain", "no-answer")]


def test_a_receipt_that_it_did_not_arrive_takes_the_next_way(
    company: Company, desk: Desk, sms: Provider, mail: Provider
) -> None:
    desk.plan(
        desk.occasion(somebody(company.admin), ("sms", desk.template("sms")), ("mail", desk.template()))
    )
    desk.run()
    [delivery] = desk.deliveries()

    def tell(verdict: Told) -> None:
        with desk.work():
            told = Receipt(
                reference=delivery.id.hex, verdict=verdict, at=desk.now, delivery_id=delivery.id, error="off"
            )
            receipts.take("sms", [told])

    tell(Told.UNDELIVERED)
    desk.run()
    assert desk.tries() == [("sms", "failed", "off"), ("mail", "sent", None)]
    assert desk.states() == [("sent", None)]
    tell(Told.DELIVERED)
    assert desk.tries() == [("sms", "delivered", "off"), ("mail", "sent", None)]
    assert [one.state for one in desk.messages()] == ["delivered"]


def test_at_night_it_waits_for_the_morning(company: Company, desk: Desk, mail: Provider) -> None:
    desk.later(hours=11)
    desk.plan(desk.occasion(somebody(company.admin), ("mail", desk.template())))
    desk.run()
    [waiting] = desk.messages()
    assert (waiting.state, waiting.held_by, mail.taken) == ("waiting", "quiet-hours", [])
    assert waiting.next_at == datetime.fromisoformat("2026-11-26T09:00+08:00")
    desk.now = waiting.next_at
    desk.run()
    assert desk.states() == [("sent", None)]


def test_a_greeting_that_would_come_too_late_expires_and_says_why(
    company: Company, desk: Desk, mail: Provider
) -> None:
    desk.later(hours=11)
    soon = desk.now + timedelta(hours=1)
    desk.plan(desk.occasion(somebody(company.admin), ("mail", desk.template()), expires_at=soon))
    desk.run()
    assert (desk.states(), mail.taken) == ([("expired", "quiet-hours")], [])


def test_after_an_outage_what_is_stale_expires_and_the_rest_goes_out(
    company: Company, desk: Desk, mail: Provider
) -> None:
    stale, fresh = somebody(company.admin), somebody(company.admin)
    template = desk.template()
    desk.plan(
        desk.occasion(stale, ("mail", template)),
        desk.occasion(fresh, ("mail", template), expires_at=desk.now + timedelta(days=5)),
    )
    desk.later(hours=72)
    desk.run()
    assert desk.states() == [("expired", "too-late"), ("sent", None)]
    assert len(mail.taken) == 1


def test_nobody_gets_more_than_the_company_allows(company: Company, desk: Desk, mail: Provider) -> None:
    one = somebody(company.admin)
    template = desk.template()
    expires_at = desk.now + timedelta(days=30)
    desk.plan(*(desk.occasion(one, ("mail", template), expires_at=expires_at) for _ in range(3)))
    desk.run()
    assert [state for state, _ in desk.states()] == ["sent", "waiting", "waiting"]
    assert {message.held_by for message in desk.messages()} == {None, "cap"}
    for sent_by_then in (2, 3):
        desk.later(days=1, seconds=1)
        desk.run()
        assert len(mail.taken) == sent_by_then


def test_who_refuses_at_the_last_moment_is_not_written_to(
    company: Company, desk: Desk, mail: Provider
) -> None:
    one = somebody(company.admin)
    desk.plan(desk.occasion(one, ("mail", desk.template())))

    def refuse(_parcel: object) -> None:
        # Outside the pretended day, on which no session is valid.
        Context().run(note, company.admin, one, about="do-not-contact", evidence=None)

    mail.before = refuse
    desk.run()
    assert (desk.states(), mail.taken) == ([("suppressed", "do-not-contact")], [])


@pytest.mark.parametrize("for_good", [False, True])
def test_who_is_gone_at_the_last_moment_is_not_written_to(
    company: Company, desk: Desk, mail: Provider, *, for_good: bool
) -> None:
    one = somebody(company.admin)
    desk.plan(desk.occasion(one, ("mail", desk.template())))

    def leave(_parcel: object) -> None:
        contact = Contact.id == UUID(one["id"])
        statement = delete(Contact) if for_good else update(Contact).values(deleted_at=desk.now)
        with desk.work():
            db.session.execute(statement.where(contact))

    mail.before = leave
    desk.run()
    [delivery] = desk.deliveries()
    assert (delivery.state, delivery.last_error, mail.taken) == ("suppressed", "contact-gone", [])
    assert desk.states() == ([] if for_good else [("suppressed", "contact-gone")])


def test_what_lies_in_the_outbox_until_night_waits_for_the_morning(
    company: Company, desk: Desk, mail: Provider
) -> None:
    mail.answers(Outcome(Verdict.DOWN, "connection"))
    expires_at = desk.now + timedelta(days=2)
    desk.plan(desk.occasion(somebody(company.admin), ("mail", desk.template()), expires_at=expires_at))
    desk.run()
    desk.later(hours=12)
    desk.run()
    [delivery] = desk.deliveries()
    assert (delivery.state, delivery.last_error, mail.taken) == ("waiting", "quiet-hours", [])
    assert delivery.next_at == datetime.fromisoformat("2026-11-26T09:00+08:00")
    desk.now = delivery.next_at
    desk.run()
    assert (desk.states(), len(mail.taken)) == ([("sent", None)], 1)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [({"state": "archived"}, "template-off"), ({"body": "保修到{{asset.warranty_until}}"}, "value-missing")],
)
def test_what_cannot_be_said_fails_and_says_why(
    company: Company, desk: Desk, mail: Provider, facts: dict[str, str], reason: str
) -> None:
    desk.plan(desk.occasion(somebody(company.admin), ("mail", desk.template(**facts))))
    desk.run()
    assert (desk.states(), mail.taken) == ([("failed", reason)], [])


def test_a_contact_in_the_bin_is_not_written_to(company: Company, desk: Desk, mail: Provider) -> None:
    one = somebody(company.admin)
    desk.plan(desk.occasion(one, ("mail", desk.template())))
    company.admin.delete(f"/contacts/{one['id']}", version=one["version"])
    desk.run()
    assert (desk.states(), mail.taken) == ([("suppressed", "contact-gone")], [])


def test_letting_go_costs_the_same_for_one_and_for_many(company: Company, desk: Desk) -> None:
    template = desk.template("sms", body="{{contact.name}}，{{customer.name|您好}}")
    people = [somebody(company.admin, name=f"客{n}") for n in range(13)]
    counts = []
    for some in (people[:1], people[1:]):
        desk.plan(*(desk.occasion(one, ("sms", template)) for one in some))
        with sent() as statements:
            _release(desk)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert {state for state, _ in desk.states()} == {"sending"}
    assert {delivery.address for delivery in desk.deliveries()} == {PHONE}


def _release(desk: Desk) -> None:
    with desk.inside():
        releasing.release_due()
