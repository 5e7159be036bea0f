"""Vendors approve texts; accounts are set up by those who manage messages, and their secrets stay theirs."""

import pytest
from sqlalchemy import text

from app.core import clock
from app.core.db import db
from app.messaging import sending
from app.sms.states import FilingState
from app.sms.vendors.contract import Verdict
from tests.sms.conftest import Shop
from tests.sms.vendors import Double, account, hand_in
from tests.support.client import Company
from tests.support.people import hire


def test_a_text_is_handed_in_and_asked_about_until_it_is_approved(company: Company, shop: Shop) -> None:
    template = shop.desk.template("sms", purpose="marketing", body="{{contact.name}}，新品上市")
    assert hand_in(company, shop.account, template)["state"] == "submitting"
    shop.look()
    assert shop.vendors.handed_in == [("模板sms", "{{contact.name}}，新品上市，拒收请回复R", True)]
    path = f"/sms-accounts/{shop.account['id']}/filings"
    assert company.admin.get(path).json["items"][0]["state"] == "pending"
    shop.vendors.verdicts["1"] = Verdict(FilingState.REJECTED, "变量过多")
    with shop.desk.work():
        db.session.execute(
            text("UPDATE sms_filings SET next_at = now() - interval '1 second' WHERE tenant_id = :tenant"),
            {"tenant": company.tenant_id},
        )
    shop.look()
    [filed] = company.admin.get(path).json["items"]
    assert (filed["state"], filed["reason"]) == ("rejected", "变量过多")
    assert len(shop.vendors.handed_in) == 1


def test_a_name_that_tencent_cannot_have_given_is_refused(company: Company, shop: Shop) -> None:
    template = shop.desk.template("sms")
    path = f"/sms-accounts/{shop.account['id']}/filings"
    refused = company.admin.post(path, {"template_id": str(template), "code": "SMS_123"})
    assert [(one["field"], one["code"]) for one in refused.json["errors"]] == [("code", "not-numeric")]
    assert company.admin.get(path).json["items"] == []


def test_a_text_that_we_stumble_over_keeps_no_other_waiting(
    company: Company, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = shop.desk.template("sms"), shop.desk.template("sms", body="您好")
    for one in (first, second):
        hand_in(company, shop.account, one)
    taken = Double.hand_in

    def stumble(self: Double, name: str, text: str, *, advertises: bool) -> str:
        if text != "您好":
            raise ValueError
        return taken(self, name, text, advertises=advertises)

    monkeypatch.setattr(Double, "hand_in", stumble)
    shop.look()
    items = company.admin.get(f"/sms-accounts/{shop.account['id']}/filings").json["items"]
    told = {one["template"]["id"]: (one["state"], one["reason"]) for one in items}
    assert told == {str(first): ("submitting", "internal"), str(second): ("pending", None)}


def test_the_secret_is_never_told(company: Company, shop: Shop) -> None:
    shown = company.admin.get(f"/sms-accounts/{shop.account['id']}").json
    assert "secret" not in shown
    changed = company.admin.patch(f"/sms-accounts/{shown['id']}", {"secret": "another"}, version=1)
    assert changed.status_code == 200
    told = company.admin.get("/audit-records?subject_type=sms-account").json["items"]
    assert "s3cret" not in str(told)
    assert "another" not in str(told)


def test_an_account_has_what_its_vendor_can_take(company: Company) -> None:
    wrong = {"signature": "【澄川】", "app_id": None, "key_id": "密钥", "secret": "a b"}
    for field, value in wrong.items():
        refused = company.admin.post(
            "/sms-accounts",
            {
                "vendor": "tencent",
                "name": "x",
                "app_id": "1",
                "key_id": "k",
                "secret": "s",
                "signature": "澄",
                field: value,
            },
        )
        assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, field)
    assert company.admin.get("/sms-accounts").json["items"] == []


def test_only_those_who_manage_messages_see_accounts(company: Company, shop: Shop) -> None:
    seller = hire(company, "sales").browser
    for path in ("/sms-accounts", f"/sms-accounts/{shop.account['id']}"):
        assert seller.get(path).status_code == 403
    assert seller.post("/sms-accounts", {}).status_code in {403, 422}
    assert len(company.admin.get("/sms-accounts").json["items"]) == 1


def test_mails_are_not_handed_in(company: Company, shop: Shop) -> None:
    refused = company.admin.post(
        f"/sms-accounts/{shop.account['id']}/filings", {"template_id": str(shop.desk.template())}
    )
    assert (refused.status_code, refused.json["code"]) == (409, "template-no-sms")


def test_a_test_needs_an_approved_text(company: Company, shop: Shop) -> None:
    path = f"/sms-accounts/{shop.account['id']}/tests"
    sent = {"template_id": str(shop.desk.template("sms")), "number": "13800138000"}
    assert company.admin.post(path, sent).json["code"] == "sms-not-approved"
    shop.approve(sent["template_id"])
    assert company.admin.post(path, {**sent, "number": "+1 202 555 0100"}).status_code == 422
    assert company.admin.post(path, sent).status_code == 204
    shop.desk.now = clock.now()
    with shop.desk.inside():
        sending.send_due()
    [(_, message)] = shop.vendors.taken
    assert (message.number, list(message.values)) == ("+8613800138000", ["张建国"])


def test_accounts_go_with_what_was_handed_in(company: Company, shop: Shop) -> None:
    shop.template()
    assert company.admin.delete(f"/sms-accounts/{shop.account['id']}", version=1).status_code == 204
    assert company.admin.get("/sms-accounts").json["items"] == []
    assert account(company)["place"] == 1
