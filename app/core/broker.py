"""The one connection pool to Valkey (or Redis)."""

from functools import lru_cache

import redis

from app.core.errors import Unavailable


class BrokerDown(Unavailable):
    """The broker does not answer, so what depends on it is refused rather than guessed."""

    code = "broker-down"


_url = ""


def configure(url: str) -> None:
    """Say where the broker is; called once by the factory."""
    global _url  # noqa: PLW0603
    _url = url
    broker.cache_clear()


@lru_cache(maxsize=1)
def broker() -> "redis.Redis":
    """A client with short time-outs; it connects when first used."""
    return redis.Redis.from_url(
        _url, socket_timeout=2, socket_connect_timeout=2, decode_responses=True, health_check_interval=30
    )
