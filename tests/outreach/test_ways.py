"""A way that is registered: found where its keeper says, asked for consent, fallen back from."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import pytest

from app.consents.states import Way
from app.outreach import ways
from app.outreach.ways import Carrier
from tests.consents.people import note, somebody
from tests.fakes.provider import Provider, instead_of
from tests.outreach.desk import Desk
from tests.support.client import Company

FOLLOWERS: dict[UUID, str] = {}


@pytest.fixture
def wechat(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """An official account whose followers are known by names of its own."""

    def places(_driver: Any, _tenant_id: int, contacts: Sequence[UUID]) -> dict[UUID, str]:
        return {contact: FOLLOWERS[contact] for contact in contacts if contact in FOLLOWERS}

    monkeypatch.setitem(ways._carriers, Way.WECHAT, Carrier("wechat", places))
    FOLLOWERS.clear()
    with instead_of("wechat") as provider:
        yield provider


def test_followers_get_it_there_and_others_by_the_next_way(
    company: Company, desk: Desk, sms: Provider, wechat: Provider
) -> None:
    follows, refuses, other = (
        somebody(company.admin, name=name, phones=[{"number": f"1380000000{place}"}])
        for place, name in enumerate("甲乙丙")
    )
    note(company.admin, refuses, holds=False, purposes=["care"], ways=["wechat"])
    FOLLOWERS.update({UUID(one["id"]): f"of-{one['name']}" for one in (follows, refuses)})
    choices = ("wechat", desk.template("wechat")), ("sms", desk.template("sms"))
    desk.plan(*(desk.occasion(one, *choices) for one in (follows, refuses, other)))
    desk.run()
    assert [one.address for one in wechat.taken] == ["of-甲"]
    assert [one.address for one in sms.taken] == ["+8613800000001", "+8613800000002"]
    assert [reason for _way, _state, reason in desk.tries() if reason] == ["withdrawn", "no-address"]


def test_a_way_that_nobody_carries_reaches_nobody(company: Company, desk: Desk, sms: Provider) -> None:
    desk.plan(desk.occasion(somebody(company.admin), ("wechat", desk.template("wechat"))))
    desk.run()
    assert (desk.states(), sms.taken) == ([("suppressed", "no-address")], [])
