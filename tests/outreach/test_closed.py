"""For a company that is closed nothing goes out; what people outside say to it is heard all the same."""

from typing import Any

import pytest

from app.core import clock
from app.core.uow import unit_of_work
from app.messaging import sending
from app.outreach import releasing
from tenants import agenda, services
from tenants.context import require_tenant_id
from tenants.models import TenantState
from tests.consents.people import MAIL, consents, obstacles, somebody
from tests.consents.test_preferences import token
from tests.fakes.provider import Provider
from tests.fakes.receiver import FakeReceiver
from tests.outreach.desk import Desk
from tests.sms.test_callbacks import path, reply
from tests.sms.vendors import account
from tests.support.client import Browser, Company
from tests.support.people import sign_in
from tests.webhooks.conftest import Work, receiver, webhook, work

__all__ = ["receiver", "webhook", "work"]


def become(company: Company, state: TenantState) -> None:
    """What an operator does."""
    with company.app.app_context(), unit_of_work():
        services.set_state(company.slug, state)


@pytest.mark.parametrize("let_go", [False, True])
def test_nothing_goes_out_until_it_is_open_again(
    company: Company, desk: Desk, mail: Provider, *, let_go: bool
) -> None:
    desk.plan(desk.occasion(somebody(company.admin), ("mail", desk.template())))
    if let_go:
        with desk.inside():
            releasing.release_due()
    before = desk.states()
    become(company, TenantState.CLOSED)
    desk.run()
    assert (desk.states(), mail.taken) == (before, [])
    become(company, TenantState.ACTIVE)
    desk.run()
    assert (desk.states(), [letter.address for letter in mail.taken]) == ([("sent", None)], [MAIL])


def test_no_round_looks_in_while_it_is_closed(
    company: Company, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.plan(desk.occasion(somebody(company.admin), ("mail", desk.template())))
    seen: list[int] = []
    with desk.work():
        agenda.note("deliveries", desk.now)
    for module in (sending, releasing):
        monkeypatch.setattr(module, "tend", lambda: seen.append(require_tenant_id()))
    for state, times in ((TenantState.CLOSED, 0), (TenantState.ACTIVE, 2)):
        become(company, state)
        seen.clear()
        with clock.pretending(desk.now), company.app.app_context():
            sending.sweep()
            releasing.sweep()
        assert seen.count(company.tenant_id) == times


def test_who_wants_no_more_is_heard_while_it_is_closed(company: Company, desk: Desk, sms: Provider) -> None:
    one, stranger = somebody(company.admin), Browser(company.app)
    link, called = token(company.admin, one), path(account(company))
    become(company, TenantState.CLOSED)
    choices = [{"purpose": "care", "way": "mail", "holds": False}]
    assert stranger.post("/preference-changes", {"token": link, "choices": choices}).status_code == 200
    assert stranger.post(called, reply("T")).status_code == 200
    become(company, TenantState.ACTIVE)
    told = obstacles(consents(sign_in(company, company.login), one))
    assert (told["mail care"], told["sms care"], told["mail service"]) == ("withdrawn", "suppressed", None)


def test_webhooks_hear_nothing_of_it_however_they_are_rung(
    company: Company, receiver: FakeReceiver, webhook: dict[str, Any], work: Work
) -> None:
    company.admin.post("/customers", {"name": "云岫智能"})
    become(company, TenantState.CLOSED)
    work()
    assert receiver.heard == []
    become(company, TenantState.ACTIVE)
    work()
    assert receiver.events == ["customer.created"]
