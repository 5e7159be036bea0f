"""Workers that are killed at work, again and again; the last one lives on until nothing is left to do."""

import os
import random
import signal
import sys
import time
from datetime import timedelta
from typing import Any

import wsgi
from app.core.db import db
from app.jobs import leases, slices
from tenants.context import tenant_scope

LAST_BREATH_SECONDS = 0.08
MOST_CHUNKS = 4


def perish(runner: Any, tenant_id: int, lives: int, dice: random.Random) -> None:
    """Kill workers of a kind of job; writes how many were still at work."""
    leases.LEASE = timedelta(milliseconds=1)  # So short that the next worker takes over at once.
    sys.stdout.write(str(sum(_kill_one(runner, dice, tenant_id) for _ in range(lives))))
    sys.stdout.flush()
    slices.SLICE_SECONDS = 60
    _live(runner, tenant_id, os.open(os.devnull, os.O_WRONLY))


def _live(runner: Any, tenant_id: int, pulse: int) -> None:
    """One worker's work, in a process of its own; it gives a sign whenever it begins a chunk."""
    step = runner.step

    def beat(*arguments: Any) -> Any:
        os.write(pulse, b"!")
        return step(*arguments)

    runner.step = beat
    with wsgi.app.app_context():
        db.engine.dispose(close=False)
        with tenant_scope(tenant_id):
            slices.work_a_while()


def _kill_one(runner: Any, dice: random.Random, tenant_id: int) -> bool:
    """Let a worker live for a while; whether it was still at work when it was killed."""
    reader, pulse = os.pipe()
    child = os.fork()
    if child == 0:
        _live(runner, tenant_id, pulse)
        os._exit(0)
    os.close(pulse)
    for _ in range(dice.randint(1, MOST_CHUNKS)):
        os.read(reader, 1)
    time.sleep(dice.uniform(0, LAST_BREATH_SECONDS))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(reader)
    return os.WIFSIGNALED(status)
