"""Workers that are killed in the middle: `... -m tests.imports.dying_workers TENANT LIVES SEED`.

Writes how many were killed at work. The last one lives on until nothing is left to do.
"""

import os
import random
import signal
import sys
import time
from datetime import timedelta
from typing import Any

import wsgi
from app.core.db import db
from app.imports import running
from app.jobs import leases, slices
from tenants.context import tenant_scope

LAST_BREATH_SECONDS = 0.08
MOST_CHUNKS = 4

leases.LEASE = timedelta(milliseconds=1)  # So short that the next worker takes over at once.
running.CHUNK = 25


def live(tenant_id: int, pulse: int) -> None:
    """One worker's work, in a process of its own; it gives a sign whenever it begins a chunk."""
    step = running.ImportRun.step

    def beat(*arguments: Any) -> Any:
        os.write(pulse, b"!")
        return step(*arguments)

    running.ImportRun.step = beat  # type: ignore[method-assign]
    with wsgi.app.app_context():
        db.engine.dispose(close=False)
        with tenant_scope(tenant_id):
            slices.work_a_while()


def kill_one(chance: random.Random, tenant_id: int) -> bool:
    """Let a worker live for a while; whether it was still at work when it was killed."""
    reader, pulse = os.pipe()
    child = os.fork()
    if child == 0:
        live(tenant_id, pulse)
        os._exit(0)
    os.close(pulse)
    for _ in range(chance.randint(1, MOST_CHUNKS)):
        os.read(reader, 1)
    time.sleep(chance.uniform(0, LAST_BREATH_SECONDS))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(reader)
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    tenant, lives, seed = (int(word) for word in sys.argv[1:])
    dice = random.Random(seed)  # noqa: S311
    sys.stdout.write(str(sum(kill_one(dice, tenant) for _ in range(lives))))
    sys.stdout.flush()
    slices.SLICE_SECONDS = 60
    live(tenant, os.open(os.devnull, os.O_WRONLY))
