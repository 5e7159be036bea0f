"""Fairness and cost: bounded batches, the sweep, the agenda, and statements counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select

from app.core import clock
from app.core.db import db
from app.messaging import outbox as rows
from app.messaging import sending, services
from tenants import agenda
from tenants.context import current_tenant_id
from tenants.models import AgendaEntry
from tests.fakes.smtp import FakeSmtp
from tests.messaging.outbox import LEASE, Outbox
from tests.support.client import Company, sign_up

Bells = list[tuple[str, dict[str, object]]]


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


def test_a_tenant_with_many_mails_does_not_keep_another_waiting(
    app: Flask, smtp: FakeSmtp, bells: Bells
) -> None:
    noisy, quiet = Outbox(sign_up(app)), Outbox(sign_up(app))
    noisy.mail()
    with noisy.work():
        services.enqueue("mail", [message(number, "noisy") for number in range(3 * sending.BATCH)])
    quiet.mail(to="quiet@example.com")
    first = list(dict.fromkeys(arguments["tenant_id"] for _, arguments in bells))
    assert first == [noisy.tenant_id, quiet.tenant_id]
    bells[:] = [("deliveries.send_due", {"tenant_id": tenant_id}) for tenant_id in first]
    # The broker's queue, heard by one worker.
    while bells:
        _, arguments = bells.pop(0)
        next(outbox for outbox in (noisy, quiet) if outbox.tenant_id == arguments["tenant_id"]).send_due()
    order = [mail["To"] for mail in smtp.received]
    assert order.index("quiet@example.com") == sending.BATCH
    assert len(order) == 3 * sending.BATCH + 2


def message(number: int, batch: object) -> services.Message:
    return services.Message(
        kind="password-changed", facts={"name": "x"}, to="a@example.com", dedupe_key=f"{batch}-{number}"
    )


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
        if current_tenant_id() == outbox.tenant_id:
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
    outbox.claim()
    outbox.tend()
    assert agenda_of(outbox) == 2
    outbox.later(LEASE)
    outbox.send_due()
    outbox.tend()
    assert agenda_of(outbox) == 1


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


def test_a_mail_costs_three_statements_and_a_batch_three_more(outbox: Outbox, smtp: FakeSmtp) -> None:
    counts = {}
    for size in (1, 12):
        for _ in range(size):
            outbox.mail()
        with counting() as statements:
            outbox.send_due()
        counts[size] = len(statements)
    assert counts == {1: 3 + 3, 12: 3 + 3 * 12}


def test_writing_to_many_costs_the_same_as_to_one(outbox: Outbox) -> None:
    counts = []
    for size in (1, 50):
        with outbox.work(), counting() as statements:
            assert len(services.enqueue("mail", [message(n, size) for n in range(size)])) == size
        counts.append(len(statements))
    assert counts == [2, 2]
