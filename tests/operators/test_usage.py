"""What operators see of what companies send, and how they limit it."""

from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.operators import gauging
from app.usage.models import MessageUsage
from tenants.context import tenant_scope
from tests.messaging.outbox import Outbox
from tests.operators.conftest import measured
from tests.support.client import Browser, Company

WHY = "套餐含一千条"


def did(keeper: Browser) -> list[tuple[str, str | None, int | None, str | None]]:
    """What operators have done, the latest first."""
    items = keeper.get("/operator/deeds").json["items"]
    return [(one["action"], one["company"], one["amount"], one["reason"]) for one in items]


def test_what_companies_send_is_told_by_month_and_limited_with_a_reason(
    keeper: Browser, company: Company
) -> None:
    with company.app.app_context(), tenant_scope(company.tenant_id), unit_of_work():
        day = clock.now().date().replace(day=1)
        db.session.add(MessageUsage(day=day, channel="sms", messages=2, segments=3, mills=135, unpriced=0))
        db.session.add(MessageUsage(day=day, channel="mail", messages=5, segments=5, mills=0, unpriced=0))
    grant = {"company": company.slug, "sms": 1000, "mail": None, "reason": WHY}
    assert keeper.post("/operator/message-grants", {**grant, "reason": " "}).status_code == 422
    assert company.admin.get("/message-limits").json["granted_sms"] is None
    assert keeper.post("/operator/message-grants", grant).status_code == 204
    measured(company)
    told = keeper.get(f"/operator/usage?month={day}").json
    assert told["month"] == str(day)
    assert [one for one in told["items"] if one["slug"] == company.slug] == [
        {
            "slug": company.slug, "name": company.name, "texts": 2, "segments": 3, "mails": 5, "cost": 14,
            "granted_sms": 1000, "granted_mail": None,
        }
    ]  # fmt: skip
    limits = company.admin.get("/message-limits").json
    assert (limits["granted_sms"], limits["granted_mail"], limits["own_sms"]) == (1000, None, None)
    assert did(keeper)[0] == ("limit-set", company.slug, 1000, WHY)
    [line] = company.admin.get("/audit-records?subject_type=message-limits").json["items"]
    assert line["changes"] == [{"field": "granted_sms", "before": None, "after": 1000}]


def test_a_company_that_is_none_is_granted_nothing(keeper: Browser) -> None:
    grant = {"company": "no-such", "sms": 1, "mail": None, "reason": WHY}
    assert keeper.post("/operator/message-grants", grant).status_code == 404
    assert [one for one in did(keeper) if one[1] == "no-such"] == []


def test_how_the_outboxes_stood_is_kept_once_in_ten_minutes(keeper: Browser, outbox: Outbox) -> None:
    outbox.mail()
    measured(outbox.company)
    for _ in range(2):
        with outbox.company.app.app_context():
            gauging._sample()
    samples = [one for one in keeper.get("/operator/overview").json["samples"] if one["channel"] == "mail"]
    assert len({one["at"] for one in samples}) == len(samples)
    assert samples[-1]["waiting"] >= 1
