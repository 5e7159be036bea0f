"""Messages of plans: what the vendor has taken is nobody's task, and what waits rests with its rule."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.core.db import db
from app.core.uow import unit_of_work
from app.outreach import releasing
from app.outreach.models import OutreachMessage
from app.outreach.states import MessageState
from tenants.context import tenant_scope
from tests.assets.site import customer
from tests.care.clockwork import EVENING, at, stay_signed_in
from tests.care.site import after_service, contact, message, rule, switch
from tests.care.test_plans import begin, later, runs, states
from tests.support.client import Company

Json = dict[str, Any]


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
