"""Workers that are killed in the middle: `... -m tests.messaging.dying_workers TENANT SMTP_PORT LIVES SEED`.

Prints how many were killed at work; the others found nothing left to do.
"""

import os
import random
import signal
import sys
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial

import wsgi
from app.core.db import db
from app.messaging import channels, sending
from app.messaging.barring import Bar
from app.messaging.outbox import Parcel
from app.messaging.sending import Batch
from tenants.context import tenant_scope

LEASE = timedelta(milliseconds=20)
"""So short that the next worker takes over at once; there is never more than one."""
MOST_HANDED_OVER = 4
LAST_BREATH_SECONDS = 0.012

_mark = Batch._mark


def live(tenant_id: int, pulse: int) -> None:
    """One worker's work, in a process of its own; it gives a sign when it begins and at each hand-over."""

    def mark(batch: Batch, parcel: Parcel, reference: str) -> Bar | None:
        bar = _mark(batch, parcel, reference)
        os.write(pulse, b"!")
        return bar

    Batch._mark = mark  # type: ignore[method-assign]
    with wsgi.app.app_context():
        db.engine.dispose(close=False)
        with tenant_scope(tenant_id):
            sending.tend()
            os.write(pulse, b"!")
            sending.send_due(lease=LEASE)


def kill_one(chance: random.Random, work: partial[None]) -> bool:
    """Let a worker live for a while; whether it was still at work when it was killed."""
    reader, pulse = os.pipe()
    child = os.fork()
    if child == 0:
        work(pulse)
        os._exit(0)
    os.close(pulse)
    for _ in range(chance.randint(1, 1 + MOST_HANDED_OVER)):
        os.read(reader, 1)
    time.sleep(chance.uniform(0, LAST_BREATH_SECONDS))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(reader)
    return os.WIFSIGNALED(status)


def main(tenant_id: int, smtp_port: int, lives: int, seed: int) -> int:
    """Kill one worker after the other; returns how many died of it."""
    channels.configure(replace(wsgi.settings, smtp_host="127.0.0.1", smtp_port=smtp_port))
    chance = random.Random(seed)  # noqa: S311
    return sum(kill_one(chance, partial(live, tenant_id)) for _ in range(lives))


if __name__ == "__main__":
    tenant, port, count, start = (int(argument) for argument in sys.argv[1:])
    sys.stdout.write(str(main(tenant, port, count, start)))
