"""How many rows a list has: counted only when asked for, to a cap, and remembered for a moment."""

import hashlib
from dataclasses import dataclass
from typing import Any

import orjson
import redis
import structlog

from app.core.broker import broker
from app.lists import pages
from app.lists.pages import COUNT_CAP, Asked, Listing
from app.lists.scopes import Reach

log = structlog.get_logger(__name__)
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Total:
    """A count; `capped` says that there are at least so many."""

    count: int
    capped: bool


def count(connection: Any, listing: Listing, reach: Reach, asked: Asked, tenant_id: int) -> Total:
    """The number of rows asked for, at most the cap; up to twenty seconds old.

    :param connection: a psycopg connection inside the tenant's walls
    """
    text = pages.write_count(listing, reach, asked)
    params = pages.bind(reach, asked, tenant_id)
    key = _key(text, params)
    counted = _remembered(key)
    if counted is None:
        [(counted,)] = pages.run(connection, text, params, by_value=True)
        _remember(key, counted)
    return Total(counted, capped=counted >= COUNT_CAP)


def _key(text: str, params: dict[str, Any]) -> str:
    asked = {name: value for name, value in params.items() if not name.startswith("after_")}
    seen = hashlib.sha256(text.encode() + orjson.dumps(asked, default=str, option=orjson.OPT_SORT_KEYS))
    return f"total:{params['tenant']}:{seen.hexdigest()}"


def _remembered(key: str) -> int | None:
    try:
        kept = broker().get(key)
    except redis.RedisError as error:
        log.warning("totals.not-remembered", error=type(error).__name__)
        return None
    return int(kept) if isinstance(kept, str) else None


def _remember(key: str, counted: int) -> None:
    try:
        broker().set(key, counted, ex=_SECONDS)
    except redis.RedisError as error:
        log.warning("totals.not-remembered", error=type(error).__name__)
