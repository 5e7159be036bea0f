"""Who pauses or cancels a campaign reaches what lies in the outbox already."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from app.messaging import barring, outbox, receipts
from app.messaging.channels.contract import Limits, Outcome, Verdict
from app.messaging.models import Told
from app.messaging.receipts import Receipt
from app.outreach import planning as outreach
from app.outreach import releasing, services
from tests.campaigns.stall import campaign, move, person, start, sweep, words
from tests.fakes.provider import Provider
from tests.outreach.desk import Desk
from tests.support.store import Store

Json = dict[str, Any]


@pytest.fixture
def made(desk: Desk, sms: Provider, mail: Provider) -> Json:
    """A campaign by text message, or else by mail, whose only message has been let go."""
    person(desk, "lin", phones=[{"number": "13800138000"}])
    ways = ("sms", "mail")
    choices = [{"way": way, "template_id": words(desk, way=way)} for way in ways]
    made = campaign(desk, choices=choices)
    start(desk, made)
    sweep(desk)
    with desk.inside():
        releasing.release_due()
    return made


def returned(desk: Desk) -> None:
    """The vendor tells that the first message has not arrived."""
    [delivery] = desk.deliveries()
    told = Receipt(reference="r", verdict=Told.UNDELIVERED, at=desk.now, delivery_id=delivery.id, error="off")
    with desk.work():
        receipts.take("sms", [told])


def test_nothing_goes_out_once_it_is_cancelled(desk: Desk, made: Json, sms: Provider, mail: Provider) -> None:
    move(desk, made, "cancelled")
    desk.run()
    assert desk.states() == [("cancelled", "campaign-cancelled")]
    assert desk.tries() == [("sms", "suppressed", "campaign-cancelled")]
    assert (sms.taken, mail.taken) == ([], [])


def test_what_the_provider_took_takes_no_other_way_once_it_is_cancelled(
    desk: Desk, made: Json, sms: Provider, mail: Provider
) -> None:
    desk.run()
    move(desk, made, "cancelled")
    returned(desk)
    desk.run()
    assert (desk.states(), desk.tries()) == ([("failed", "off")], [("sms", "failed", "off")])
    assert (len(sms.taken), mail.taken) == (1, [])


def test_what_lies_in_the_outbox_rests_with_it(desk: Desk, made: Json, sms: Provider) -> None:
    move(desk, made, "paused")
    desk.run()
    [delivery] = desk.deliveries()
    assert (delivery.state, delivery.last_error, delivery.attempts) == ("waiting", "resting", 0)
    assert (desk.states(), sms.taken) == ([("sending", None)], [])
    desk.later(hours=3)
    desk.run()
    assert sms.taken == []
    move(desk, made, "sending")
    desk.run()
    assert (desk.states(), len(sms.taken)) == ([("sent", None)], 1)


def test_takes_no_other_way_while_it_rests(desk: Desk, made: Json, sms: Provider, mail: Provider) -> None:
    desk.run()
    move(desk, made, "paused")
    returned(desk)
    desk.run()
    assert (desk.states(), desk.tries()) == ([("waiting", None)], [("sms", "failed", "off")])
    with desk.inside():
        assert outreach.next_waiting() is None
    move(desk, made, "sending")
    desk.run()
    assert desk.tries() == [("sms", "failed", "off"), ("mail", "sent", None)]
    assert (len(sms.taken), len(mail.taken)) == (1, 1)


@pytest.mark.parametrize("state", ["paused", "cancelled"])
def test_what_a_colleague_sends_once_more_stands_on_its_own(
    desk: Desk, made: Json, sms: Provider, mail: Provider, state: str
) -> None:
    sms.answers(Outcome(Verdict.UNCLEAR, "no-answer"))
    desk.run()
    move(desk, made, state)
    desk.by_hand(services.repeat)
    desk.run()
    assert (desk.states(), len(sms.taken), mail.taken) == ([("sent", None)], 1, [])


def test_what_rests_keeps_nothing_else_from_going_out(
    desk: Desk, made: Json, sms: Provider, mail: Provider, store: Store
) -> None:
    move(desk, made, "paused")
    store.all_well()
    sms.limits = Limits(each=1)
    desk.run()
    desk.later(hours=2)
    desk.run()
    assert store.rows("SELECT key FROM sending_paces") == []
    move(desk, made, "sending")
    desk.run()
    assert [row["key"] for row in store.rows("SELECT key FROM sending_paces")] == [
        f"sms:{desk.company.tenant_id}"
    ]
    assert (desk.states(), len(sms.taken)) == ([("sent", None)], 1)


def test_who_has_one_go_on_has_only_that_one_looked_at(
    desk: Desk, made: Json, sms: Provider, mail: Provider
) -> None:
    other = campaign(desk, name="另一个")
    start(desk, other)
    sweep(desk)
    with desk.inside():
        releasing.release_due()
    for one in (made, other):
        move(desk, one, "paused")
    desk.run()
    assert [one.last_error for one in desk.deliveries()] == ["resting", "resting"]
    move(desk, other, "sending")
    assert [one.next_at > desk.now for one in desk.deliveries()] == [True, False]
    desk.run()
    assert (sms.taken, len(mail.taken)) == ([], 1)


def test_who_has_it_go_on_waits_until_its_rest_is_written_down(
    desk: Desk, made: Json, sms: Provider, store: Store
) -> None:
    """Or what was seen to rest a moment before would rest on."""
    asking = "SELECT state FROM campaigns WHERE tenant_id = %s FOR NO KEY UPDATE NOWAIT"
    move(desk, made, "paused")
    with desk.work():
        at = desk.now
        claimed = outbox.claim(UUID(int=1), at=at, lease=timedelta(minutes=5), limit=9)
        assert [bar.reason for bar in barring.barred(claimed).values()] == ["resting"]
        with pytest.raises(psycopg.errors.LockNotAvailable):
            store.rows(asking, desk.company.tenant_id)
    assert store.rows(asking, desk.company.tenant_id) == [{"state": "paused"}]
