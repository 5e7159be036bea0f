"""The product's workers, with text messages going to the loopback: `celery --app bench.sending.worker:celery`.

BENCH_PROVIDER_PORT is where the provider that deduplicates listens: 0 for one within the process, none at all for the
vendor's own library.
"""

import os
from datetime import timedelta

from app.messaging import channels, sending
from bench.sending.channel import LoopbackChannel, WithinChannel
from wsgi import celery

__all__ = ["celery"]

if _port := os.environ.get("BENCH_PROVIDER_PORT"):
    channels.register(LoopbackChannel(int(_port)) if int(_port) else WithinChannel())
# What a killed worker held is taken up after seconds instead of minutes.
sending.LEASE = timedelta(seconds=float(os.environ.get("BENCH_LEASE_SECONDS", "300")))
