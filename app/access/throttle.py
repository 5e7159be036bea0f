"""Counting attempts in the broker, so that passwords cannot be tried by the thousand.

If the broker does not answer, signing in is refused: an open door would be worse than a closed one.
"""

import hashlib
from dataclasses import dataclass

import redis

from app.core.broker import BrokerDown, broker
from app.core.errors import Throttled


class TooManyAttempts(Throttled):
    """Wait before the next attempt."""

    code = "too-many-attempts"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` attempts in `seconds`."""

    name: str
    count: int
    seconds: int


SIGN_IN_BY_NAME = Limit("sign-in-name", 10, 900)
SIGN_IN_BY_ADDRESS = Limit("sign-in-address", 100, 900)
SIGN_UP_BY_ADDRESS = Limit("sign-up", 30, 3600)
RESET_BY_NAME = Limit("reset-name", 5, 3600)
RESET_BY_ADDRESS = Limit("reset-address", 30, 3600)
INVITATION_BY_ADDRESS = Limit("invitation", 60, 900)


def _key(limit: Limit, who: str) -> str:
    return f"throttle:{limit.name}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"


def count(limit: Limit, who: str) -> None:
    """Count one attempt.

    :raises TooManyAttempts: when it is one too many
    :raises BrokerDown: when it cannot be counted
    """
    key = _key(limit, who)
    try:
        with broker().pipeline(transaction=True) as pipe:
            pipe.incr(key)
            pipe.expire(key, limit.seconds, nx=True)
            pipe.ttl(key)
            attempts, _, remaining = pipe.execute()
    except redis.RedisError as error:
        raise BrokerDown from error
    if attempts > limit.count:
        raise TooManyAttempts(retry_after=max(int(remaining), 1))


def forgive(limit: Limit, who: str) -> None:
    """Start counting anew, after a success."""
    try:
        broker().delete(_key(limit, who))
    except redis.RedisError as error:
        raise BrokerDown from error
