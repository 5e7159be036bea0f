"""Proof that scheduler, broker and worker all live."""

from celery import shared_task

from app.core import clock
from app.core.broker import broker
from app.http.health import HEARTBEAT_KEY, HEARTBEAT_SECONDS


@shared_task(name="heartbeat.beat")
def beat() -> None:
    """Note the time where readiness looks for it."""
    broker().set(HEARTBEAT_KEY, str(clock.now().timestamp()), ex=HEARTBEAT_SECONDS * 10)
