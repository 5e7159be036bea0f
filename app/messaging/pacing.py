"""How fast may be sent: so many a minute, with a little at once after a pause, by all workers together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from app.core import clock
from app.core.db import db

AT_ONCE = timedelta(seconds=10)
"""What was not sent in the last so many seconds may be sent at once."""

_MAKE = text("INSERT INTO sending_paces (key, free_at) VALUES (:key, :at) ON CONFLICT (key) DO NOTHING")
_LOOK = text("SELECT free_at FROM sending_paces WHERE key = :key FOR UPDATE")
_TAKE = text("UPDATE sending_paces SET free_at = :free_at WHERE key = :key")


@dataclass(frozen=True, slots=True)
class Grant:
    """How many may go now, and when the next may."""

    count: int
    until: datetime


def take(key: str, per_minute: int, wanted: int) -> Grant:
    """Take up to so many of what may be sent under a name; what is taken is used up.

    The names of one transaction are always taken in the same order, as each is locked until its end.
    """
    at = clock.now()
    db.session.execute(_MAKE, {"key": key, "at": at})
    every = timedelta(minutes=1) / per_minute
    begun = max(db.session.execute(_LOOK, {"key": key}).scalar_one(), at)
    # One is always allowed after a pause, however slow the pace.
    ahead = max(AT_ONCE, every)
    count = min(wanted, int((at + ahead - begun) / every))
    free_at = begun + count * every
    db.session.execute(_TAKE, {"key": key, "free_at": free_at})
    return Grant(count, max(free_at + every - ahead, at + timedelta(seconds=1)))
