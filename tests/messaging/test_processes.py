"""Real worker processes: killed without mercy, deaf to their bells, and alive."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.core.broker import broker
from app.embedded.installation import ROOT
from app.messaging import sending
from tests.fakes.smtp import FakeSmtp
from tests.messaging.outbox import Outbox
from tests.support.store import Store

MAILS, LIVES = 100, 30


def test_killing_workers_loses_nothing_and_doubles_nothing(outbox: Outbox, smtp: FakeSmtp) -> None:
    references = {f"<{outbox.mail().hex}@guanxi.local>" for _ in range(MAILS)}
    smtp.delay = 0.005
    command = [sys.executable, "-m", "tests.messaging.dying_workers"]
    arguments = [str(fact) for fact in (outbox.tenant_id, smtp.port, LIVES, 7)]
    done = subprocess.run(
        [*command, *arguments], cwd=ROOT, env=_environment(smtp), capture_output=True, timeout=100, check=True
    )
    killed = int(done.stdout)
    assert killed >= 20
    for _ in range(MAILS):
        outbox.later(sending.LEASE + timedelta(seconds=1))
        outbox.tend()
        outbox.send_due()
        if not {"waiting", "sending"} & set(outbox.states()):
            break
    rows = {row.reference: row.state for row in outbox.rows()}
    assert set(rows) == references
    assert set(rows.values()) <= {"sent", "uncertain"}
    assert set(smtp.times.values()) == {1}
    assert {reference for reference, state in rows.items() if state == "sent"} <= set(smtp.times)
    # A worker has one mail in its hands when it dies, so no more than that can be uncertain.
    assert 0 < Counter(rows.values())["uncertain"] <= killed


def test_real_workers_hear_bells_and_the_sweep_makes_up_for_lost_ones(
    app: Flask, outbox: Outbox, store: Store, smtp: FakeSmtp, tmp_path: Path
) -> None:
    # The only worker there is must not first do what all tests before have left undone.
    store.rows("DELETE FROM agenda WHERE tenant_id <> %s", outbox.tenant_id)
    before = outbox.mail()
    broker().flushdb()
    assert app.test_client().get("/readyz").json["checks"]["worker"] == "no heartbeat"
    with ExitStack() as running:
        log = tmp_path / "celery.log"
        running.enter_context(celery(log, smtp, "worker", "--concurrency", "1", "--without-gossip"))
        with celery(log, smtp, "beat", "--schedule", str(tmp_path / "schedule"), "--pidfile="):
            until(lambda: outbox.row(before).state == "sent", log)
            until(lambda: app.test_client().get("/readyz").status_code == 200, log)
        # Without a scheduler only the bell is left.
        after = outbox.mail()
        until(lambda: outbox.row(after).state == "sent", log)
    assert [smtp.times[f"<{delivery.hex}@guanxi.local>"] for delivery in (before, after)] == [1, 1]


@contextmanager
def celery(log: Path, smtp: FakeSmtp, *words: str) -> Iterator[None]:
    """One of Celery's programs, as the supervisor would start it."""
    command = [sys.executable, "-m", "celery", "--app", "wsgi:celery", *words, "--loglevel", "WARNING"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environment(smtp), stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _environment(smtp: FakeSmtp) -> dict[str, str]:
    return {**os.environ, "GUANXI_SMTP_HOST": "127.0.0.1", "GUANXI_SMTP_PORT": str(smtp.port)}


def until(holds: Callable[[], bool], log: Path) -> None:
    """Wait for something that processes bring about."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail(log.read_text(errors="replace")[-3000:])
