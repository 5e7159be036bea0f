"""How a bell reaches a worker: through the broker, and never twice while one is still waiting there.

Thousands of messages of one tenant wait behind a single bell, so no tenant fills the queue.
"""

from typing import Any

import redis
from celery import Celery
from kombu.exceptions import OperationalError

from app.core.broker import broker
from app.core.doorbell import Argument, BellSilent, Ringer

WAITING_SECONDS = 30


def ringer(celery: Celery) -> Ringer:
    """What rings the workers of this Celery application."""

    def ring(task: str, arguments: dict[str, Argument]) -> None:
        try:
            if broker().set(_key(task, arguments), "1", nx=True, ex=WAITING_SECONDS):
                celery.send_task(task, kwargs=arguments, retry=False)
        except (redis.RedisError, OperationalError) as error:
            raise BellSilent(type(error).__name__) from error

    return ring


def heard(task: str, arguments: dict[str, Any]) -> None:
    """Note that a worker has begun: from here on another bell means new work."""
    broker().delete(_key(task, arguments))


def _key(task: str, arguments: dict[str, Any]) -> str:
    return ":".join(["bell", task, *(f"{name}={value}" for name, value in sorted(arguments.items()))])
