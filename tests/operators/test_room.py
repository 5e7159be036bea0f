"""Operators: who comes in, what they see, and what they can do about messages that did not arrive."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from app.core import clock
from app.embedded.installation import ROOT
from app.messaging.breaker import PATIENCE
from app.operators.accounts import Made
from app.operators.dead_letters import masked
from tests.consents.people import somebody
from tests.fakes.provider import Provider
from tests.messaging.outbox import Outbox
from tests.operators.conftest import REFUSED, SILENT, measured, sign_in
from tests.outreach.desk import Desk
from tests.support.client import Browser, Company
from tests.support.store import Store

Json = dict[str, Any]
WHY = "服务商已恢复"
FAR = datetime(2099, 1, 1, tzinfo=UTC)


def dead(keeper: Browser, company: Company) -> list[Json]:
    """The messages of a company that did not arrive."""
    answer = keeper.get(f"/operator/dead-letters?company={company.slug}")
    assert answer.status_code == 200, answer.json
    return list(answer.json["items"])


def rule(keeper: Browser, company: Company, ids: list[str], **facts: Any) -> Any:
    """The answer to a ruling."""
    wanted = {"company": company.slug, "ids": ids, "ruling": "retry", "reason": WHY, **facts}
    return keeper.post("/operator/dead-letter-rulings", wanted)


def did(keeper: Browser) -> list[tuple[str, str | None, int | None, str | None]]:
    """What operators have done, the latest first."""
    items = keeper.get("/operator/deeds").json["items"]
    return [(one["action"], one["company"], one["amount"], one["reason"]) for one in items]


def test_comes_in_by_password_alone_where_no_code_was_asked_for(app: Flask, made: Made) -> None:
    browser = Browser(app)
    assert browser.get("/operator/session").status_code == 401
    assert sign_in(browser, made, password="wrong") == 401
    assert sign_in(browser, made) == 200
    assert browser.get("/operator/session").json == {"name": "值班", "email": made.email}
    assert browser.delete("/operator/session").status_code == 204
    assert browser.get("/operator/session").status_code == 401


def test_no_door_of_a_company_leads_here_nor_back(company: Company, keeper: Browser) -> None:
    for path in ("session", "overview", "deeds", f"dead-letters?company={company.slug}"):
        assert company.admin.get(f"/operator/{path}").status_code == 401
    assert rule(company.admin, company, [str(UUID(int=1))]).status_code == 401
    for path in ("/session", "/customers", "/outreach-messages", "/users"):
        assert keeper.get(path).status_code == 401
    stolen = keeper.client.get_cookie("gx_operator", path="/api/v1/operator")
    assert stolen is not None
    bearer = {"Authorization": f"Bearer {stolen.value}"}
    assert Browser(company.app).get("/customers", headers=bearer).status_code == 401
    other = {"Sec-Fetch-Site": "cross-site"}
    assert (
        keeper.post(
            "/operator/provider-trials", {"provider": "mail", "reason": "x"}, headers=other
        ).status_code
        == 403
    )


def test_numbers_are_counted_within_the_walls(
    company: Company, keeper: Browser, outbox: Outbox, mail: Provider
) -> None:
    mail.answers(REFUSED, SILENT)
    for _ in range(3):
        outbox.mail()
        outbox.send_due()
    outbox.mail()
    measured(company)
    seen = keeper.get("/operator/overview").json
    [mine] = [one for one in seen["companies"] if one["slug"] == company.slug]
    assert {name: mine[name] for name in ("waiting", "failed", "uncertain", "sent_day")} == {
        "waiting": 1, "failed": 1, "uncertain": 1, "sent_day": 1,
    }  # fmt: skip
    assert mine["oldest_due_at"] is not None
    assert "deliveries" in {one["queue"] for one in seen["queues"]}
    assert "mail" in {one["channel"] for one in seen["channels"]}
    assert not {"lin@example.com", "秦明远"} & set(str(seen).split("'"))


def test_letters_are_looked_at_without_their_words(
    company: Company, keeper: Browser, outbox: Outbox, mail: Provider
) -> None:
    mail.answers(REFUSED)
    letter = outbox.mail()
    outbox.send_due()
    [found] = dead(keeper, company)
    assert found["id"] == str(letter)
    assert {name: found[name] for name in ("address", "state", "error", "channel", "repeatable")} == {
        "address": "l***@example.com", "state": "failed", "error": "smtp-550", "channel": "mail",
        "repeatable": True,
    }  # fmt: skip
    assert keeper.get("/operator/dead-letters?company=nobody-here").status_code == 404


def test_a_letter_is_sent_once_more_and_listed_no_longer(
    company: Company, keeper: Browser, outbox: Outbox, mail: Provider
) -> None:
    mail.answers(REFUSED)
    letter = str(outbox.mail())
    outbox.send_due()
    assert rule(keeper, company, [letter], reason="  ").status_code == 422
    assert rule(keeper, company, [letter]).json == {"ruled": 1}
    assert dead(keeper, company) == []
    outbox.send_due()
    assert sorted(outbox.states()) == ["failed", "sent"]
    assert rule(keeper, company, [letter]).json == {"ruled": 0}
    outbox.send_due()
    assert len(mail.taken) == 1
    assert did(keeper)[0] == ("letters-retry", company.slug, 1, WHY)
    told = company.admin.get("/audit-records?subject_type=tenant").json["items"][0]
    assert (told["action"], told["actor"]) == ("letters-retry", None)
    assert [(one["field"], one["after"]) for one in told["changes"]] == [
        ("letters", 1),
        ("operator_reason", WHY),
    ]


def test_what_may_have_arrived_goes_again_only_if_somebody_is_sure(
    company: Company, keeper: Browser, outbox: Outbox, mail: Provider
) -> None:
    mail.answers(SILENT)
    letter = str(outbox.mail())
    outbox.send_due()
    refused = rule(keeper, company, [letter])
    assert (refused.status_code, refused.json["code"]) == (409, "dead-letter-uncertain")
    assert [one["id"] for one in dead(keeper, company)] == [letter]
    assert outbox.states() == ["uncertain"]
    assert rule(keeper, company, [letter], sure=True).json == {"ruled": 1}
    outbox.send_due()
    assert sorted(outbox.states()) == ["sent", "uncertain"]


def test_what_was_given_up_is_not_sent(
    company: Company, keeper: Browser, outbox: Outbox, mail: Provider
) -> None:
    mail.answers(REFUSED)
    letter = str(outbox.mail())
    outbox.send_due()
    assert rule(keeper, company, [letter], ruling="drop", reason="号码已停用").json == {"ruled": 1}
    outbox.send_due()
    assert (dead(keeper, company), outbox.states(), mail.taken) == ([], ["failed"], [])
    measured(company)
    mine = [one for one in keeper.get("/operator/overview").json["companies"] if one["slug"] == company.slug]
    assert mine == []
    assert did(keeper)[0] == ("letters-drop", company.slug, 1, "号码已停用")


def test_secrets_that_were_wiped_are_not_sent_again(
    company: Company, keeper: Browser, outbox: Outbox, mail: Provider, store: Store
) -> None:
    mail.answers(REFUSED)
    letter = str(outbox.mail())
    outbox.send_due()
    store.rows("UPDATE deliveries SET secret = true, facts = '{}' WHERE tenant_id = %s", company.tenant_id)
    assert [one["repeatable"] for one in dead(keeper, company)] == [False]
    refused = rule(keeper, company, [letter])
    assert [one["code"] for one in refused.json["errors"]] == ["dead-letter-wiped"]
    assert outbox.states() == ["failed"]


def test_a_letter_of_another_company_is_nobodys_here(
    company: Company, other_company: Company, keeper: Browser, mail: Provider
) -> None:
    theirs = Outbox(other_company)
    mail.answers(REFUSED)
    letter = str(theirs.mail())
    theirs.send_due()
    assert rule(keeper, company, [letter]).json == {"ruled": 0}
    assert [one["id"] for one in dead(keeper, other_company)] == [letter]


def test_a_message_to_somebody_follows_its_further_try(
    company: Company, keeper: Browser, mail: Provider
) -> None:
    desk = Desk(company)
    template = desk.template()
    mail.answers(REFUSED)
    desk.plan(desk.occasion(somebody(company.admin), ("mail", template), key="again", expires_at=FAR))
    desk.run()
    [state] = desk.states()
    assert state == ("failed", "smtp-550")
    [letter] = dead(keeper, company)
    assert rule(keeper, company, [letter["id"]]).json == {"ruled": 1}
    assert desk.states() == [("sending", None)]
    desk.run()
    assert desk.states() == [("sent", None)]
    assert [one[1] for one in desk.tries()] == ["failed", "sent"]


def test_a_provider_is_tried_at_once(keeper: Browser, outbox: Outbox, store: Store, mail: Provider) -> None:
    store.all_well()
    at = clock.now()
    store.rows(
        "INSERT INTO provider_health VALUES ('mail', %s, 1, %s, 'timeout', %s)",
        PATIENCE, at + timedelta(minutes=9), at,
    )  # fmt: skip
    [before] = keeper.get("/operator/overview").json["providers"]
    assert (before["state"], before["last_error"]) == ("open", "timeout")
    sent = {"provider": "mail", "reason": WHY}
    assert keeper.post("/operator/provider-trials", {**sent, "provider": "sms:x"}).status_code == 404
    assert keeper.post("/operator/provider-trials", sent).status_code == 204
    [after] = keeper.get("/operator/overview").json["providers"]
    assert after["state"] == "half-open"
    assert did(keeper)[0] == ("provider-tried", None, None, WHY)
    store.all_well()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("lin@example.com", "l***@example.com"),
        ("+8613800138000", "+86***00"),
        ("12345", "***"),
        ("", "***"),
    ],
)
def test_addresses_are_masked(address: str, shown: str) -> None:
    assert masked(address) == shown


def test_every_queue_has_words() -> None:
    declared = {
        found
        for path in sorted((ROOT / "app").rglob("*.py"))
        for found in re.findall(r'^QUEUE = "([a-z-]+)"', path.read_text(), re.MULTILINE)
    }
    for locale in ("zh-CN", "en"):
        page = (ROOT / f"web/apps/desktop/src/i18n/{locale}/operator.ts").read_text()
        [line] = re.findall(r"operatorQueue: \{ (.*) \},", page)
        assert set(re.findall(r"'?([a-z-]+)'?: '", line)) == declared
