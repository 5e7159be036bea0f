"""How a quote goes on: frozen when it is submitted, given back, sent, decided, expired, begun anew."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete

from app.access.actor import Actor
from app.core import clock
from app.core.db import db
from app.core.events import _handlers, on
from app.core.uow import unit_of_work
from app.events.quotes import QuoteSubmitted
from app.quotes import expiring, progress, queries
from tenants.context import require_tenant_id, tenant_scope
from tenants.models import AgendaEntry
from tests.quotes.office import change, customer, deeds, go, line, quote, valve, withdraw
from tests.support.client import Company
from tests.support.people import hire
from tests.support.statements import watch

Json = dict[str, Any]


@pytest.fixture
def somebody_asked() -> Any:
    """A flow that takes every submission up."""

    @on(QuoteSubmitted)
    def take_up(event: QuoteSubmitted) -> None:
        system = Actor.system(require_tenant_id())
        progress.take_up(system, queries.get(system, event.quote_id))

    yield
    _handlers[QuoteSubmitted].remove(take_up)


def decide(company: Company, app: Flask, made: Json, verb: str, **facts: Any) -> Json:
    """What an approval has come to."""
    with app.app_context(), tenant_scope(company.tenant_id), watch.paused(), unit_of_work():
        system = Actor.system(company.tenant_id)
        quote = queries.get(system, UUID(made["id"]), to_change=True)
        getattr(progress, verb)(system, quote, **facts)
    return dict(company.admin.get(f"/quotes/{made['id']}").json)


def refused(answer: Any, code: str) -> None:
    assert (answer.status_code, answer.json["code"]) == (409, code)


def test_where_nobody_need_be_asked_a_quote_is_approved_at_once(company: Company) -> None:
    made = quote(company.admin, customer(company.admin), line(valve(company.admin)))
    submitted = go(company.admin, made, "submission")
    assert (submitted["state"], submitted["in_approval"], submitted["editable"]) == ("approved", False, False)
    assert None not in (submitted["submitted_at"], submitted["approved_at"])
    sent = go(company.admin, made, "sending")
    assert (sent["state"], sent["sent_at"] is None) == ("sent", False)
    declined = go(company.admin, made, "outcome", {"outcome": "declined", "reason": "预算推迟"})
    assert (declined["state"], declined["decline_reason"]) == ("declined", "预算推迟")
    assert deeds(company, made) == ["declined", "sent", "approved", "submitted", "created"]
    [kept] = company.admin.get(f"/quotes/{made['id']}/versions").json["items"]
    assert (kept["revision"], kept["outcome"], kept["note"]) == (1, "declined", "预算推迟")


def test_what_was_submitted_is_frozen(company: Company, somebody_asked: None) -> None:
    made = quote(company.admin, customer(company.admin), line(valve(company.admin)))
    submitted = go(company.admin, made, "submission")
    assert (submitted["state"], submitted["in_approval"]) == ("submitted", True)
    path = f"/quotes/{made['id']}"
    version = submitted["version"]
    refused(company.admin.patch(path, {"title": "别名"}, version=version), "quote-not-draft")
    refused(company.admin.delete(path, version=version), "quote-in-approval")
    refused(company.admin.post(f"{path}/submission", version=version), "quote-not-draft")
    refused(company.admin.post(f"{path}/sending"), "quote-not-approved")
    refused(company.admin.post(f"{path}/outcome", {"outcome": "accepted"}), "quote-not-open")
    refused(company.admin.post(f"{path}/renewal"), "quote-in-approval")
    assert company.admin.get(path).json == submitted


def test_what_is_withdrawn_is_the_next_draft(company: Company, somebody_asked: None) -> None:
    made = quote(company.admin, customer(company.admin), line(valve(company.admin)))
    go(company.admin, made, "submission")
    back = withdraw(company.admin, made)
    assert back.status_code == 200, back.json
    assert (back.json["state"], back.json["revision"], back.json["returned"]) == ("draft", 2, "withdrawn")
    refused(withdraw(company.admin, made), "quote-not-submitted")
    changed = change(company.admin, dict(back.json), title="改好了")
    again = go(company.admin, changed, "submission")
    assert (again["state"], again["revision"], again["returned"]) == ("submitted", 2, None)
    items = company.admin.get(f"/quotes/{made['id']}/versions").json["items"]
    assert [(one["revision"], one["outcome"]) for one in items] == [(2, None), (1, "withdrawn")]


def test_an_approval_grants_rejects_or_sends_back(company: Company, app: Flask, somebody_asked: None) -> None:
    made = quote(company.admin, customer(company.admin), line(valve(company.admin)))
    go(company.admin, made, "submission")
    rejected = decide(company, app, made, "reject", note="折扣太大")
    assert (rejected["state"], rejected["revision"], rejected["returned"], rejected["returned_note"]) == (
        "draft", 2, "rejected", "折扣太大",
    )  # fmt: skip
    # Whoever submitted it hears of the approval itself; another owner hears of the quote.
    assert company.admin.get("/notifications").json["items"] == []
    owner = hire(company, "manager")
    path = f"/customers/{made['customer']['id']}"
    version = company.admin.get(path).json["version"]
    company.admin.post(f"{path}/transfer", {"owner_id": owner.id}, version=version)
    go(company.admin, made, "submission")
    assert decide(company, app, made, "send_back")["returned"] == "sent_back"
    go(company.admin, made, "submission")
    granted = decide(company, app, made, "grant")
    assert (granted["state"], granted["revision"], granted["in_approval"]) == ("approved", 3, False)
    assert deeds(company, made)[:3] == ["approved", "submitted", "sent_back"]
    told = owner.browser.get("/notifications").json["items"][0]
    assert told["title"] == f"报价被退回修改：{made['number']} 备件"


def test_only_the_product_itself_decides(company: Company, app: Flask, somebody_asked: None) -> None:
    made = quote(company.admin, customer(company.admin), line(valve(company.admin)))
    submitted = go(company.admin, made, "submission")
    rules = {getattr(progress, verb).rule.permission for verb in ("grant", "reject", "send_back", "expire")}
    assert rules == {"quote:submit"}
    assert not progress.grant.rule.allows(  # type: ignore[attr-defined]
        Actor(id=UUID(company.user_id), person_id=None, tenant_id=1, name="", grants={}), None
    )
    assert company.admin.get(f"/quotes/{made['id']}").json == submitted


@pytest.mark.parametrize(
    ("facts", "code"),
    [({}, "empty-quote"), ({"valid_until": "2020-01-31"}, "quote-out-of-date")],
)
def test_refuses_to_submit_what_cannot_go_out(company: Company, facts: Json, code: str) -> None:
    lines = [line(valve(company.admin))] if facts else []
    made = quote(company.admin, customer(company.admin), *lines, **facts)
    refused(company.admin.post(f"/quotes/{made['id']}/submission", version=1), code)
    assert company.admin.get(f"/quotes/{made['id']}").json == made


def test_a_submission_says_what_it_has_seen(company: Company) -> None:
    made = quote(company.admin, customer(company.admin), line(valve(company.admin)))
    change(company.admin, made, discount={"rate": 9_000})
    answer = company.admin.post(f"/quotes/{made['id']}/submission", version=1)
    assert (answer.status_code, answer.json["code"]) == (412, "stale")
    assert company.admin.post(f"/quotes/{made['id']}/submission").status_code == 428
    assert company.admin.get(f"/quotes/{made['id']}").json["state"] == "draft"


def test_a_new_version_begins_as_the_last(company: Company) -> None:
    made = quote(company.admin, customer(company.admin), line(valve(company.admin), "2"))
    refused(company.admin.post(f"/quotes/{made['id']}/renewal"), "quote-still-draft")
    go(company.admin, made, "submission")
    go(company.admin, made, "sending")
    renewed = go(company.admin, made, "renewal")
    assert (renewed["state"], renewed["revision"], renewed["sent_at"], renewed["number"]) == (
        "draft", 2, None, made["number"],
    )  # fmt: skip
    assert renewed["lines"] == made["lines"]


def test_quotes_expire_the_day_after_their_last(company: Company, app: Flask) -> None:
    to, sold = customer(company.admin), valve(company.admin)
    today = clock.now().date()
    soon, later = (
        quote(company.admin, to, line(sold), valid_until=(today + timedelta(days=days)).isoformat())
        for days in (2, 30)
    )
    draft = quote(company.admin, to, line(sold), valid_until=(today + timedelta(days=2)).isoformat())
    for made in (soon, later):
        go(company.admin, made, "submission")
    go(company.admin, soon, "sending")
    night = datetime.combine(today + timedelta(days=3), datetime.min.time(), UTC) + timedelta(hours=1)
    with app.app_context(), watch.paused():
        with unit_of_work():
            others = delete(AgendaEntry).where(AgendaEntry.tenant_id != company.tenant_id)
            db.session.execute(others)
        with clock.pretending(night):
            expiring.sweep()
            expiring.sweep()
    states = [company.admin.get(f"/quotes/{made['id']}").json["state"] for made in (soon, later, draft)]
    assert states == ["expired", "approved", "draft"]
    assert deeds(company, soon)[0] == "expired"
    [bell] = company.admin.get("/notifications").json["items"]
    assert bell["title"] == f"报价已过有效期：{soon['number']} 备件"
