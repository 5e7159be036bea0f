"""Several workers, dead workers, many tenants: who may send what, and when."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select

from app.core import clock
from app.core.db import db
from app.core.ids import new_id
from app.core.uow import unit_of_work
from app.messaging import outbox as rows
from app.messaging import sending, services
from app.messaging.channels import CHANNELS, outgoing
from app.messaging.channels.contract import Outcome, Verdict
from app.messaging.channels.mail import MailChannel
from app.messaging.models import DeliveryState
from app.messaging.outbox import Parcel
from tenants import agenda
from tenants.models import AgendaEntry
from tests.fakes.smtp import DROP, FakeSmtp
from tests.messaging.outbox import Outbox
from tests.support.client import Company, sign_up

LEASE = timedelta(minutes=5)
Bells = list[tuple[str, dict[str, object]]]


def claim(outbox: Outbox, limit: int = 20) -> tuple[list[Parcel], object]:
    """What a worker does before it dies."""
    claim_id = new_id()
    with outbox.work():
        return rows.claim(claim_id, at=clock.now(), lease=LEASE, limit=limit), claim_id


def hand_over(outbox: Outbox, parcel: Parcel, claim_id: object) -> bool:
    with outbox.work():
        return rows.hand_over(parcel, claim_id, reference="<x@y>", at=clock.now(), lease=LEASE)


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
    claim(outbox)
    outbox.send_due()
    assert (outbox.states(), smtp.received) == (["waiting"], [])
    outbox.later(LEASE)
    outbox.send_due()
    assert (outbox.states(), len(smtp.received)) == (["sent"], 1)


def test_what_a_dead_worker_had_handed_over_is_uncertain_for_ever(outbox: Outbox, smtp: FakeSmtp) -> None:
    outbox.mail(kind="invitation", link="/x#secret", sender_id=outbox.user_id)
    [parcel], claim_id = claim(outbox)
    assert hand_over(outbox, parcel, claim_id)
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
    [parcel], claim_id = claim(outbox)
    hand_over(outbox, parcel, claim_id)
    outbox.later(LEASE + timedelta(seconds=1))
    outbox.tend()
    assert outbox.states() == ["uncertain"]
    with outbox.work():
        assert rows.settle(parcel, claim_id, DeliveryState.SENT, None) is True
    with outbox.work():
        assert rows.settle(parcel, claim_id, DeliveryState.UNCERTAIN, "interrupted") is False
    assert outbox.states() == ["sent"]


def test_a_worker_that_lost_its_claim_sends_nothing(outbox: Outbox, smtp: FakeSmtp) -> None:
    outbox.mail()
    parcels, claim_id = claim(outbox)
    outbox.later(LEASE)
    _, other_id = claim(outbox)
    with outbox.inside():
        sending.Batch(outgoing("mail"), claim_id, LEASE).send(parcels)
    assert (outbox.states(), smtp.received) == (["waiting"], [])
    with outbox.inside():
        sending.Batch(outgoing("mail"), other_id, LEASE).send(parcels)
    assert (outbox.states(), len(smtp.received)) == (["sent"], 1)


def test_a_mail_taken_back_at_the_last_moment_is_not_sent(outbox: Outbox, smtp: FakeSmtp) -> None:
    outbox.mail(dedupe_key="one")
    outbox.mail(dedupe_key="two")
    parcels, claim_id = claim(outbox)
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
    [parcel], claim_id = claim(outbox)
    hand_over(outbox, parcel, claim_id)
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
    [parcel], claim_id = claim(outbox)
    stranger = new_id()
    seen = ["waiting"]

    def put_off(who: object) -> None:
        rows.put_off([parcel], who, until=clock.now(), error="smtp-451")

    moves = [
        lambda: rows.hand_over(parcel, claim_id, reference="<r>", at=clock.now(), lease=LEASE),
        lambda: rows.hand_over(parcel, stranger, reference="<r>", at=clock.now(), lease=LEASE),
        *(
            lambda state=state, who=who: rows.settle(parcel, who, state, None)
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


def test_a_batch_is_bounded_and_rings_for_the_rest(outbox: Outbox, smtp: FakeSmtp, bells: Bells) -> None:
    for _ in range(sending.BATCH + 5):
        outbox.mail()
    bells.clear()
    outbox.send_due()
    assert len(smtp.received) == sending.BATCH
    assert bells == [("deliveries.send_due", {"tenant_id": outbox.tenant_id})]
    outbox.send_due()
    assert len(smtp.received) == sending.BATCH + 5
    assert len(bells) == 1


def test_a_slow_server_takes_no_more_than_a_slice_of_time(
    outbox: Outbox, smtp: FakeSmtp, bells: Bells, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "SLICE", timedelta(0))
    for _ in range(3):
        outbox.mail()
    bells.clear()
    outbox.send_due()
    assert (outbox.states(), len(bells)) == (["sent", "waiting", "waiting"], 1)
    assert [row.attempts for row in outbox.rows()] == [1, 0, 0]
    outbox.send_due()
    outbox.send_due()
    assert outbox.states() == ["sent"] * 3


def test_rings_once_after_the_commit(outbox: Outbox, bells: Bells) -> None:
    with outbox.work():
        for key in ("one", "two"):
            services.send_mail("a@example.com", "password-changed", {"name": "x"}, dedupe_key=key)
        assert bells == []
    assert bells == [("deliveries.send_due", {"tenant_id": outbox.tenant_id})]


def test_the_sweep_rings_for_whoever_has_something_due(
    app: Flask, outbox: Outbox, other_company: Company, bells: Bells
) -> None:
    other = Outbox(other_company)
    outbox.mail()
    other.mail()
    bells.clear()
    with app.app_context():
        sending.sweep()
    rung = {arguments["tenant_id"] for _, arguments in bells}
    assert {outbox.tenant_id, other.tenant_id} <= rung


def test_the_trouble_of_one_tenant_does_not_keep_the_others_waiting(
    app: Flask, outbox: Outbox, other_company: Company, bells: Bells, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Outbox(other_company)
    outbox.mail()
    other.mail()
    bells.clear()
    tend = sending.tend

    def stumble() -> None:
        if sending.current_tenant_id() == outbox.tenant_id:
            raise ZeroDivisionError
        tend()

    monkeypatch.setattr(sending, "tend", stumble)
    with app.app_context():
        sending.sweep()
    rung = {arguments["tenant_id"] for _, arguments in bells}
    assert other.tenant_id in rung
    assert outbox.tenant_id not in rung


def agenda_of(outbox: Outbox) -> int:
    with outbox.work():
        entries = select(AgendaEntry).where(
            AgendaEntry.tenant_id == outbox.tenant_id, AgendaEntry.queue == rows.QUEUE
        )
        return len(db.session.scalars(entries).all())


def test_the_agenda_is_settled_only_when_nothing_is_open(outbox: Outbox, smtp: FakeSmtp) -> None:
    outbox.mail()
    past = clock.now() - 3 * agenda.GRACE
    with outbox.work():
        agenda.note(rows.QUEUE, past)
    claim(outbox)
    outbox.tend()
    assert agenda_of(outbox) == 2
    outbox.later(LEASE)
    outbox.send_due()
    outbox.tend()
    assert agenda_of(outbox) == 1


def test_a_worker_stays_within_the_walls(app: Flask, smtp: FakeSmtp) -> None:
    one, two = Outbox(sign_up(app)), Outbox(sign_up(app))
    one.mail(to="one@example.com")
    two.mail(to="two@example.com", dedupe_key="shared")
    one.mail(to="one@example.com", dedupe_key="shared")
    one.send_due()
    assert {mail["To"] for mail in smtp.received} == {"one@example.com"}
    assert (one.states(), two.states()) == (["sent", "sent"], ["waiting"])
    [parcel], _ = claim(two)
    with one.work():
        assert rows.cancel("shared") is False
        assert rows.hand_over(parcel, new_id(), reference="<r>", at=clock.now(), lease=LEASE) is False
    with app.app_context(), unit_of_work():
        assert rows.claim(new_id(), at=clock.now() + LEASE * 2, lease=LEASE, limit=9) == []


@contextmanager
def counting() -> Iterator[list[str]]:
    statements: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", see)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", see)


def test_a_mail_costs_two_statements_and_a_batch_two_more(outbox: Outbox, smtp: FakeSmtp) -> None:
    counts = {}
    for size in (1, 12):
        for _ in range(size):
            outbox.mail()
        with counting() as statements:
            outbox.send_due()
        counts[size] = len(statements)
    assert counts == {1: 2 + 2, 12: 2 + 2 * 12}


def test_writing_to_many_costs_the_same_as_to_one(outbox: Outbox) -> None:
    def message(number: int, size: int) -> object:
        return services.Message(
            kind="password-changed", facts={"name": "x"}, to="a@example.com", dedupe_key=f"{size}-{number}"
        )

    counts = []
    for size in (1, 50):
        with outbox.work(), counting() as statements:
            assert len(services.enqueue("mail", [message(n, size) for n in range(size)])) == size
        counts.append(len(statements))
    assert counts == [2, 2]


def test_every_verdict_has_its_end(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = {
        Verdict.SENT: "sent",
        Verdict.REFUSED: "failed",
        Verdict.LATER: "waiting",
        Verdict.UNCLEAR: "uncertain",
        Verdict.DOWN: "waiting",
        Verdict.DROPPED: "sending",
    }
    assert set(ends) == set(Verdict)
    for verdict, state in ends.items():
        delivery = outbox.mail()
        [parcel], claim_id = claim(outbox)
        hand_over(outbox, parcel, claim_id)
        with outbox.work():
            sending._record(parcel, claim_id, Outcome(verdict, "x"))
        assert outbox.row(delivery).state == state
    assert set(CHANNELS) == {"bell", "mail"}
