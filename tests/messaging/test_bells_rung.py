"""The doorbell between the database and the workers."""

from collections.abc import Iterator

import pytest
import redis
from flask import Flask

from app.core import doorbell, logs
from app.core.broker import broker
from app.core.uow import unit_of_work
from workers import bells


@pytest.fixture
def queue(app: Flask) -> Iterator[str]:
    """An empty queue of tasks."""
    broker().delete("default")
    for key in broker().scan_iter("bell:*"):
        broker().delete(key)
    with app.app_context():
        yield "default"
    broker().delete("default")


def waiting(queue: str) -> int:
    return int(broker().llen(queue))


def test_rings_once_while_a_bell_is_waiting(queue: str) -> None:
    for _ in range(3):
        with unit_of_work():
            doorbell.ring_after_commit("deliveries.send_due", tenant_id=1)
            doorbell.ring_after_commit("deliveries.send_due", tenant_id=1)
            assert waiting(queue) <= 1
    assert waiting(queue) == 1
    with unit_of_work():
        doorbell.ring_after_commit("deliveries.send_due", tenant_id=2)
    assert waiting(queue) == 2


def test_rings_again_once_a_worker_has_begun(queue: str) -> None:
    for expected in (1, 2):
        with unit_of_work():
            doorbell.ring_after_commit("deliveries.send_due", tenant_id=1)
        assert waiting(queue) == expected
        bells.heard("deliveries.send_due", {"tenant_id": 1})


def test_does_not_ring_for_what_was_rolled_back(queue: str) -> None:
    def fail() -> None:
        with unit_of_work():
            doorbell.ring_after_commit("deliveries.send_due", tenant_id=1)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with unit_of_work():
        pass
    assert waiting(queue) == 0


def test_a_silent_broker_does_not_undo_what_was_committed(
    queue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = redis.Redis.from_url("redis://127.0.0.1:1")
    monkeypatch.setattr(bells, "broker", lambda: nowhere)
    with unit_of_work():
        doorbell.ring_after_commit("deliveries.send_due", tenant_id=1)
    assert waiting(queue) == 0


def test_a_failed_task_is_logged_without_what_it_was_about(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    import wsgi

    logs.configure("WARNING")
    with pytest.raises(ValueError, match="13800138000") as failure:
        int("13800138000x")
    wsgi.celery.tasks["deliveries.sweep"].on_failure(failure.value, "id", (), {}, None)
    said = capsys.readouterr().err
    assert "task.failed" in said
    assert "ValueError" in said
    assert "test_bells_rung" in said
    assert "13800138000" not in said
