"""Several workers, dead workers, many tenants: who may send what, and when."""

import random
from datetime import timedelta
from itertools import pairwise
from threading import Barrier, Thread

import pytest
from flask import Flask

from app.core import clock
from app.core.ids import new_id
from app.core.uow import unit_of_work
from app.messaging import endings, recording, sending, services
from app.messaging import outbox as rows
from app.messaging.channels import CHANNELS, outgoing
from app.messaging.channels.contract import Outcome, Verdict
from app.messaging.channels.mail import MailChannel
from app.messaging.endings import Ending
from app.messaging.models import DeliveryState
from tests.fakes.smtp import DROP, FakeSmtp
from tests.messaging.outbox import LEASE, Outbox
from tests.support.client import sign_up


def test_two_workers_at_once_send_each_mail_once(outbox: Outbox, smtp: FakeSmtp) -> None:
    ids = {f"<{outbox.mail().hex}@guanxi.local>" for _ in range(30)}
    start = Barrier(4)

    def work() -> None:
        start.wait()
        for _ in range(3):
            outbox.send_due()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert smtp.times == dict.fromkeys(ids, 1)
    assert set(outbox.states()) == {"sent"}


def test_what_a_dead_worker_had_not_handed_over_is_sent_when_its_lease_ends(
    outbox: Outbox, smtp: FakeSmtp
) -> None:
    outbox.mail()
    outbox.claim()
    outbox.send_due()
    assert (outbox.states(), smtp.received) == (["waiting"], [])
    outbox.later(LEASE)
    outbox.send_due()
    assert (outbox.states(), len(smtp.received)) == (["sent"], 1)


def test_what_a_dead_worker_had_handed_over_is_uncertain_for_ever(outbox: Outbox, smtp: FakeSmtp) -> None:
    outbox.mail(kind="invitation", link="/x#secret", sender_id=outbox.user_id)
    [parcel], claim_id = outbox.claim()
    assert outbox.hand_over(parcel, claim_id)
    outbox.tend()
    assert outbox.states() == ["sending"]
    for _ in range(3):
        outbox.later(LEASE + timedelta(seconds=1))
        outbox.tend()
        outbox.send_due()
    [row] = outbox.rows()
    assert (row.state, row.last_error, row.link) == ("uncertain", "interrupted", None)
    assert smtp.received == []
    facts = {"to": "lin@example.com", "subject": "秦明远 邀请你加入 澄川科技"}
    assert outbox.bells() == [("mail-uncertain", facts)]


def test_a_worker_thought_dead_may_still_say_how_it_ended(outbox: Outbox) -> None:
    outbox.mail()
    [parcel], claim_id = outbox.claim()
    outbox.hand_over(parcel, claim_id)
    outbox.later(LEASE + timedelta(seconds=1))
    outbox.tend()
    assert outbox.states() == ["uncertain"]
    with outbox.work():
        assert endings.settle([Ending(parcel, DeliveryState.SENT)], claim_id) == {parcel.id}
    with outbox.work():
        uncertain = Ending(parcel, DeliveryState.UNCERTAIN, "interrupted")
        assert endings.settle([uncertain], claim_id) == set()
    assert outbox.states() == ["sent"]


def test_a_worker_that_lost_its_claim_sends_nothing(outbox: Outbox, smtp: FakeSmtp) -> None:
    outbox.mail()
    parcels, claim_id = outbox.claim()
    outbox.later(LEASE)
    _, other_id = outbox.claim()
    with outbox.inside():
        sending.Batch(outgoing("mail"), claim_id, LEASE).send(parcels)
    assert (outbox.states(), smtp.received) == (["waiting"], [])
    with outbox.inside():
        sending.Batch(outgoing("mail"), other_id, LEASE).send(parcels)
    assert (outbox.states(), len(smtp.received)) == (["sent"], 1)


def test_a_mail_taken_back_at_the_last_moment_is_not_sent(outbox: Outbox, smtp: FakeSmtp) -> None:
    outbox.mail(dedupe_key="one")
    outbox.mail(dedupe_key="two")
    parcels, claim_id = outbox.claim()
    with outbox.work():
        assert services.cancel("one") is True
    with outbox.inside():
        sending.Batch(outgoing("mail"), claim_id, LEASE).send(parcels)
    assert outbox.states() == ["cancelled", "sent"]
    assert len(smtp.received) == 1


def test_a_channel_that_dedupes_repeats_what_is_unclear(
    outbox: Outbox, smtp: FakeSmtp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MailChannel, "dedupes", True)
    smtp.answers("DATA", DROP)
    delivery = outbox.mail()
    outbox.send_due()
    assert outbox.row(delivery).state == "waiting"
    outbox.later(timedelta(minutes=2))
    [parcel], claim_id = outbox.claim()
    outbox.hand_over(parcel, claim_id)
    outbox.later(LEASE + timedelta(seconds=1))
    outbox.tend()
    assert outbox.row(delivery).state == "waiting"
    outbox.later(timedelta(minutes=5))
    outbox.send_due()
    assert outbox.row(delivery).state == "sent"
    assert list(smtp.times.values()) == [2]


ENDS = {"sent", "failed", "uncertain", "cancelled"}


@pytest.mark.parametrize("seed", range(6))
def test_no_order_of_reports_leads_back_from_an_end(outbox: Outbox, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    outbox.mail(dedupe_key="one")
    [parcel], claim_id = outbox.claim()
    stranger = new_id()
    seen = ["waiting"]

    def put_off(who: object) -> None:
        rows.put_off([parcel], who, until=clock.now(), error="smtp-451")

    moves = [
        lambda: rows.hand_over(parcel, claim_id, reference="<r>", at=clock.now(), lease=LEASE),
        lambda: rows.hand_over(parcel, stranger, reference="<r>", at=clock.now(), lease=LEASE),
        *(
            lambda state=state, who=who: endings.settle([Ending(parcel, state)], who)
            for state in (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.UNCERTAIN)
            for who in (claim_id, stranger)
        ),
        lambda: put_off(stranger),
        lambda: rows.release([parcel], stranger),
        lambda: rows.cancel("one"),
        lambda: rows.claim(stranger, at=clock.now(), lease=LEASE, limit=5),
    ]
    for move in chance.choices(moves, k=40):
        with outbox.work():
            move()
        seen += [state for state in outbox.states() if state != seen[-1]]
    allowed = {
        ("waiting", "sending"), ("waiting", "failed"), ("waiting", "cancelled"), ("sending", "sent"),
        ("sending", "failed"), ("sending", "uncertain"), ("uncertain", "sent"), ("uncertain", "failed"),
    }  # fmt: skip
    assert set(pairwise(seen)) <= allowed
    assert seen[-1] in {*ENDS, "sending"}


def test_a_worker_stays_within_the_walls(app: Flask, smtp: FakeSmtp) -> None:
    one, two = Outbox(sign_up(app)), Outbox(sign_up(app))
    one.mail(to="one@example.com")
    two.mail(to="two@example.com", dedupe_key="shared")
    one.mail(to="one@example.com", dedupe_key="shared")
    one.send_due()
    assert {mail["To"] for mail in smtp.received} == {"one@example.com"}
    assert (one.states(), two.states()) == (["sent", "sent"], ["waiting"])
    [parcel], _ = two.claim()
    with one.work():
        assert rows.cancel("shared") is False
        assert rows.hand_over(parcel, new_id(), reference="<r>", at=clock.now(), lease=LEASE) is False
    with app.app_context(), unit_of_work():
        assert rows.claim(new_id(), at=clock.now() + LEASE * 2, lease=LEASE, limit=9) == []


def test_every_verdict_has_its_end(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = {
        Verdict.SENT: "sent",
        Verdict.REFUSED: "failed",
        Verdict.LATER: "waiting",
        Verdict.UNCLEAR: "uncertain",
        Verdict.DOWN: "waiting",
        Verdict.DROPPED: "sending",
        Verdict.BARRED: "suppressed",
        Verdict.NOT_NOW: "sending",
        Verdict.EXPIRED: "expired",
    }
    assert set(ends) == set(Verdict)
    for verdict, state in ends.items():
        delivery = outbox.mail()
        [parcel], claim_id = outbox.claim()
        outbox.hand_over(parcel, claim_id)
        with outbox.work():
            recording.record([(parcel, Outcome(verdict, "x", until=clock.now()))], claim_id)
        assert outbox.row(delivery).state == state
    assert set(CHANNELS) == {"bell", "mail", "sms"}
