"""A read on the fast lane: its caller is believed until the first answer proves it.

What a session stood for when it was last seen is remembered. A view asks its questions on that belief; each
answer comes with the session check, made in the same round trip, and is thrown away if the belief was wrong.
Nothing is said to the caller before it is proven.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from sqlalchemy import Connection, Engine, event

from app.access.sessions import SessionEnded
from app.core.db import db
from tenants import hot_lane, rls
from tenants.hot_lane import Entry, Lane, Row

Standing = tuple[UUID, str, int]
"""User, state of the tenant, and its access version."""
_REMEMBERED = 20_000
_known: dict[UUID, Standing] = {}


def known(session_id: UUID) -> Standing | None:
    """What a session stood for when it was last seen."""
    return _known.get(session_id)


# Connections of their own: psycopg drops all prepared statements of a connection that was ever rolled back.
_idle: "WeakKeyDictionary[Engine, deque[Any]]" = WeakKeyDictionary()
_MOST_IDLE = 32


def _idle_ones() -> "deque[Any]":
    found = _idle.get(db.engine)
    return found if found is not None else _idle.setdefault(db.engine, deque())


def _take() -> Any:
    idle = _idle_ones()
    while idle:
        with suppress(IndexError):  # another thread was quicker
            driver = idle.pop()
            if not driver.closed:
                return driver
    pooled = db.engine.raw_connection()
    driver = rls.driver_of(pooled)
    pooled.detach()
    return driver


def _give_back(driver: Any) -> None:
    idle = _idle_ones()
    if len(idle) < _MOST_IDLE:
        idle.append(driver)
    else:
        driver.close()


@event.listens_for(Engine, "engine_disposed")
def _close_idle(engine: Engine) -> None:
    for driver in _idle.pop(engine, ()):
        driver.close()


class Outdated(Exception):
    """The caller's standing is not what it was believed to be."""


class HotRead(Lane):
    """The questions of one request."""

    def __init__(self, tenant_id: int, session_id: UUID, believed: Standing | None) -> None:
        self._entry = Entry(tenant_id, session_id)
        self.believed = believed
        self._driver: Any = None
        self._connection: Connection | None = None
        self.proven = False

    def ask(self, text: str, params: Mapping[str, Any], *, by_value: bool = False) -> Sequence[Row]:
        """The rows of a statement.

        :raises SessionEnded: when the session has ended
        :raises Outdated: when the caller's standing has changed
        """
        checked, rows = self._ask(text, params, by_value=by_value)
        self._prove(checked)
        return rows

    def check(self) -> Standing:
        """What the session stands for now.

        :raises SessionEnded: when it has ended
        """
        checked, _ = self._ask("", {}, by_value=False)
        return self._learn(checked)

    def connection(self) -> Connection:
        """A connection of SQLAlchemy's in a transaction of the usual kind, for statements that need one.

        :raises SessionEnded: when the session has ended
        :raises Outdated: when the caller's standing has changed
        """
        if self._connection is None:
            self._connection = db.engine.connect()
            check = rls.session_check(self._entry.session_id)
            driver = rls.driver_of(self._connection)
            self._prove(rls.enter(driver, self._entry.tenant_id, then=check))
        return self._connection

    def close(self) -> None:
        """Give back what was borrowed; it only read, so that ends any transaction."""
        if self._driver is not None:
            _give_back(self._driver)
        if self._connection is not None:
            self._connection.close()
        self._driver = self._connection = None

    def _ask(
        self, text: str, params: Mapping[str, Any], *, by_value: bool
    ) -> tuple[Row | None, Sequence[Row]]:
        if self._driver is None:
            self._driver = _take()
        try:
            return hot_lane.ask(self._driver, self._entry, text, params, by_value=by_value)
        except psycopg.OperationalError:
            if not self._driver.closed:
                raise
        # The server went away while the connection lay idle, with all others there: ask again.
        _close_idle(db.engine)
        self._driver = _take()
        return hot_lane.ask(self._driver, self._entry, text, params, by_value=by_value)

    def _learn(self, checked: Row | None) -> Standing:
        if checked is None:
            _known.pop(self._entry.session_id, None)
            raise SessionEnded
        user_id, state, access_version = checked
        standing = (user_id, state, access_version)
        if standing != self.believed:
            if len(_known) >= _REMEMBERED:
                _known.clear()
            _known[self._entry.session_id] = standing
        return standing

    def _prove(self, checked: Row | None) -> None:
        if self._learn(checked) != self.believed:
            raise Outdated
        self.proven = True
