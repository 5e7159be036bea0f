"""What a company has gone on from is not an operator's to send once more."""

from typing import Any

import pytest

from app.messaging import followed_up
from app.outreach import services
from tests.consents.people import somebody
from tests.fakes.provider import Provider
from tests.messaging.outbox import Outbox
from tests.operators.conftest import REFUSED, SILENT, measured
from tests.operators.test_room import FAR, dead, rule
from tests.outreach.conftest import sms
from tests.outreach.desk import Desk
from tests.support.client import Browser, Company
from tests.support.store import Store

__all__ = ["sms"]


@pytest.fixture
def desk(company: Company) -> Desk:
    return Desk(company)


def plan(desk: Desk, *ways: str, **facts: Any) -> None:
    """A message that may go in these ways."""
    choices = [(way, desk.template(way)) for way in ways]
    desk.plan(desk.occasion(somebody(desk.company.admin), *choices, **{"expires_at": FAR, **facts}))


def counted(keeper: Browser, company: Company) -> tuple[int, int]:
    """How many failed and uncertain messages the overview counts."""
    measured(company)
    found = keeper.get("/operator/overview").json["companies"]
    mine = [(one["failed"], one["uncertain"]) for one in found if one["slug"] == company.slug]
    return mine[0] if mine else (0, 0)


def test_what_went_in_another_way_is_not_sent_again(
    desk: Desk, keeper: Browser, sms: Provider, mail: Provider
) -> None:
    plan(desk, "sms", "mail")
    sms.answers(REFUSED)
    desk.run()
    [first, _] = desk.deliveries()
    assert (first.state, desk.states()) == ("failed", [("sent", None)])
    assert (dead(keeper, desk.company), counted(keeper, desk.company)) == ([], (0, 0))
    assert rule(keeper, desk.company, [str(first.id)]).json == {"ruled": 0}
    desk.run()
    assert (sms.taken, len(mail.taken)) == ([], 1)


@pytest.mark.parametrize("how", ["once-more", "taken-back"])
def test_what_a_colleague_has_seen_to_is_not_sent_again(
    desk: Desk, keeper: Browser, sms: Provider, how: str
) -> None:
    plan(desk, "sms")
    sms.answers(SILENT)
    desk.run()
    assert counted(keeper, desk.company) == (0, 1)
    [first] = desk.deliveries()
    desk.by_hand(services.repeat)
    if how == "taken-back":
        desk.by_hand(services.cancel)
    desk.run()
    assert dead(keeper, desk.company) == []
    assert rule(keeper, desk.company, [str(first.id)], sure=True).json == {"ruled": 0}
    desk.run()
    assert len(sms.taken) == (1 if how == "once-more" else 0)


def test_what_has_expired_is_not_sent_again(
    company: Company, keeper: Browser, outbox: Outbox, mail: Provider, store: Store
) -> None:
    mail.answers(REFUSED)
    letter = str(outbox.mail(expires_at=FAR))
    outbox.send_due()
    assert [one["repeatable"] for one in dead(keeper, company)] == [True]
    store.rows("UPDATE deliveries SET expires_at = now() WHERE tenant_id = %s", company.tenant_id)
    assert [one["repeatable"] for one in dead(keeper, company)] == [False]
    refused = rule(keeper, company, [letter])
    assert [one["code"] for one in refused.json["errors"]] == ["dead-letter-expired"]
    assert outbox.states() == ["failed"]
    assert rule(keeper, company, [letter], ruling="drop").json == {"ruled": 1}


def test_what_is_sent_once_more_expires_when_it_would_have(
    keeper: Browser, outbox: Outbox, mail: Provider
) -> None:
    mail.answers(REFUSED)
    letter = str(outbox.mail(expires_at=FAR))
    outbox.send_due()
    assert rule(keeper, outbox.company, [letter]).json == {"ruled": 1}
    assert [one.expires_at for one in outbox.rows()] == [FAR, FAR]


@pytest.mark.parametrize("how", ["once-more", "taken-back"])
def test_what_a_colleague_sees_to_at_the_same_moment_is_not_doubled(
    desk: Desk, keeper: Browser, sms: Provider, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """As if it had still been open when the operator's list was made."""
    plan(desk, "sms")
    sms.answers(REFUSED)
    desk.run()
    [first] = desk.deliveries()
    desk.by_hand(services.repeat)
    if how == "taken-back":
        desk.by_hand(services.cancel)
    monkeypatch.setattr(followed_up, "_clauses", [])
    assert rule(keeper, desk.company, [str(first.id)]).json == {"ruled": 1}
    desk.run()
    once_more = how == "once-more"
    assert (desk.states()[0][0], len(sms.taken)) == (("sent", 1) if once_more else ("cancelled", 0))
    assert sorted(one.state for one in desk.deliveries()) == ["cancelled", "failed", *["sent"] * once_more]
