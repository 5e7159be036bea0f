"""The product's workers, with text messages going to the loopback: `celery --app bench.sending.worker:celery`."""

import os
from datetime import timedelta

from app.messaging import channels, sending
from bench.sending.channel import LoopbackChannel, WithinChannel
from wsgi import celery

__all__ = ["celery"]

_port = int(os.environ["BENCH_PROVIDER_PORT"])
if _port:
    channels.register(LoopbackChannel(_port))
elif "BENCH_VENDOR" not in os.environ:
    channels.register(WithinChannel())
# What a killed worker held is taken up after seconds instead of minutes.
sending.LEASE = timedelta(seconds=float(os.environ.get("BENCH_LEASE_SECONDS", "300")))
