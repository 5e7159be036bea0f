"""Short messages go out through the first account that can, and never twice."""

import pytest
from sqlalchemy import select

from app.core.db import db
from app.message_templates.models import MessageTemplate
from app.outreach import releasing, services
from app.sms.vendors.contract import About, Refused, Taken
from tests.consents.people import PHONE, somebody
from tests.outreach.desk import NOON
from tests.sms.conftest import Shop
from tests.sms.vendors import account
from tests.support.client import Company

BROKE = Refused(About.ACCOUNT, "balance-used-up")


@pytest.fixture
def second(company: Company, shop: Shop) -> dict[str, object]:
    return account(company, key_id="SECOND", vendor="aliyun", name="阿里云", app_id=None)


def say(shop: Shop, company: Company, *, both: dict[str, object] | None = None) -> None:
    """Plan one message and let the workers run at noon."""
    template = shop.template()
    if both:
        shop.approve(template, at=both)
    shop.desk.now = NOON
    shop.desk.plan(shop.desk.occasion(somebody(company.admin, name="李丹"), ("sms", template)))
    shop.desk.run()


def test_what_is_approved_goes_out_with_its_values_in_order(company: Company, shop: Shop) -> None:
    say(shop, company)
    [(key, message)] = shop.vendors.taken
    assert (key, message.number, message.code, list(message.values)) == ("AKID", PHONE, "77", ["李丹"])
    [delivery] = shop.desk.deliveries()
    assert (message.reference, delivery.state) == (delivery.id.hex, "sent")
    assert shop.desk.states() == [("sent", None)]


def test_what_is_not_known_goes_out_with_what_stands_in_for_it(company: Company, shop: Shop) -> None:
    template = shop.template(body="{{contact.name}}，{{contact.title|您好}}，{{contact.name}}")
    shop.desk.now = NOON
    shop.desk.plan(shop.desk.occasion(somebody(company.admin, name="李丹"), ("sms", template)))
    shop.desk.run()
    [(_, message)] = shop.vendors.taken
    assert list(message.values) == ["李丹", "您好", "李丹"]
    [delivery] = shop.desk.deliveries()
    assert delivery.facts["values"] == {"contact.name": "李丹", "contact.title": "您好"}
    assert shop.desk.states() == [("sent", None)]


@pytest.mark.parametrize(
    "body", ["{{contact.name}}，{{customer.name|贵公司}}，生日快乐", "祝{{contact.name}}天天开心"]
)
def test_nothing_is_said_that_was_not_written_for_somebody(company: Company, shop: Shop, body: str) -> None:
    template = shop.template()
    shop.desk.now = NOON
    shop.desk.plan(shop.desk.occasion(somebody(company.admin, name="李丹"), ("sms", template)))
    with shop.desk.inside():
        releasing.release_due()
    with shop.desk.work():
        db.session.scalars(select(MessageTemplate).where(MessageTemplate.id == template)).one().body = body
    shop.approve(template)
    shop.desk.now = NOON
    shop.desk.run()
    assert (shop.desk.states(), shop.vendors.taken) == ([("failed", "text-changed")], [])
    shop.desk.by_hand(services.repeat)
    shop.desk.run()
    [(_, message)] = shop.vendors.taken
    [_, again] = shop.desk.deliveries()
    assert (shop.desk.states(), next(iter(message.values))) == ([("sent", None)], "李丹")
    assert again.facts["text"].startswith(body.split("{{", maxsplit=1)[0])


def test_what_is_not_approved_is_not_sent(company: Company, shop: Shop) -> None:
    template = shop.desk.template("sms")
    shop.desk.plan(shop.desk.occasion(somebody(company.admin), ("sms", template)))
    shop.desk.run()
    assert (shop.desk.states(), shop.vendors.taken) == ([("failed", "not-approved")], [])


def test_an_account_that_cannot_is_followed_by_the_next(
    company: Company, shop: Shop, second: dict[str, object]
) -> None:
    shop.vendors.answer("AKID", BROKE)
    say(shop, company, both=second)
    assert [key for key, _ in shop.vendors.taken] == ["AKID", "SECOND"]
    assert shop.desk.states() == [("sent", None)]
    shown = company.admin.get("/sms-accounts").json["items"]
    assert [one["trouble"] for one in shown] == ["balance-used-up", None]


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        (Refused(About.UNCLEAR, "no-answer"), ("uncertain", "no-answer")),
        (Refused(About.NUMBER, "number-wrong"), ("failed", "number-wrong")),
    ],
)
def test_what_is_unclear_or_about_the_number_tries_no_other(
    company: Company, shop: Shop, second: dict[str, object], answer: Refused, end: tuple[str, str]
) -> None:
    shop.vendors.answer("AKID", answer)
    say(shop, company, both=second)
    for _ in range(3):
        shop.desk.later(minutes=30)
        shop.desk.run()
    assert [key for key, _ in shop.vendors.taken] == ["AKID"]
    assert shop.desk.states() == [end]


@pytest.mark.parametrize("about", [About.PACE, About.ACCOUNT, About.LINE])
def test_what_may_go_later_goes_later(company: Company, shop: Shop, about: About) -> None:
    shop.vendors.answer("AKID", Refused(about, "x"))
    say(shop, company)
    assert [state for state, _ in shop.desk.states()] == ["sending"]
    shop.desk.later(minutes=2)
    shop.desk.run()
    assert (len(shop.vendors.taken), shop.desk.states()) == (2, [("sent", None)])
    assert company.admin.get("/sms-accounts").json["items"][0]["trouble"] is None


def test_an_account_that_is_off_sends_nothing(company: Company, shop: Shop) -> None:
    template = shop.template()
    changed = company.admin.patch(f"/sms-accounts/{shop.account['id']}", {"state": "off"}, version=1)
    assert changed.status_code == 200
    shop.desk.now = NOON
    shop.desk.plan(shop.desk.occasion(somebody(company.admin), ("sms", template)))
    shop.desk.run()
    assert (shop.desk.states(), shop.vendors.taken) == ([("failed", "not-approved")], [])


def test_a_template_that_was_changed_must_be_approved_anew(company: Company, shop: Shop) -> None:
    template = shop.template()
    path = f"/message-templates/{template}"
    changed = company.admin.patch(path, {"body": "{{contact.name}}，生日快乐"}, version=1)
    assert changed.status_code == 200, changed.json
    shop.desk.now = NOON
    shop.desk.plan(shop.desk.occasion(somebody(company.admin), ("sms", template)))
    shop.desk.run()
    assert (shop.desk.states(), shop.vendors.taken) == ([("failed", "not-approved")], [])
    [filed] = company.admin.get(f"/sms-accounts/{shop.account['id']}/filings").json["items"]
    assert (filed["state"], filed["changed_since"]) == ("approved", True)


def test_only_the_taken_is_known_by_the_vendors_name(company: Company, shop: Shop) -> None:
    shop.vendors.answer("AKID", Taken("serial-7"))
    say(shop, company)
    token = shop.account["callback_url"].partition("token=")[2]
    told = [
        {
            "user_receive_time": "2026-11-25 12:00:05", "nationcode": "86", "mobile": "13800138000",
            "report_status": "SUCCESS", "errmsg": "DELIVRD", "description": "ok", "sid": "serial-7",
        }
    ]  # fmt: skip
    for _ in range(2):
        answer = company.admin.post(f"/sms-callbacks?token={token}", told)
        assert (answer.status_code, answer.json) == (200, {"result": 0, "errmsg": "OK"})
    assert [one.state for one in shop.desk.deliveries()] == ["delivered"]
    assert shop.desk.states() == [("delivered", None)]


def test_an_account_with_an_old_text_does_not_send_it(
    company: Company, shop: Shop, second: dict[str, object]
) -> None:
    template = shop.template()
    changed = company.admin.patch(
        f"/message-templates/{template}", {"body": "{{contact.name}}，祝好"}, version=1
    )
    assert changed.status_code == 200, changed.json
    shop.approve(template, at=second)
    shop.desk.now = NOON
    shop.desk.plan(shop.desk.occasion(somebody(company.admin), ("sms", template)))
    shop.desk.run()
    assert [key for key, _ in shop.vendors.taken] == ["SECOND"]


def test_one_that_may_work_again_is_waited_for(
    company: Company, shop: Shop, second: dict[str, object]
) -> None:
    shop.vendors.answer("AKID", BROKE)
    shop.vendors.answer("SECOND", Refused(About.TEXT, "text-refused"))
    say(shop, company, both=second)
    assert [state for state, _ in shop.desk.states()] == ["sending"]
    shop.desk.later(minutes=2)
    shop.desk.run()
    assert [key for key, _ in shop.vendors.taken] == ["AKID", "SECOND", "AKID"]
    assert shop.desk.states() == [("sent", None)]


def test_a_number_that_refuses_is_written_to_no_more(company: Company, shop: Shop) -> None:
    shop.vendors.answer("AKID", Refused(About.NUMBER, "number-refuses"))
    say(shop, company)
    assert [one["address"] for one in company.admin.get("/suppressions").json["items"]] == [PHONE]
