"""Messages of plans: what the vendor has taken is nobody's task, and what waits rests with rule and plan."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.core.db import db
from app.core.uow import unit_of_work
from app.messaging import receipts, sending
from app.messaging.channels.contract import Outcome, Verdict
from app.messaging.models import Delivery, Told
from app.messaging.receipts import Receipt
from app.outreach import releasing
from app.outreach.models import OutreachMessage
from app.outreach.states import MessageState
from tenants.context import tenant_scope
from tests.assets.site import customer
from tests.care.clockwork import EVENING, at, stay_signed_in
from tests.care.site import after_service, contact, message, rule, switch
from tests.care.test_plans import begin, later, runs, states, steer
from tests.fakes.provider import Provider
from tests.message_templates.desk import active
from tests.support.client import Company

Json = dict[str, Any]
NOON = EVENING + timedelta(hours=38)
"""Of the day after the next."""


@pytest.fixture
def served(company: Company) -> Json:
    """A customer with somebody who has a mailbox."""
    shop = customer(company.admin)
    reader = {"customer_id": shop["id"], "is_primary": True, "email": "lin@example.com"}
    return {**shop, "contact": contact(company.admin, "林夕", **reader)}


def test_a_message_that_the_vendor_has_taken_is_not_overdue(company: Company, served: Json) -> None:
    switch(company, rule(company.admin, after_service(message(amount=1))))
    begin(company, served)
    due = EVENING + timedelta(hours=36)
    [run] = later(company, due)
    assert states(run) == ["under-way"]
    taken = update(OutreachMessage).values(state=MessageState.SENT.value).returning(OutreachMessage.id)
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        assert len(db.session.scalars(taken).all()) == 1
    with at(due + timedelta(days=2)):
        stay_signed_in(company)
        [run] = runs(company)
        assert (states(run), run["overdue"], run["steps"][0]["overdue"]) == (["under-way"], False, False)
        assert runs(company, "?state=running&open_since.lt=0d") == []
        [told] = company.admin.get("/care-rules").json["items"]
    assert (told["running"], told["overdue"]) == (1, 0)


def test_what_waits_for_its_hour_rests_with_its_rule(company: Company, served: Json) -> None:
    made = switch(company, rule(company.admin, after_service(message(amount=1))))
    begin(company, served)
    due = EVENING + timedelta(hours=36)
    later(company, due)
    assert let_go(company, due, made, on=False) == ["waiting"]
    assert let_go(company, due + timedelta(minutes=1), made, on=True) == ["sending"]


@pytest.fixture
def providers(sms: Provider, mail: Provider) -> tuple[Provider, Provider]:
    """Text messages and mails stay within the process."""
    return sms, mail


def underway(company: Company, sms: Provider, first: Outcome) -> Json:
    """A plan whose first step goes by text message, with such an answer, or else by mail."""
    shop = customer(company.admin)
    reader = {"customer_id": shop["id"], "is_primary": True, "email": "lin@example.com"}
    contact(company.admin, "林夕", **reader, phones=[{"number": "13800138000"}])
    choices = [
        {"way": way, "template_id": active(company.admin, way=way, purpose="service", name=way)["id"]}
        for way in ("sms", "mail")
    ]
    steps = message(amount=1, choices=choices), message(amount=9, choices=choices)
    switch(company, rule(company.admin, after_service(*steps)))
    begin(company, shop)
    sms.answers(first)
    [run] = later(company, NOON)
    work(company, NOON)
    return run


def work(company: Company, moment: datetime) -> None:
    """What the workers do with messages."""
    with at(moment), company.app.app_context(), tenant_scope(company.tenant_id):
        for _ in range(3):
            releasing.release_due()
            sending.send_due()


def messages(company: Company) -> list[tuple[str, str | None]]:
    """State and reason of each message."""
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        asked = select(OutreachMessage.state, OutreachMessage.reason).order_by(OutreachMessage.id)
        return [(row.state, row.reason) for row in db.session.execute(asked)]


def returned(company: Company) -> None:
    """The vendor tells that the first message has not arrived."""
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        delivery_id = db.session.scalars(select(Delivery.id).order_by(Delivery.id)).first()
        told = Receipt(
            reference="r", verdict=Told.UNDELIVERED, at=NOON, delivery_id=delivery_id, error="undelivered"
        )
        receipts.take("sms", [told])


@pytest.mark.parametrize("how", ["ended", "skip"])
def test_what_is_over_takes_no_other_way(
    company: Company, providers: tuple[Provider, Provider], how: str
) -> None:
    run = underway(company, providers[0], Outcome(Verdict.SENT))
    halt(company, run, how)
    returned(company)
    work(company, NOON + timedelta(hours=1))
    assert messages(company) == [("failed", "undelivered")]
    assert providers[1].taken == []


@pytest.mark.parametrize(("how", "reason"), [("ended", "stopped"), ("skip", "skipped")])
def test_what_is_over_does_not_leave_the_outbox(
    company: Company, providers: tuple[Provider, Provider], how: str, reason: str
) -> None:
    run = underway(company, providers[0], Outcome(Verdict.DOWN, "connection"))
    halt(company, run, how)
    work(company, NOON + timedelta(hours=3))
    assert messages(company) == [("cancelled", reason)]
    assert [provider.taken for provider in providers] == [[], []]


def test_what_waits_for_its_next_way_rests_with_its_plan_and_goes_on_with_it(
    company: Company, providers: tuple[Provider, Provider]
) -> None:
    run = underway(company, providers[0], Outcome(Verdict.SENT))
    halt(company, run, "paused")
    returned(company)
    work(company, NOON + timedelta(hours=1))
    assert messages(company) == [("waiting", None)]
    halt(company, run, "running", NOON + timedelta(hours=2))
    work(company, NOON + timedelta(hours=2, minutes=1))
    assert messages(company) == [("sent", None)]
    assert len(providers[1].taken) == 1
    [run] = later(company, NOON + timedelta(hours=3))
    assert states(run) == ["done", "waiting"]


def test_a_task_that_is_deleted_takes_no_message_with_it(
    company: Company, served: Json, mail: Provider
) -> None:
    switch(company, rule(company.admin, after_service(message(amount=1, task="给{{contact.name}}打电话"))))
    begin(company, served)
    [run] = later(company, NOON)
    with at(NOON + timedelta(minutes=1)):
        stay_signed_in(company)
        made = company.admin.get(f"/tasks/{run['steps'][0]['task_id']}").json
        assert company.admin.delete(f"/tasks/{made['id']}", version=made["version"]).status_code == 204
    [run] = later(company, NOON + timedelta(minutes=30))
    assert states(run) == ["skipped"]
    work(company, NOON + timedelta(minutes=31))
    assert (messages(company), len(mail.taken)) == ([("sent", None)], 1)


def halt(company: Company, run: Json, how: str, moment: datetime | None = None) -> None:
    """Steer a plan, or leave its first step out."""
    with at(moment or NOON + timedelta(minutes=5)):
        stay_signed_in(company)
        if how == "skip":
            assert company.admin.post(f"/care-run-steps/{run['steps'][0]['id']}/skip").status_code == 200
        else:
            steer(company, run, how)


def let_go(company: Company, moment: datetime, made: Json, *, on: bool) -> list[str]:
    """How far its messages come if their rule is at work then, or not."""
    with at(moment):
        stay_signed_in(company)
        assert company.admin.post(f"/care-rules/{made['id']}/switch", {"on": on}).status_code == 200
        with company.app.app_context(), tenant_scope(company.tenant_id):
            for _ in range(2):
                releasing.release_due()
            with unit_of_work():
                return list(db.session.scalars(select(OutreachMessage.state)))
